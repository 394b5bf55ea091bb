import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Signing in and out.
struct SignInPage: Sendable {
    static let cookie = "fengsui_signin"

    var failure: String?
    var login: String
    var next: String
    /// Against forged sign-ins: the same in the form and in a cookie.
    var token: String

    static func show(_ site: Site, _ request: Request, _ context: WebContext) -> Response {
        if let officer = context.officer {
            return Response(status: .seeOther, headers: [.location: officer.home])
        }
        if context.pending != nil { return Response(status: .seeOther, headers: [.location: SignInStep.path]) }
        return page(site, failure: nil, login: "", next: Form(request.uri.query ?? "")["next"], status: .ok)
    }

    static func submit(_ site: Site, _ request: Request, _ context: WebContext) async throws -> Response {
        let form = Form(String(buffer: try await PageRoutes.body(of: request)))
        guard let expected = request.cookies[cookie]?.value, !expected.isEmpty,
            Tokens.areEqual(form["token"], expected)
        else { throw PageRefusal.forged }
        let (login, password, now) = (form["login"], form["password"], site.now)
        if let seconds = site.signIns.wait(context.remoteAddress, at: now) {
            var held = page(
                site, failure: "这个地址登录得太频繁，\(seconds) 秒后再试", login: login, next: form["next"],
                status: .tooManyRequests)
            held.headers[.retryAfter] = String(seconds)
            return held
        }
        let account = try await site.store.read { session throws(StorageError) in
            try SignIns.account(login: login, in: &session)
        }
        if let locked = locked(account?.lockedUntil, now: now) {
            return page(site, failure: locked, login: login, next: form["next"], status: .tooManyRequests)
        }
        let isRight = try await site.passwords.verify(password, against: account?.passwordHash)
        guard let account, isRight, !account.isDisabled else {
            if let account { try await recordFailure(account.id, site, now) }
            return page(
                site, failure: "账号或口令不对", login: login, next: form["next"], status: .unprocessableContent)
        }
        let opened = try await SessionOpening.open(account.id, isFactorShown: false, site)
        return try await SessionOpening.redirect(opened, next: form["next"], site)
    }

    /// What is said while an account is locked; nil where it is not.
    static func locked(_ until: Timestamp?, now: Timestamp) -> String? {
        until.flatMap { $0 > now ? "账号已锁定，\(Wording.stamp($0, now: now)) 后再试" : nil }
    }

    /// A wrong password, or a wrong code: so many lock the account.
    static func recordFailure(_ account: AccountID, _ site: Site, _ now: Timestamp) async throws {
        let (failuresMax, lockedFor) = (site.configuration.failuresMax, site.configuration.lockedFor)
        try await site.store.write { session throws(StorageError) in
            try SignIns.recordFailure(
                account, now: now, failuresMax: failuresMax, lockedFor: lockedFor, in: &session)
        }
    }

    /// Ends a session, also one that is not finished.
    static func signOut(_ site: Site, _ request: Request, _ context: WebContext) async throws -> Response {
        let known = context.officer.map { ($0.account, $0.sessionHash, $0.csrf) }
        guard let (account, hash, csrf) = known ?? context.pending.map({ ($0.account, $0.sessionHash, $0.csrf) }) else {
            return Response(status: .seeOther, headers: [.location: "/login"])
        }
        let form = Form(String(buffer: try await PageRoutes.body(of: request)))
        guard Tokens.areEqual(form["csrf"], csrf) else { throw PageRefusal.forged }
        let now = site.now
        try await site.store.write { session throws(StorageError) in
            try SignIns.close(tokenHash: hash, account: account, now: now, in: &session)
        }
        var response = Response(status: .seeOther, headers: [.location: "/login"])
        response.setCookie(cookie(SessionMiddleware.cookie, "", site, maxAge: 0))
        return response
    }

    private static func page(
        _ site: Site, failure: String?, login: String, next: String, status: HTTPResponse.Status
    ) -> Response {
        let token = Tokens.make()
        let layout = site.layout(
            title: "登录", frame: .bare, theme: .light, officer: nil, section: nil, hasStream: false)
        let model = SignInPage(failure: failure, login: login, next: next, token: token)
        var response = site.html(
            site.templates.render("login", PageContext(page: layout, model: model)), status: status)
        response.setCookie(cookie(Self.cookie, token, site))
        return response
    }

    static func cookie(_ name: String, _ value: String, _ site: Site, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: site.configuration.hasSecureCookies,
            httpOnly: true, sameSite: .lax)
    }
}
