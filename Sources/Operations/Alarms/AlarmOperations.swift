public import Domain
public import Kernel
public import Storage

/// What a person does with an alarm.
public enum AlarmOperations {
    /// Somebody has seen it. Changes nothing else; repeats are taken and change nothing.
    public static func acknowledge(
        _ id: AlarmID, scope: Scope, context: inout OperationContext, in session: inout Session
    ) throws(AlarmFailure) {
        let found = try AlarmFailure.storing { () throws(StorageError) in
            try AlarmStore.find(id, scope: scope, in: &session)
        }
        guard let alarm = found else { throw .notFound }
        try AlarmFailure.storing { () throws(StorageError) in
            let isFirst = try AlarmStore.acknowledge(id, by: context.actor, at: context.now, in: &session)
            guard isFirst else { return }
            try context.log(
                stream: "alarm", id.rawValue, "acknowledged", ["point": .string(alarm.point.rawValue)],
                in: &session)
        }
    }

    /// 人工处置后恢复: only where the last good value lies within the limits (domain §11).
    public static func clearByHand(
        _ id: AlarmID, note: String, scope: Scope, table: inout PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(AlarmFailure) {
        let found = try AlarmFailure.storing { () throws(StorageError) in
            try table.begin(in: &session)
            return try AlarmStore.find(id, scope: scope, in: &session)
        }
        guard var alarm = found, let place = table.place(of: alarm.point) else { throw .notFound }
        let tracker = table.trackers[place]
        let situation = ClearRule.Situation(
            isAlarmOpen: alarm.isOpen, isBeyondLimit: tracker.isBeyondLimit,
            isValueTrusted: !tracker.isOffline && tracker.quality.mayClear && tracker.valueAt != nil)
        do { try ClearRule.check(.recoveredByHand, in: situation) } catch { throw .cannotClear(error) }
        guard note.contains(where: { !$0.isWhitespace }) else { throw .refused("请填写处置情况") }
        try AlarmFailure.storing { () throws(StorageError) in
            table.change(place) { $0.reset(at: context.now) }
            try context.log(
                stream: "audit", id.rawValue, "alarmClearedByHand",
                ["point": .string(alarm.point.rawValue), "note": .string(note)], in: &session)
            var recorder = PointRecorder()
            try recorder.clear(
                &alarm, as: .recoveredByHand, at: context.now, table: &table, context: &context, in: &session)
            try recorder.finish(table: &table, context: &context, in: &session)
            try table.finish(in: &session)
        }
    }
}
