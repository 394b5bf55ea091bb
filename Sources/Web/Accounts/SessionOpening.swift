import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// Opens sessions: after the password, after each further step, and anew wherever rights grow, so that a token known
/// before is worth nothing afterwards.
enum SessionOpening {
    /// - Parameter replaced: the session that ends by this.
    /// - Returns: the stage that is reached, and the new session's token.
    static func open(
        _ account: AccountID, isFactorShown: Bool, replaced: [UInt8]? = nil, _ site: Site
    ) async throws -> (stage: SignInStage, token: String) {
        let (token, csrf, now) = (Tokens.make(), Tokens.make(), site.now)
        let hash = Tokens.sha256(Array(token.utf8))
        // What is not finished within the idle time begins anew.
        let (lifetime, unfinished) = (site.configuration.sessionLifetimeMax, site.configuration.idleAfter)
        let stage = try await site.store.write { session throws(StorageError) -> SignInStage? in
            guard let stage = try reached(by: account, isFactorShown: isFactorShown, now: now, in: &session) else {
                return nil
            }
            if let replaced { try SignIns.drop(tokenHash: replaced, in: &session) }
            try SignIns.open(
                account, tokenHash: hash, csrf: csrf, stage: stage, now: now,
                expiresAt: now + (stage == .open ? lifetime : unfinished), in: &session)
            return stage
        }
        guard let stage else { throw PageRefusal.forged }
        return (stage, token)
    }

    private static func reached(
        by account: AccountID, isFactorShown: Bool, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> SignInStage? {
        guard let found = try AccessStore.standing(of: account, in: &session) else { return nil }
        let settings: AccessSettings = try SettingStore.load(AccessSettings.key, in: &session)
        let isOld = PasswordRules.standard.isExpired(changedAt: found.passwordChangedAt, at: now)
        return .next(
            .init(
                hasFactor: found.hasFactor, isFactorShown: isFactorShown,
                isFactorRequired: settings.requiresFactor(of: found.role),
                mustChangePassword: found.mustChange || isOld))
    }

    /// Goes to where the session may go.
    static func redirect(
        _ opened: (stage: SignInStage, token: String), next: String, _ site: Site
    ) async throws -> Response {
        var target = SignInStep.path + "?next=" + Form.encode(next)
        if opened.stage == .open {
            let officer = try await site.officer(token: opened.token, isByHand: true)
            target = address(next) ?? officer?.home ?? "/"
        }
        var response = Response(status: .seeOther, headers: [.location: target])
        setCookie(opened.token, on: &response, site)
        return response
    }

    /// Only an address of our own, never `//elsewhere`.
    static func address(_ next: String) -> String? {
        Form.isOurs(next) && next != "/" && !next.hasPrefix(SignInStep.path) ? next : nil
    }

    static func setCookie(_ token: String, on response: inout Response, _ site: Site) {
        response.setCookie(SignInPage.cookie(SessionMiddleware.cookie, token, site))
        response.setCookie(SignInPage.cookie(SignInPage.cookie, "", site, maxAge: 0))
    }
}
