import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// What a sign-in owes after the password: a code of the second factor, a new password, or setting the factor up. The
/// same forms serve a person who is signed in and changes these by hand.
struct SignInStep: Sendable {
    static let path = "/signin/step"

    struct Field: Sendable {
        var id: String
        var label: String
        var kind: String
        var autocomplete: String
    }

    var title: String
    var lead: String
    var failure: String?
    var fields: [Field] = []
    var first = ""
    var action = SignInStep.path
    var button = ""
    var hint: String?
    var key: String?
    var address: String?
    var codes: [String] = []
    var hasCodes = false
    var hasForm = true
    var csrf: String
    var next: String

    // MARK: The steps of a sign-in

    static func show(_ site: Site, _ request: Request, _ context: WebContext) async throws -> Response {
        guard let pending = context.pending else {
            return Response(status: .seeOther, headers: [.location: context.officer?.home ?? "/login"])
        }
        return try await page(
            site, pending, failure: nil, next: Form(request.uri.query ?? "")["next"], status: .ok)
    }

    static func submit(_ site: Site, _ request: Request, _ context: WebContext) async throws -> Response {
        let form = Form(String(buffer: try await PageRoutes.body(of: request)))
        guard let pending = context.pending, Tokens.areEqual(form["csrf"], pending.csrf) else {
            throw PageRefusal.forged
        }
        if let refusal = try await refusal(site, pending, form) {
            return try await page(
                site, pending, failure: refusal, next: form["next"], status: .unprocessableContent)
        }
        if pending.stage == .enrolment { return try await enrol(site, pending, form) }
        let opened = try await SessionOpening.open(
            pending.account, isFactorShown: true, replaced: pending.sessionHash, site)
        return try await SessionOpening.redirect(opened, next: form["next"], site)
    }

    /// Does the step; the words where it is refused.
    private static func refusal(_ site: Site, _ pending: PendingSignIn, _ form: Form) async throws -> String? {
        switch pending.stage {
        case .open, .enrolment: return nil
        case .password:
            return try await PasswordChange.perform(
                pending.account, present: form["present"], chosen: form["chosen"], again: form["again"], site)
        case .factor:
            return try await refusal(of: form["code"], pending.account, site)
        }
    }

    /// Takes a code or a recovery code, once; a wrong one counts as a wrong password does. The words where it is not
    /// taken.
    static func refusal(of sent: String, _ account: AccountID, _ site: Site) async throws -> String? {
        let (now, configuration) = (site.now, site.configuration)
        let start = context(account, now)
        return try await site.store.write { session throws(StorageError) in
            var context = start
            let standing = try AccessStore.standing(of: account, in: &session)
            if let locked = SignInPage.locked(standing?.lockedUntil, now: now) { return locked }
            if try AccessOperations.show(sent, of: account, context: &context, in: &session) { return nil }
            if sent.utf8.count > OneTimeCode.digits,
                try AccessOperations.useRecoveryCode(sent, of: account, context: &context, in: &session)
            {
                return nil
            }
            try SignIns.recordFailure(
                account, now: now, failuresMax: configuration.failuresMax, lockedFor: configuration.lockedFor,
                in: &session)
            return "验证码不对、已用过或已过期"
        }
    }

    private static func context(_ account: AccountID, _ now: Timestamp) -> OperationContext {
        var generator = SystemRandomNumberGenerator()
        return OperationContext(now: now, actor: account.rawValue, ids: IdentifierSource(seed: generator.next()))
    }

    private static func enrol(_ site: Site, _ pending: PendingSignIn, _ form: Form) async throws -> Response {
        guard let codes = try await confirm(form["code"], pending.account, site) else {
            return try await page(
                site, pending, failure: "验证码不对或已过期", next: form["next"], status: .unprocessableContent)
        }
        let opened = try await SessionOpening.open(
            pending.account, isFactorShown: true, replaced: pending.sessionHash, site)
        let officer = try await site.officer(token: opened.token, isByHand: true)
        var response = recovery(
            site, codes, csrf: officer?.csrf ?? "",
            next: SessionOpening.address(form["next"]) ?? officer?.home ?? "/")
        SessionOpening.setCookie(opened.token, on: &response, site)
        return response
    }

    /// The recovery codes where the first code is right.
    static func confirm(_ sent: String, _ account: AccountID, _ site: Site) async throws -> [String]? {
        let start = context(account, site.now)
        return try await site.store.write { session throws(StorageError) in
            var context = start
            return try AccessOperations.confirm(sent, of: account, context: &context, in: &session)
        }
    }

    private static func page(
        _ site: Site, _ pending: PendingSignIn, failure: String?, next: String, status: HTTPResponse.Status
    ) async throws -> Response {
        var step: SignInStep
        switch pending.stage {
        case .open: return Response(status: .seeOther, headers: [.location: "/"])
        case .factor:
            step = SignInStep(
                title: "两步验证", lead: "打开手机上的验证器应用，填它现在显示的 6 位数字。", csrf: pending.csrf, next: next)
            step.fields = [code]
            step.hint = "手机不在身边时填一个恢复码，每个只能用一次。都没有时请找安全管理员。"
            step.button = "继续"
        case .password:
            step = password(csrf: pending.csrf, next: next)
            step.lead = "口令是别人设的，或已满 90 天，要先换一个再继续。"
        case .enrolment:
            step = try await enrolment(pending.account, pending.login, csrf: pending.csrf, next: next, site)
            step.lead = "管理员要设两步验证。" + step.lead
        }
        step.failure = failure
        step.first = step.fields.first?.id ?? ""
        return step.response(site, status)
    }

    // MARK: The forms

    static let code = Field(id: "code", label: "验证码", kind: "text", autocomplete: "one-time-code")

    static func password(csrf: String, next: String) -> SignInStep {
        var step = SignInStep(title: "换口令", lead: "换好后，别处的登录和全部接口令牌随即失效。", csrf: csrf, next: next)
        step.fields = [
            Field(id: "present", label: "现在的口令", kind: "password", autocomplete: "current-password"),
            Field(id: "chosen", label: "新口令", kind: "password", autocomplete: "new-password"),
            Field(id: "again", label: "再写一次新口令", kind: "password", autocomplete: "new-password"),
        ]
        step.first = "present"
        step.button = "换口令"
        step.hint = "至少 10 位，有大写字母、小写字母、数字、其他字符中的 3 类；不能是最近 5 次用过的；90 天换一次（本项目约定）。"
        return step
    }

    /// With the key that waits, made where there is none.
    static func enrolment(
        _ account: AccountID, _ login: String, csrf: String, next: String, _ site: Site
    ) async throws -> SignInStep {
        let start = context(account, site.now)
        let key = try await site.store.write { session throws(StorageError) in
            var context = start
            return try AccessOperations.enrol(account, context: &context, in: &session)
        }
        guard let key else { throw PageRefusal.refused("两步验证已经设好，要换手机先取消再设。") }
        var step = SignInStep(
            title: "设两步验证", lead: "在手机的验证器应用里添加下面的密钥，再填它显示的 6 位数字。", csrf: csrf, next: next)
        step.key = Base32.grouped(key)
        step.address = OneTimeCode.address(key: key, login: login, issuer: SecondFactor.issuer)
        step.fields = [code]
        step.first = code.id
        step.button = "设好了"
        step.hint = "密钥只在设好之前显示。应用按 RFC 6238 计算：SHA-1、30 秒、6 位。"
        return step
    }

    static func recovery(_ site: Site, _ codes: [String], csrf: String, next: String) -> Response {
        var step = SignInStep(
            title: "恢复码", lead: "手机丢了时用它登录，每个只能用一次。只显示这一次，请抄下来收好。", csrf: csrf, next: next)
        step.codes = codes
        (step.hasCodes, step.hasForm) = (true, false)
        return step.response(site, .ok)
    }

    func response(_ site: Site, _ status: HTTPResponse.Status) -> Response {
        let layout = site.layout(
            title: title, frame: .bare, theme: .light, officer: nil, section: nil, hasStream: false)
        return site.html(site.templates.render("sign-in-step", PageContext(page: layout, model: self)), status: status)
    }
}
