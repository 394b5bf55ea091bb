import Domain
import Kernel
import Operations
import Storage

/// A new password of one's own: good by the rules, none of the last ones, and only with the present one.
enum PasswordChange {
    /// What is wrong, or nil where it was done: then every session of the account has ended.
    static func perform(
        _ account: AccountID, present: String, chosen: String, again: String, _ site: Site
    ) async throws -> String? {
        let (rules, now) = (PasswordRules.standard, site.now)
        let found = try await site.store.read { session throws(StorageError) in
            (
                try AccessStore.standing(of: account, in: &session),
                try AccessStore.earlierHashes(of: account, limit: rules.keptCount - 1, in: &session)
            )
        }
        guard let standing = found.0 else { throw PageRefusal.forged }
        if let locked = SignInPage.locked(standing.lockedUntil, now: now) { return locked }
        guard try await site.passwords.verify(present, against: standing.passwordHash) else {
            try await SignInPage.recordFailure(account, site, now)
            return PasswordRules.Objection.wrongPresent.text
        }
        var objections = rules.objections(to: chosen, login: standing.login)
        if chosen != again { objections.append(.notRepeated) }
        if objections.isEmpty {
            // The present one is known by now: it was just shown.
            var isUsed = chosen == present
            for hash in found.1 where !isUsed { isUsed = try await site.passwords.verify(chosen, against: hash) }
            if isUsed { objections.append(.used(rules.keptCount)) }
        }
        guard objections.isEmpty else { return objections.map(\.text).joined(separator: "；") }
        guard let hash = await site.passwords.hash(chosen) else { throw PageRefusal.busy }
        var generator = SystemRandomNumberGenerator()
        let start = OperationContext(
            now: now, actor: account.rawValue, ids: IdentifierSource(seed: generator.next()))
        try await site.store.write { session throws(StorageError) in
            var context = start
            try AccessOperations.changePassword(hash: hash, of: account, context: &context, in: &session)
        }
        return nil
    }
}
