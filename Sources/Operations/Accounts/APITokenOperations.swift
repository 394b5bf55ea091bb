public import Domain
public import Kernel
public import Storage

/// Tokens of the API: each person makes them for themself, sees them once, and takes them back. A token can do what
/// the account can do and nothing more; one that may only read cannot act.
public enum APITokenOperations {
    /// 本项目约定.
    public static let daysAllowed: ClosedRange<Int64> = 1...365
    public static let daysUsual: Int64 = 90
    public static let heldMax = 20

    /// - Parameters:
    ///   - hash: of the token, which is not given to us.
    ///   - hint: its last letters.
    @discardableResult
    public static func make(
        name: String, mayWrite: Bool, days: Int64, hash: [UInt8], hint: String, of account: AccountID,
        context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) -> APIToken {
        let name = name.trimmedOfSpace
        guard !name.isEmpty, name.count <= 40 else { throw .refused("请写明这枚令牌给什么程序用，40 字以内") }
        guard daysAllowed.contains(days) else {
            throw .refused("有效期为 \(daysAllowed.lowerBound)–\(daysAllowed.upperBound) 天")
        }
        let now = context.now
        let token = APIToken(
            id: context.ids.next("tk", at: now), account: account, name: name, hint: hint, mayWrite: mayWrite,
            createdAt: now, expiresAt: now + .days(days))
        let isFull: Bool
        do throws(StorageError) {
            let held = try APITokenStore.list(of: account, in: &session)
            isFull = held.count { $0.holds(at: now) } >= heldMax
            if !isFull {
                try APITokenStore.insert(token, hash: hash, in: &session)
                try context.log(
                    stream: "account", account.rawValue, "tokenMade",
                    [
                        "token": .string(token.id), "name": .string(name), "mayWrite": .bool(mayWrite),
                        "expiresAt": .integer(token.expiresAt.milliseconds),
                    ], in: &session)
            }
        } catch { throw .storage(error) }
        guard !isFull else { throw .refused("已有 \(heldMax) 枚在用的令牌，请先撤销不用的") }
        return token
    }

    public static func revoke(
        _ id: String, of account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        let isDone: Bool
        do throws(StorageError) {
            isDone = try APITokenStore.revoke(id, of: account, at: context.now, in: &session)
            if isDone {
                try context.log(
                    stream: "account", account.rawValue, "tokenRevoked", ["token": .string(id)], in: &session)
            }
        } catch { throw .storage(error) }
        guard isDone else { throw .notFound }
    }
}
