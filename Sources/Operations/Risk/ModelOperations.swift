import Domain
public import Kernel
public import Storage

/// Versions of the risk model HRM-1 (domain §6, our convention): one person proposes, a second one approves, and from
/// its hour on every source is assessed by it. A result bears the version that it came from.
public enum ModelOperations {
    /// The number of the proposed version.
    /// - Parameter content: the members of `RiskModel.json`; those left out keep the specification's figures.
    @discardableResult
    public static func propose(
        _ content: JSON, effectiveAt: Timestamp, reason: String, by editor: RegistryEditor,
        context: inout OperationContext, in session: inout Session
    ) throws(ModelFailure) -> Int {
        guard editor.scope == .system, editor.mayEditOrganisations else { throw .forbidden("风险模型由全系统管理员提出") }
        guard !reason.allSatisfy(\.isWhitespace) else { throw .refused("没有写理由") }
        guard effectiveAt >= context.now else { throw .refused("生效时间早于现在") }
        var model: RiskModel
        do throws(RiskModelError) { model = try RiskModel(version: 0, json: content) } catch { throw .parameter(error) }
        do throws(StorageError) {
            model.version = try ModelVersionStore.nextVersion(in: &session)
            try ModelVersionStore.insert(
                model, effectiveAt: effectiveAt, reason: reason, by: context.actor, at: context.now, in: &session)
            try log(
                "modelProposed", model.version,
                [
                    .init("effectiveAt", .integer(effectiveAt.milliseconds)), .init("content", model.json),
                    .init("reason", .string(reason)),
                ], &context, in: &session)
            return model.version
        } catch { throw .storage(error) }
    }

    /// By a second person. Every source is assessed by it at the hour at which it takes effect.
    public static func approve(
        _ version: Int, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(ModelFailure) {
        let found = try waiting(version, editor, context, in: &session)
        do throws(StorageError) {
            let effectiveAt = max(found.effectiveAt, context.now)
            try ModelVersionStore.approve(
                version, effectiveAt: effectiveAt, by: context.actor, at: context.now, in: &session)
            try RiskStore.callForAssessment(at: effectiveAt, in: &session)
            try log(
                "modelApproved", version, [.init("effectiveAt", .integer(effectiveAt.milliseconds))], &context,
                in: &session)
        } catch { throw .storage(error) }
    }

    public static func giveBack(
        _ version: Int, note: String, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(ModelFailure) {
        _ = try waiting(version, editor, context, in: &session)
        guard !note.allSatisfy(\.isWhitespace) else { throw .refused("退回要写理由") }
        do throws(StorageError) {
            try ModelVersionStore.giveBack(version, note: note, by: context.actor, at: context.now, in: &session)
            try log("modelReturned", version, [.init("note", .string(note))], &context, in: &session)
        } catch { throw .storage(error) }
    }

    private static func waiting(
        _ version: Int, _ editor: RegistryEditor, _ context: OperationContext, in session: inout Session
    ) throws(ModelFailure) -> ModelVersion {
        guard editor.scope == .system, editor.mayDecide else { throw .forbidden("风险模型由另一位全系统管理员批准") }
        let found: ModelVersion?
        do throws(StorageError) { found = try ModelVersionStore.find(version, in: &session) } catch {
            throw .storage(error)
        }
        guard let found else { throw .notFound }
        guard found.isWaiting else { throw .refused("这一版已经有了决定") }
        guard found.proposedBy != context.actor else { throw .forbidden("提出人不能批准自己提出的模型,要由第二个人批准") }
        return found
    }

    private static func log(
        _ kind: String, _ version: Int, _ more: [JSON.Member], _ context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        try context.log(
            stream: "registry", "risk-model", kind, .object([.init("version", .integer(Int64(version)))] + more),
            in: &session)
    }
}
