import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 换口令 and 两步验证 by hand, of one's own account.
enum AccessPage {
    static func showPassword(_ visit: Visit) async throws -> Response {
        passwordForm(visit, failure: nil).response(visit.site, .ok)
    }

    static func changePassword(_ visit: Visit) async throws -> Response {
        let (site, form, account) = (visit.site, visit.form, visit.officer.account)
        let refusal = try await PasswordChange.perform(
            account, present: form["present"], chosen: form["chosen"], again: form["again"], site)
        if let refusal { return passwordForm(visit, failure: refusal).response(site, .unprocessableContent) }
        // This browser goes on, in a session of its own.
        let opened = try await SessionOpening.open(account, isFactorShown: true, site)
        return try await SessionOpening.redirect(opened, next: "/account?done=" + Form.encode("口令已换"), site)
    }

    private static func passwordForm(_ visit: Visit, failure: String?) -> SignInStep {
        var step = SignInStep.password(csrf: visit.officer.csrf, next: "/account")
        step.action = "/account/password"
        step.failure = failure
        return step
    }

    static func showFactor(_ visit: Visit) async throws -> Response {
        try await factorForm(visit, failure: nil).response(visit.site, .ok)
    }

    /// The first code of the key that was shown.
    static func setFactor(_ visit: Visit) async throws -> Response {
        guard let codes = try await SignInStep.confirm(visit.form["code"], visit.officer.account, visit.site) else {
            return try await factorForm(visit, failure: "验证码不对或已过期").response(visit.site, .unprocessableContent)
        }
        return SignInStep.recovery(visit.site, codes, csrf: visit.officer.csrf, next: "/account")
    }

    private static func factorForm(_ visit: Visit, failure: String?) async throws -> SignInStep {
        var step = try await SignInStep.enrolment(
            visit.officer.account, visit.officer.login, csrf: visit.officer.csrf, next: "/account", visit.site)
        step.action = "/account/factor"
        step.failure = failure
        return step
    }

    /// Only with a code: whoever finds a desk unlocked cannot take the factor away.
    static func removeFactor(_ visit: Visit) async throws -> Response {
        let settings: AccessSettings = try await visit.read { session throws(StorageError) in
            try SettingStore.load(AccessSettings.key, in: &session)
        }
        if settings.requiresFactor(of: visit.officer.role) {
            throw PageRefusal.refused("管理员必须设两步验证，不能自己取消；换手机请找另一位管理员。")
        }
        try await showCode(visit, otherwise: "两步验证没有取消")
        let (account, start) = (visit.officer.account, visit.operation())
        try await visit.site.store.write { session throws(StorageError) in
            var context = start
            try AccessOperations.removeFactor(of: account, context: &context, in: &session)
        }
        return visit.saved("/account", "两步验证已取消")
    }

    private static func showCode(_ visit: Visit, otherwise: String) async throws {
        let refusal = try await SignInStep.refusal(of: visit.form["code"], visit.officer.account, visit.site)
        if let refusal { throw PageRefusal.refused("\(refusal)，\(otherwise)。") }
    }

    static func renewCodes(_ visit: Visit) async throws -> Response {
        try await showCode(visit, otherwise: "恢复码没有换")
        let (account, start) = (visit.officer.account, visit.operation())
        let codes = try await visit.site.store.write { session throws(StorageError) in
            var context = start
            return try AccessOperations.renewRecoveryCodes(of: account, context: &context, in: &session)
        }
        return SignInStep.recovery(visit.site, codes, csrf: visit.officer.csrf, next: "/account")
    }
}
