import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Accounts: listed, made, given a new password, disabled. A password is made here and shown once.
enum AdminAccounts {
    static func list(_ visit: Visit) async throws -> Response { try await render(visit, violations: [], secret: nil) }

    static func create(_ visit: Visit) async throws -> Response {
        let reader = EntryReader(visit.form)
        guard let role = AccountRole(rawValue: reader.text(.role)) else { throw PageRefusal.notFound }
        let draft = AccountOperations.Draft(
            login: reader.text(.login), name: reader.text(.name), role: role,
            authority: reader.optional(.authority).map { AuthorityID($0) },
            enterprise: reader.optional(.enterprise).map { EnterpriseID($0) },
            person: reader.optional(.person).map { PersonID($0) })
        let (password, hash) = try await visit.site.passwords.make()
        let editor = visit.editor
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try AccountOperations.create(draft, passwordHash: hash, by: editor, context: &context, in: &session)
            }
        } catch .violations(let violations) {
            return try await render(visit, violations: violations, secret: nil)
        } catch { throw error.refusal }
        return try await render(visit, violations: [], secret: secret("账号已建立", draft.login, password))
    }

    static func resetPassword(_ visit: Visit) async throws -> Response {
        let (id, editor) = (AccountID(visit.parameter("id")), visit.editor)
        let (password, hash) = try await visit.site.passwords.make()
        do throws(RegistryFailure) {
            let login = try await visit.register { context, session throws(RegistryFailure) in
                try AccountOperations.setPassword(hash: hash, of: id, by: editor, context: &context, in: &session)
                return try AccountOperations.list(by: editor, in: &session).first { $0.id == id }?.login ?? ""
            }
            return try await shown(visit, secret("口令已重置，原来的登录全部失效", login, password))
        } catch { throw error.refusal }
    }

    static func disable(_ visit: Visit) async throws -> Response { try await setDisabled(visit, true) }
    static func enable(_ visit: Visit) async throws -> Response { try await setDisabled(visit, false) }

    static func removeFactor(_ visit: Visit) async throws -> Response {
        let (id, editor) = (AccountID(visit.parameter("id")), visit.editor)
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try AccountOperations.removeFactor(of: id, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/admin/accounts", "两步验证已取消")
    }

    static func unlock(_ visit: Visit) async throws -> Response {
        let (id, editor) = (AccountID(visit.parameter("id")), visit.editor)
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try AccountOperations.unlock(id, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/admin/accounts", "已解除锁定")
    }

    private static func setDisabled(_ visit: Visit, _ isDisabled: Bool) async throws -> Response {
        let (id, editor) = (AccountID(visit.parameter("id")), visit.editor)
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try AccountOperations.setDisabled(
                    id, isDisabled: isDisabled, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/admin/accounts", isDisabled ? "账号已停用" : "账号已启用")
    }

    private static func shown(_ visit: Visit, _ secret: AdminPage.Secret) async throws(RegistryFailure) -> Response {
        do {
            return try await render(visit, violations: [], secret: secret)
        } catch { throw .refused("口令已重置，但页面没有打开，请再重置一次") }
    }

    private static func secret(_ title: String, _ login: String, _ password: String) -> AdminPage.Secret {
        AdminPage.Secret(
            title: title, lines: "账号 \(login)\n口令 \(password)", advice: "口令只显示这一次，系统里只存摘要。请当面交给本人；第一次登录要换。")
    }

    private static func render(
        _ visit: Visit, violations: [Violation], secret: AdminPage.Secret?
    ) async throws -> Response {
        let editor = visit.editor
        let found = try await visit.look { session throws(RegistryFailure) in
            let accounts = try AccountOperations.list(by: editor, in: &session)
            do throws(StorageError) {
                return (
                    accounts, try RegistryQueries.authorities(scope: editor.scope, in: &session),
                    try EnterpriseOverview.list(limit: 1_000, scope: editor.scope, in: &session)
                )
            } catch { throw .storage(error) }
        }
        let csrf = visit.officer.csrf
        let rows = found.0.map { account in
            let base = "/admin/account/" + Form.encode(account.id.rawValue)
            let isDisabled = account.disabledAt != nil
            let isLocked = account.lockedUntil.map { $0 > visit.now } == true
            var acts = [Sheet.Act(title: "重置口令", action: base + "/password", csrf: csrf)]
            if account.hasFactor { acts.append(.init(title: "取消两步验证", action: base + "/factor", csrf: csrf)) }
            if isLocked { acts.append(.init(title: "解除锁定", action: base + "/unlock", csrf: csrf)) }
            acts.append(
                .init(
                    title: isDisabled ? "启用" : "停用", action: base + (isDisabled ? "/enable" : "/disable"), csrf: csrf))
            return Sheet.Row([
                .init(account.login), .init(account.name), .init(Wording.account(account.role)),
                .init(account.organization ?? "全系统"),
                .init(isDisabled ? "已停用" : isLocked ? "已锁定" : "在用"), .init(account.hasFactor ? "已设" : "没有设"),
                .init("", acts: acts),
            ])
        }
        let build = FormBuilder(
            visit, registered: secret == nil ? [.role: AccountRole.duty.rawValue] : [:], violations: violations)
        var page = AdminPage("账号与岗位", subtitle: "一人一个账号；没有默认口令。")
        page.secret = secret
        page.sheets = [
            Sheet("账号 \(rows.count)", id: "list", headers: ["账号", "姓名", "岗位", "单位", "状态", "两步验证", ""], rows: rows)
        ]
        page.form = EntryForm(
            title: "建立账号", action: "/admin/accounts", csrf: csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        build.text(.login, hint: "3–64 个字母、数字或 - _ ."), build.text(.name, "姓名"),
                        build.choice(.role, "岗位", AccountRole.allCases.map { ($0.rawValue, Wording.account($0)) }),
                        build.choice(
                            .authority, "监管单位", [("", "—")] + found.1.map { ($0.id.rawValue, $0.name) },
                            hint: "值守员、管理员填这一项"),
                        build.choice(
                            .enterprise, "企业", [("", "—")] + found.2.map { ($0.id.rawValue, $0.name) },
                            hint: "企业安全员填这一项"),
                        build.text(.person, "人员编码", hint: "包保责任人填这一项，见企业页的人员表"),
                    ])
            ], errors: build.errors, hasErrors: !build.errors.isEmpty, button: "建立，生成口令")
        return visit.admin(page, section: "accounts", status: violations.isEmpty ? .ok : .unprocessableContent)
    }
}

extension PasswordQueue {
    /// A new password and its hash, made on the queue.
    func make() async throws -> (password: String, hash: String) {
        let password = Password.suggestion()
        guard let hash = await hash(password) else { throw PageRefusal.busy }
        return (password, hash)
    }
}
