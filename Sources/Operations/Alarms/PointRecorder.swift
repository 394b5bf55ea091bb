import Domain
import Kernel
import Storage

/// Turns what came about at points into alarm rows, then the warning's link, then the source's level, in that order and
/// one after the other: an excursion that ended within one upload still raised its level.
struct PointRecorder {
    private let dispelType: DispelType
    private var unsettled: Set<HazardID> = []
    private(set) var endedByLimitChange: [Int] = []
    /// Known to be online: looked at once, not for each of their points.
    private var onlineEnterprises: Set<EnterpriseID> = []

    init(dispelType: DispelType = .recovered) { self.dispelType = dispelType }

    /// Everything that came about at a point up to an instant.
    mutating func drain(
        _ place: Int, to instant: Timestamp, table: inout PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        while let event = table.elapse(place, to: instant) {
            switch event {
            case .changed(let from, let to, let at):
                try changed(place, from: from, to: to, at: at, table: &table, context: &context, in: &session)
            case .wentOffline(let at):
                if let hazard = table.points[place].hazard { unsettled.insert(hazard) }
                let point = table.points[place]
                onlineEnterprises.remove(point.enterprise)
                try PresenceOperations.pointWentOffline(
                    point.id, of: point.enterprise, at: at, context: &context, in: &session)
                try log("offline", of: place, at: at, table: table, context: &context, in: &session)
            }
        }
    }

    /// A live value arrived: what it says of quality and silence, where that is new.
    mutating func received(
        _ place: Int, wasBad: Bool, wasOffline: Bool, isFirst: Bool, at instant: Timestamp, table: PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        if wasOffline || isFirst {
            let point = table.points[place]
            try PresenceOperations.pointCameOnline(
                point.id, of: point.enterprise, isKnownOnline: onlineEnterprises.contains(point.enterprise),
                at: instant, context: &context, in: &session)
            onlineEnterprises.insert(point.enterprise)
        }
        guard table.trackers[place].isBad != wasBad || wasOffline else { return }
        if let hazard = table.points[place].hazard { unsettled.insert(hazard) }
        guard wasOffline else { return }
        try log("online", of: place, at: instant, table: table, context: &context, in: &session)
    }

    /// The sources whose data became worse or better, without an alarm.
    mutating func finish(
        table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let hazards = unsettled.sorted()
        unsettled = []
        try RiskOperations.reassess(hazards, table: &table, context: &context, in: &session)
    }

    private mutating func changed(
        _ place: Int, from: PointState, to: PointState, at instant: Timestamp, table: inout PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let point = table.points[place]
        let tracker = table.trackers[place]
        if var alarm = try AlarmStore.open(of: point.id, in: &session) {
            if to.isAlarm {
                alarm.change(
                    to: to, at: max(instant, alarm.currentSince), value: tracker.value,
                    threshold: tracker.threshold(of: to))
                try AlarmStore.update(alarm, in: &session)
                try log(alarm, "changed", at: instant, from: from, context: &context, in: &session)
                try reassess(point.hazard, table: &table, context: &context, in: &session)
            } else {
                if dispelType == .limitChange { endedByLimitChange.append(place) }
                try clear(&alarm, as: dispelType, at: instant, table: &table, context: &context, in: &session)
            }
        } else if to.isAlarm {
            try open(place, state: to, at: instant, table: &table, context: &context, in: &session)
        }
        if !to.isAlarm { try endFalseAlarm(place, table: &table, context: &context, in: &session) }
    }

    private mutating func open(
        _ place: Int, state: PointState, at instant: Timestamp, table: inout PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let point = table.points[place]
        let tracker = table.trackers[place]
        let predecessor = try AlarmStore.lastCleared(of: point.id, in: &session)?.predecessor
        let alarm = Alarm(
            id: AlarmID(context.ids.next("al", at: context.now)), point: point.id, hazard: point.hazard,
            enterprise: point.enterprise, quantity: point.quantity, state: state, at: instant, value: tracker.value,
            threshold: tracker.threshold(of: state), after: predecessor,
            isExempt: table.isExempt(place, at: context.now))
        try AlarmStore.insert(alarm, in: &session)
        try log(alarm, "opened", at: instant, from: .normal, context: &context, in: &session)
        guard alarm.counts, let hazard = point.hazard else { return }
        try WarningOperations.alarmOpened(alarm.id, hazard: hazard, context: &context, in: &session)
        try reassess(hazard, table: &table, context: &context, in: &session)
    }

    /// Clears an alarm and lets its warnings and its source's level follow.
    mutating func clear(
        _ alarm: inout Alarm, as type: DispelType, at instant: Timestamp, table: inout PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let state = alarm.currentState
        let value = table.place(of: alarm.point).map { table.trackers[$0].value }
        let wasCounting = alarm.counts
        alarm.clear(as: type, at: instant, by: context.actor, value: value.flatMap { $0.isNaN ? nil : $0 })
        try AlarmStore.update(alarm, in: &session)
        try log(alarm, "cleared", at: instant, from: state, context: &context, in: &session)
        guard wasCounting, let hazard = alarm.hazard else { return }
        try WarningOperations.alarmCleared(alarm.id, hazard: hazard, context: &context, in: &session)
        try reassess(hazard, table: &table, context: &context, in: &session)
    }

    private func reassess(
        _ hazard: HazardID?, table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard let hazard else { return }
        try RiskOperations.reassess(hazard, table: &table, context: &context, in: &session)
    }

    /// Makes alarm, state and exemption of a point agree. Afterwards a point in alarm that is not exempt has an open
    /// alarm that counts, and one that is exempt or out of use has none that counts.
    mutating func reconcile(
        _ place: Int, table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let point = table.points[place]
        let exemption = table.exemption(of: place, at: context.now)
        if var alarm = try AlarmStore.open(of: point.id, in: &session) {
            if !point.isInUse {
                try clear(&alarm, as: .outOfUse, at: context.now, table: &table, context: &context, in: &session)
            } else if let exemption, alarm.counts {
                try clear(
                    &alarm, as: exemption.kind.dispelType, at: context.now, table: &table, context: &context,
                    in: &session)
            } else if exemption == nil, !alarm.counts {
                try clear(&alarm, as: .filing, at: context.now, table: &table, context: &context, in: &session)
            }
        }
        let state = table.trackers[place].state
        if state.isAlarm, exemption == nil, point.isInUse, try AlarmStore.open(of: point.id, in: &session) == nil {
            try open(place, state: state, at: context.now, table: &table, context: &context, in: &session)
        }
        if let hazard = point.hazard { unsettled.insert(hazard) }
    }

    /// A false alarm ends when the point comes back: the next alarm is a true one until somebody shows otherwise.
    private mutating func endFalseAlarm(
        _ place: Int, table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard let exemption = table.exemption(of: place, at: context.now), exemption.kind == .falseAlarm else { return }
        try ExemptionStore.end(exemption.id, at: context.now, in: &session)
        try context.log(
            stream: "exemption", exemption.id, "ended", ["reason": "recovered"], at: context.now, in: &session)
        try table.reloadExemptions(at: context.now, in: &session)
        if let hazard = table.points[place].hazard { unsettled.insert(hazard) }
    }

    private func log(
        _ alarm: Alarm, _ kind: String, at instant: Timestamp, from: PointState, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        var members: [JSON.Member] = [
            JSON.Member("point", .string(alarm.point.rawValue)),
            JSON.Member("hazard", alarm.hazard.map { .string($0.rawValue) } ?? .null),
            JSON.Member("enterprise", .string(alarm.enterprise.rawValue)),
            JSON.Member("from", .string(from.rawValue)), JSON.Member("state", .string(alarm.currentState.rawValue)),
            JSON.Member("value", alarm.lastValue.isNaN ? .null : .number(alarm.lastValue)),
            JSON.Member("threshold", alarm.threshold.map { .number($0) } ?? .null),
            JSON.Member("occurrence", .integer(Int64(alarm.occurrence))), JSON.Member("exempt", .bool(!alarm.counts)),
        ]
        if let type = alarm.dispelType { members.append(JSON.Member("dispelType", .string(type.rawValue))) }
        try context.log(stream: "alarm", alarm.id.rawValue, kind, .object(members), at: instant, in: &session)
    }

    private func log(
        _ kind: String, of place: Int, at instant: Timestamp, table: PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        let point = table.points[place]
        try context.log(
            stream: "point", point.id.rawValue, kind,
            [
                "hazard": point.hazard.map { .string($0.rawValue) } ?? .null,
                "enterprise": .string(point.enterprise.rawValue),
            ], at: instant, in: &session)
    }
}

extension OperationContext {
    /// Logs what happened at another instant than now: a delay that ran out while nobody looked.
    mutating func log(
        stream kind: String, _ id: String, _ event: String, _ payload: JSON, at instant: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        let entry = LogEntry(
            streamKind: kind, streamID: id, kind: event, at: instant, recordedAt: now, actor: actor, payload: payload)
        try session.append(entry)
        journal.append(entry)
    }
}
