public import Domain
import Kernel
public import Storage

/// Changes that watch a point less than before, or while its alarm is open: the enterprise asks, the regulator decides
/// (data-quality measures Art. 8; SJ-21, SJ-22).
public enum PointChangeOperations {
    /// The id of the request, which waits for the regulator.
    @discardableResult
    public static func request(
        _ proposed: MonitoringPoint, reason: String, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) -> String {
        guard editor.mayEditEnterpriseParts else { throw .forbidden("变更由企业安全员或管理员申请") }
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .violations([Violation(.reason, "没有填")]) }
        let old = try RegistryOperations.query(
            { session throws(StorageError) in
                try RegistryQueries.point(proposed.id, scope: editor.scope, in: &session)
            }, in: &session)
        guard let old, old.enterprise == proposed.enterprise else { throw .notFound }
        guard old != proposed else { throw .refused("和现在的设置一样") }
        let index = try RegistryOperations.load(.enterprise(old.enterprise), in: &session)
        let violations = proposed.violations(in: index)
        guard !violations.isRefused else { throw .violations(violations) }
        let isWaiting = try RegistryOperations.query(
            { session throws(StorageError) in
                try LimitChangeStore.waiting(for: old.id, in: &session)
            }, in: &session)
        guard !isWaiting else { throw .refused("这个点位已有一份申请在等批准") }
        let id = context.ids.next("lc", at: context.now)
        do throws(StorageError) {
            try LimitChangeStore.insert(
                LimitChange(
                    id: id, point: old.id, enterprise: old.enterprise, proposed: proposed, reason: reason,
                    requestedAt: context.now, requestedBy: context.actor), in: &session)
            try context.log(
                stream: "registry", old.id.rawValue, "pointChangeRequested",
                [
                    "change": .string(id), "from": old.json, "to": proposed.json, "reason": .string(reason),
                    "loosens": .array(old.loosenings(by: proposed).map { .string($0.line) }),
                ], in: &session)
        } catch { throw .storage(error) }
        return id
    }

    /// The regulator approves or returns a request; nobody decides on their own.
    /// - Returns: the point as it now stands, where the request was approved.
    @discardableResult
    public static func decide(
        _ id: String, isApproved: Bool, note: String?, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) -> MonitoringPoint? {
        guard editor.mayDecide else { throw .forbidden("变更由监管单位批准") }
        let found = try RegistryOperations.query(
            { session throws(StorageError) in
                try LimitChangeStore.find(id, scope: editor.scope, in: &session)
            }, in: &session)
        guard let change = found else { throw .notFound }
        guard change.decidedAt == nil else { throw .refused("这份申请已经有了决定") }
        guard change.requestedBy != context.actor else { throw .forbidden("申请人不能批准自己的申请") }
        if !isApproved, (note ?? "").allSatisfy(\.isWhitespace) {
            throw .violations([Violation(.reason, "退回要写理由")])
        }
        // What was asked is checked again: the register may have moved on since.
        let index = try RegistryOperations.load(.enterprise(change.enterprise), in: &session)
        let violations = change.proposed.violations(in: index)
        if isApproved, violations.isRefused { throw .violations(violations) }
        do throws(StorageError) {
            try LimitChangeStore.decide(
                id, isApproved: isApproved, note: note, by: context.actor, at: context.now, in: &session)
            try context.log(
                stream: "registry", change.point.rawValue, isApproved ? "pointChangeApproved" : "pointChangeReturned",
                ["change": .string(id), "note": note.map { .string($0) } ?? .null], in: &session)
        } catch { throw .storage(error) }
        guard isApproved else { return nil }
        var writer = RegistryWriter(index: index)
        try writer.write([.point(change.proposed)], context: &context, in: &session)
        return change.proposed
    }
}
