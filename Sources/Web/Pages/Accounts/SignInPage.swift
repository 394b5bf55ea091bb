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
        return page(site, failure: nil, login: "", next: Form(request.uri.query ?? "")["next"], status: .ok)
    }

    static func submit(_ site: Site, _ request: Request, _ context: WebContext) async throws -> Response {
        let form = Form(String(buffer: try await PageRoutes.body(of: request)))
        guard let expected = request.cookies[cookie]?.value, !expected.isEmpty,
            Tokens.areEqual(form["token"], expected)
        else { throw PageRefusal.forged }
        let (login, password, now) = (form["login"], form["password"], site.now)
        let account = try await site.store.read { session throws(StorageError) in
            try SignIns.account(login: login, in: &session)
        }
        if let until = account?.lockedUntil, until > now {
            return page(
                site, failure: "账号已锁定，\(Wording.stamp(until, now: now)) 后再试", login: login, next: form["next"],
                status: .tooManyRequests)
        }
        let isRight = try await site.passwords.verify(password, against: account?.passwordHash)
        guard let account, isRight, !account.isDisabled else {
            if let account { try await recordFailure(account.id, site, now) }
            return page(
                site, failure: "账号或口令不对", login: login, next: form["next"], status: .unprocessableContent)
        }
        return try await open(account.id, site, next: form["next"], now: now)
    }

    private static func recordFailure(_ account: AccountID, _ site: Site, _ now: Timestamp) async throws {
        let (failuresMax, lockedFor) = (site.configuration.failuresMax, site.configuration.lockedFor)
        try await site.store.write { session throws(StorageError) in
            try SignIns.recordFailure(
                account, now: now, failuresMax: failuresMax, lockedFor: lockedFor, in: &session)
        }
    }

    private static func open(
        _ account: AccountID, _ site: Site, next: String, now: Timestamp
    ) async throws -> Response {
        let (token, csrf) = (Tokens.make(), Tokens.make())
        let hash = Tokens.sha256(Array(token.utf8))
        let expiresAt = now + site.configuration.sessionLifetimeMax
        try await site.store.write { session throws(StorageError) in
            try SignIns.open(
                account, tokenHash: hash, csrf: csrf, now: now, expiresAt: expiresAt, in: &session)
        }
        let officer = try await site.officer(token: token, isByHand: true)
        // Only an address of our own, never `//elsewhere`.
        let isOurs = next.hasPrefix("/") && !next.hasPrefix("//") && !next.contains("\\") && next != "/"
        var response = Response(
            status: .seeOther, headers: [.location: isOurs ? next : officer?.home ?? "/"])
        response.setCookie(cookie(SessionMiddleware.cookie, token, site))
        response.setCookie(cookie(Self.cookie, "", site, maxAge: 0))
        return response
    }

    static func signOut(_ visit: Visit) async throws -> Response {
        let (officer, now) = (visit.officer, visit.now)
        try await visit.site.store.write { session throws(StorageError) in
            try SignIns.close(tokenHash: officer.sessionHash, account: officer.account, now: now, in: &session)
        }
        var response = Response(status: .seeOther, headers: [.location: "/login"])
        response.setCookie(cookie(SessionMiddleware.cookie, "", visit.site, maxAge: 0))
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

    private static func cookie(_ name: String, _ value: String, _ site: Site, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: site.configuration.hasSecureCookies,
            httpOnly: true, sameSite: .lax)
    }
}
