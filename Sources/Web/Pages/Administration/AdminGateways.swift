import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Gateways and their keys. A key is shown on the answer that makes it, and never again.
enum AdminGateways {
    static func list(_ visit: Visit) async throws -> Response { try await render(visit, violations: [], secret: nil) }

    static func create(_ visit: Visit) async throws -> Response {
        let reader = EntryReader(visit.form)
        let enterprise = EnterpriseID(reader.text(.enterprise))
        let (name, wanted) = (reader.optional(.name), reader.optional(.id).map { GatewayID($0) })
        let editor = visit.editor
        guard let key = GatewayKey.generate() else { throw PageRefusal.busy }
        let id: GatewayID
        do throws(RegistryFailure) {
            id = try await visit.register { context, session throws(RegistryFailure) in
                try GatewayOperations.create(
                    enterprise: enterprise, name: name, id: wanted, key: key, by: editor, context: &context,
                    in: &session)
            }
        } catch .violations(let violations) {
            return try await render(visit, violations: violations, secret: nil)
        } catch { throw error.refusal }
        return try await render(visit, violations: [], secret: secret("密钥已生成", id, key))
    }

    static func replace(_ visit: Visit) async throws -> Response {
        let (id, editor) = (GatewayID(visit.parameter("id")), visit.editor)
        guard let key = GatewayKey.generate() else { throw PageRefusal.busy }
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try GatewayOperations.replaceKey(of: id, key: key, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return try await render(visit, violations: [], secret: secret("密钥已更换，旧密钥立即作废", id, key))
    }

    static func revoke(_ visit: Visit) async throws -> Response {
        let (id, editor) = (GatewayID(visit.parameter("id")), visit.editor)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try GatewayOperations.revoke(id, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/admin/gateways", "\(id) 的密钥已作废")
    }

    private static func secret(_ title: String, _ id: GatewayID, _ key: GatewayKey) -> AdminPage.Secret {
        AdminPage.Secret(
            title: title, lines: "网关编码 \(id)\n密钥 \(key.text)", advice: "密钥只显示这一次，系统里只存摘要。抄给企业，填进网关。")
    }

    private static func render(
        _ visit: Visit, violations: [Violation], secret: AdminPage.Secret?
    ) async throws -> Response {
        let scope = visit.scope
        let found = try await visit.read { session throws(StorageError) in
            (
                try GatewayStore.list(scope: scope, in: &session),
                try EnterpriseOverview.list(limit: 1_000, scope: scope, in: &session)
            )
        }
        let rows = found.0.map { row($0, visit) }
        let build = FormBuilder(
            visit, registered: [.enterprise: visit.query.value("enterprise") ?? ""], violations: violations)
        var page = AdminPage("网关与密钥", subtitle: "每个网关一个密钥；上传时放在 Authorization: Bearer 之后。")
        page.secret = secret
        page.sheets = [
            Sheet(
                "网关 \(rows.count)", id: "list", headers: ["编码", "企业", "名称", "密钥开头", "最近数据", "状态", ""], rows: rows)
        ]
        page.form = EntryForm(
            title: "登记网关", action: "/admin/gateways", csrf: visit.officer.csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        build.choice(.enterprise, "企业", found.1.map { ($0.id.rawValue, $0.name) }),
                        build.text(.name, hint: "如 中控室"),
                        build.text(.id, "编码（dataSourceCode）", hint: "不填则自动编为 GW-企业编码-序号"),
                    ])
            ], errors: build.errors, hasErrors: !build.errors.isEmpty, button: "登记，生成密钥")
        return visit.admin(page, section: "gateways", status: violations.isEmpty ? .ok : .unprocessableContent)
    }

    static func row(_ gateway: GatewayRecord, _ visit: Visit) -> Sheet.Row {
        let base = "/admin/gateway/" + Form.encode(gateway.id.rawValue)
        let csrf = visit.officer.csrf
        var acts = [Sheet.Act(title: "更换密钥", action: base + "/replace", csrf: csrf)]
        if gateway.revokedAt == nil { acts.append(.init(title: "作废", action: base + "/revoke", csrf: csrf)) }
        return Sheet.Row([
            .init(gateway.id.rawValue), .init(gateway.enterpriseName), .init(gateway.name ?? "—"),
            .init(gateway.keyHint + "…", style: "m"),
            .init(gateway.seenAt.map { Wording.stamp($0, now: visit.now) } ?? "还没有数据", style: "m"),
            .init(gateway.revokedAt == nil ? "有效" : "已作废"), .init("", acts: acts),
        ])
    }
}
