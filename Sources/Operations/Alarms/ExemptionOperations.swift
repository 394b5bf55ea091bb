public import Domain
public import Kernel
public import Storage

/// 报备, 误报, 点位停用: the enterprise asks, the regulator decides, both are audited and listed. No alarm whose value
/// lies beyond the limit ends any other way.
public enum ExemptionOperations {
    /// The id of the request, which waits for the regulator. Until then nothing changes.
    @discardableResult
    public static func request(
        _ kind: Exemption.Kind, point: PointID, alarm: AlarmID? = nil, reason: String, from: Timestamp,
        until: Timestamp?, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(AlarmFailure) -> String {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("报备由企业安全员或管理员提交") }
        do throws(Exemption.Refusal) {
            try Exemption.check(kind: kind, reason: reason, from: from, until: until)
        } catch { throw .exemption(error) }
        if let until, until <= context.now { throw .exemption(.endBeforeStart) }
        let found = try AlarmFailure.storing { () throws(StorageError) in
            try RegistryQueries.point(point, scope: editor.scope, in: &session)
        }
        guard let registered = found else { throw .notFound }
        let isWaiting = try AlarmFailure.storing { () throws(StorageError) in
            try ExemptionStore.isWaiting(for: point, in: &session)
        }
        guard !isWaiting else { throw .refused("这个点位已有一份申请在等批准") }
        let id = context.ids.next("ex", at: context.now)
        try AlarmFailure.storing { () throws(StorageError) in
            try ExemptionStore.insert(
                ExemptionRecord(
                    id: id, kind: kind, enterprise: registered.enterprise, point: point, alarm: alarm,
                    reason: reason, from: from, until: until, requestedAt: context.now, requestedBy: context.actor),
                in: &session)
            try context.log(
                stream: "exemption", id, "requested",
                [
                    "kind": .string(kind.rawValue), "point": .string(point.rawValue), "reason": .string(reason),
                    "enterprise": .string(registered.enterprise.rawValue), "from": .integer(from.milliseconds),
                    "until": until.map { .integer($0.milliseconds) } ?? .null,
                ], in: &session)
        }
        return id
    }

    /// The regulator approves or refuses; nobody decides on their own request. With the approval the point's open alarm
    /// is dispelled and leaves A and K.
    public static func decide(
        _ id: String, isApproved: Bool, note: String?, by editor: RegistryEditor, table: inout PointTable,
        context: inout OperationContext, in session: inout Session
    ) throws(AlarmFailure) {
        guard editor.mayDecide else { throw .forbidden("报备由监管部门批准,企业不能单方面消警") }
        let found = try AlarmFailure.storing { () throws(StorageError) in
            try table.begin(in: &session)
            return try ExemptionStore.find(id, scope: editor.scope, in: &session)
        }
        guard let record = found else { throw .notFound }
        guard record.decidedAt == nil else { throw .refused("这份申请已经有了决定") }
        guard record.requestedBy != context.actor else { throw .forbidden("申请人不能批准自己的申请") }
        if !isApproved, (note ?? "").allSatisfy(\.isWhitespace) { throw .refused("退回要写理由") }
        if isApproved, let until = record.until, until <= context.now { throw .refused("申请的时间已经过去") }
        try AlarmFailure.storing { () throws(StorageError) in
            try ExemptionStore.decide(
                id, isApproved: isApproved, from: max(record.from, context.now), note: note, by: context.actor,
                at: context.now, in: &session)
            try context.log(
                stream: "exemption", id, isApproved ? "approved" : "refused",
                ["note": note.map { .string($0) } ?? .null, "point": .string(record.point.rawValue)], in: &session)
            if isApproved {
                try apply(to: record.point, table: &table, context: &context, in: &session)
            }
            try table.finish(in: &session)
        }
    }

    /// Ends an approved exemption early: by the enterprise that asked for it or by its regulator.
    public static func end(
        _ id: String, by editor: RegistryEditor, table: inout PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(AlarmFailure) {
        guard editor.mayEditEnterpriseParts || editor.mayDecide else { throw .forbidden("没有权限") }
        let found = try AlarmFailure.storing { () throws(StorageError) in
            try table.begin(in: &session)
            return try ExemptionStore.find(id, scope: editor.scope, in: &session)
        }
        guard let record = found else { throw .notFound }
        guard record.isApproved == true, record.until.map({ $0 > context.now }) ?? true else {
            throw .refused("这份报备没有在执行")
        }
        try AlarmFailure.storing { () throws(StorageError) in
            try ExemptionStore.end(id, at: context.now, in: &session)
            try context.log(
                stream: "exemption", id, "ended", ["point": .string(record.point.rawValue)], in: &session)
            try apply(to: record.point, table: &table, context: &context, in: &session)
            try table.finish(in: &session)
        }
    }

    private static func apply(
        to point: PointID, table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try table.reloadExemptions(at: context.now, in: &session)
        guard let place = table.place(of: point) else { return }
        var recorder = PointRecorder()
        try recorder.reconcile(place, table: &table, context: &context, in: &session)
        try recorder.finish(table: &table, context: &context, in: &session)
    }
}
