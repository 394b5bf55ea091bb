public import Domain
public import Kernel
public import Storage

/// Gateways and their keys: an administrator gives one out, sees it once, and can make it void.
public enum GatewayOperations {
    /// A new gateway of an enterprise; its id is the `dataSourceCode` of its uploads.
    @discardableResult
    public static func create(
        enterprise: EnterpriseID, name: String?, id wanted: GatewayID? = nil, key: GatewayKey,
        by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> GatewayID {
        guard editor.mayEditOrganisations else { throw .forbidden("网关密钥由管理员发放") }
        try RegistryOperations.requireEnterprise(enterprise, editor, in: &session)
        let violations = wanted.map { NameRules.codeViolations($0.rawValue) } ?? []
        guard !violations.isRefused else { throw .violations(violations) }
        do throws(StorageError) {
            var id = wanted ?? GatewayID("GW-\(enterprise)-01")
            var number = 1
            while try GatewayStore.isTaken(id, in: &session) {
                guard wanted == nil else { break }
                number += 1
                id = GatewayID("GW-\(enterprise)-\(number < 10 ? "0" : "")\(number)")
            }
            if try !GatewayStore.isTaken(id, in: &session) {
                try GatewayStore.insert(
                    id, enterprise: enterprise, name: name, keyHash: key.hash, keyHint: key.hint, at: context.now,
                    in: &session)
                try log(id, "gatewayCreated", enterprise, key.hint, &context, in: &session)
                return id
            }
        } catch { throw .storage(error) }
        throw .violations([Violation(.id, "编码已被占用")])
    }

    /// A new key; the old one is void at once.
    public static func replaceKey(
        of id: GatewayID, key: GatewayKey, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        let gateway = try find(id, editor, in: &session)
        do throws(StorageError) {
            try GatewayStore.replaceKey(id, keyHash: key.hash, keyHint: key.hint, in: &session)
            try log(id, "gatewayKeyReplaced", gateway.enterprise, key.hint, &context, in: &session)
        } catch { throw .storage(error) }
    }

    public static func revoke(
        _ id: GatewayID, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        let gateway = try find(id, editor, in: &session)
        guard gateway.revokedAt == nil else { throw .refused("这个密钥已经作废") }
        do throws(StorageError) {
            try GatewayStore.revoke(id, at: context.now, in: &session)
            try log(id, "gatewayRevoked", gateway.enterprise, gateway.keyHint, &context, in: &session)
        } catch { throw .storage(error) }
    }

    private static func find(
        _ id: GatewayID, _ editor: RegistryEditor, in session: inout Session
    ) throws(RegistryFailure) -> GatewayRecord {
        guard editor.mayEditOrganisations else { throw .forbidden("网关密钥由管理员发放") }
        let found = try RegistryOperations.query(
            { session throws(StorageError) in
                try GatewayStore.find(id, scope: editor.scope, in: &session)
            }, in: &session)
        guard let found else { throw .notFound }
        return found
    }

    private static func log(
        _ id: GatewayID, _ kind: String, _ enterprise: EnterpriseID, _ hint: String,
        _ context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try context.log(
            stream: "registry", id.rawValue, kind,
            ["enterprise": .string(enterprise.rawValue), "keyHint": .string(hint)], in: &session)
    }
}
