import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 我的账号: who one is, and the tokens by which one's own programs use the API.
enum AccountPage {
    /// Tells a token of ours from other secrets, for those who search texts for leaked ones.
    static let tokenPrefix = "fengsui_"

    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil, secret: nil) }

    static func make(_ visit: Visit) async throws -> Response {
        let token = tokenPrefix + Tokens.make()
        let hash = Tokens.sha256(Array(token.utf8))
        let (name, mayWrite) = (visit.form["name"], visit.form["rights"] == "write")
        let days = Int64(visit.form["days"]) ?? 0
        let (account, hint) = (visit.officer.account, String(token.suffix(6)))
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) -> Void in
                _ = try APITokenOperations.make(
                    name: name, mayWrite: mayWrite, days: days, hash: hash, hint: hint, of: account,
                    context: &context, in: &session)
            }
        } catch { return try await render(visit, message: error.words, secret: nil) }
        return try await render(
            visit, message: nil,
            secret: .init(
                title: "新令牌", lines: token,
                advice: "只显示这一次，系统里只留散列。放进程序的密钥库，不要写进代码或聊天。用法：Authorization: Bearer <令牌>。"))
    }

    static func revoke(_ visit: Visit) async throws -> Response {
        let (id, account) = (visit.parameter("id"), visit.officer.account)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try APITokenOperations.revoke(id, of: account, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/account", "已撤销")
    }

    private static func render(
        _ visit: Visit, message: String?, secret: AdminPage.Secret?
    ) async throws -> Response {
        let (account, officer) = (visit.officer.account, visit.officer)
        let found = try await visit.read { session throws(StorageError) in
            (
                try APITokenStore.list(of: account, in: &session),
                try AccessStore.standing(of: account, in: &session),
                try AccessStore.recoveryCodesLeft(of: account, in: &session)
            )
        }
        let (tokens, standing, codesLeft) = found
        guard let access = standing else { throw PageRefusal.notFound }
        var page = AdminPage(
            "我的账号",
            subtitle: "\(officer.organization) · \(Wording.account(officer.role)) \(officer.name) · \(officer.login)")
        page.crumbs = [
            Crumb(title: officer.organization, address: officer.home), Crumb(title: "我的账号", address: nil),
        ]
        page.links = [
            .init(title: "换口令", address: "/account/password"), .init(title: "接口说明", address: "/help/api"),
        ]
        if !access.hasFactor { page.links.insert(.init(title: "设两步验证", address: "/account/factor"), at: 1) }
        page.secret = secret
        page.issues = [message].compactMap { $0 }
        page.sheets = [
            Sheet(
                "接口令牌", id: "tokens", headers: ["用途", "末几位", "权限", "建立", "到期", "最近使用", ""],
                rows: tokens.map { row($0, visit) }, empty: "还没有令牌。",
                hint: "给自己的程序用；能做的不超过本账号。改口令、停用账号时全部作废。")
        ]
        func text(_ id: String, _ label: String, _ value: String, _ hint: String) -> EntryForm.Input {
            EntryForm.Input(id: id, label: label, hint: hint, value: value, isText: true)
        }
        page.form = EntryForm(
            title: "建一枚令牌", action: "/account/tokens", csrf: officer.csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        text("name", "用途", message == nil ? "" : visit.form["name"], "给什么程序用"),
                        EntryForm.Input(
                            id: "rights", label: "权限", hint: nil, value: "read", isChoice: true,
                            choices: Choice.list([("read", "只读"), ("write", "读写")], selected: visit.form["rights"])),
                        text(
                            "days", "有效期（天）", visit.form.value("days") ?? "\(APITokenOperations.daysUsual)",
                            "1–\(APITokenOperations.daysAllowed.upperBound)（本项目约定）"),
                    ])
            ], button: "建立")
        page.cautions = cautions(access, codesLeft, visit)
        page.hasCautions = !page.cautions.isEmpty
        if access.hasFactor {
            page.moreForms = [
                codeForm("换一组恢复码", "/account/factor/codes", "旧的随即作废", "换", visit),
                codeForm("取消两步验证", "/account/factor/remove", "换手机时先取消再设", "取消", visit),
            ]
        }
        return visit.admin(page, section: "account", status: message == nil ? .ok : .unprocessableContent)
    }

    /// What its owner should do soon.
    private static func cautions(
        _ access: AccessStore.Standing, _ codesLeft: Int, _ visit: Visit
    ) -> [String] {
        var lines: [String] = []
        let due = access.passwordChangedAt + PasswordRules.standard.changedEvery
        if due - visit.now <= .days(14) { lines.append("口令 \(Wording.stamp(due, now: visit.now)) 到期，请先换。") }
        if access.hasFactor, codesLeft <= 3 { lines.append("恢复码只剩 \(codesLeft) 个，请换一组。") }
        return lines
    }

    private static func codeForm(
        _ title: String, _ action: String, _ hint: String, _ button: String, _ visit: Visit
    ) -> EntryForm {
        EntryForm(
            title: title, action: action, csrf: visit.officer.csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        EntryForm.Input(
                            id: "code", label: "验证码或恢复码", hint: hint, value: "", isText: true)
                    ])
            ], button: button)
    }

    private static func row(_ token: APIToken, _ visit: Visit) -> Sheet.Row {
        let now = visit.now
        let holds = token.holds(at: now)
        let acts =
            holds
            ? [
                Sheet.Act(
                    title: "撤销", action: "/account/token/\(Form.encode(token.id))/revoke", csrf: visit.officer.csrf)
            ] : []
        let state = token.revokedAt != nil ? "已撤销" : holds ? "" : "已到期"
        return Sheet.Row([
            .init(token.name), .init("…" + token.hint, style: "code"), .init(token.mayWrite ? "读写" : "只读"),
            .init(Wording.stamp(token.createdAt, now: now)), .init(Wording.stamp(token.expiresAt, now: now)),
            .init(token.usedAt.map { Wording.stamp($0, now: now) } ?? "没有用过", style: "m"), .init(state, acts: acts),
        ])
    }
}
