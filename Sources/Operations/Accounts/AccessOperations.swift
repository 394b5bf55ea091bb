public import Domain
public import Kernel
public import Storage

/// Passwords that their owners choose, and second factors. Everything stands in the account's log; no secret does.
public enum AccessOperations {
    /// The owner's new password. Whether it is good and new was asked before, off the event loop.
    public static func changePassword(
        hash: String, of account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try AccountStore.setPassword(hash, of: account, mustChange: false, at: context.now, in: &session)
        try APITokenStore.revokeAll(of: account, at: context.now, in: &session)
        try log(account, "passwordChanged", &context, in: &session)
    }

    /// The key that waits for its first code, made where there is none; nil where one is in use.
    public static func enrol(
        _ account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> [UInt8]? {
        if let factor = try AccessStore.factor(of: account, in: &session) {
            return factor.confirmedAt == nil ? factor.secret : nil
        }
        let key = SecondFactor.makeKey()
        try AccessStore.propose(key, for: account, at: context.now, in: &session)
        return key
    }

    /// The first code: the factor is in use from now on. The recovery codes, which are shown once; nil where the code is
    /// wrong.
    public static func confirm(
        _ sent: String, of account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> [String]? {
        guard let factor = try AccessStore.factor(of: account, in: &session), factor.confirmedAt == nil,
            let step = accepted(sent, factor, at: context.now),
            try AccessStore.take(step, of: account, confirmedAt: context.now, in: &session)
        else { return nil }
        try log(account, "factorSet", &context, in: &session)
        return try renewRecoveryCodes(of: account, context: &context, in: &session)
    }

    /// A code of the factor, once.
    public static func show(
        _ sent: String, of account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Bool {
        guard let factor = try AccessStore.factor(of: account, in: &session), factor.confirmedAt != nil,
            let step = accepted(sent, factor, at: context.now)
        else { return false }
        return try AccessStore.take(step, of: account, in: &session)
    }

    /// A recovery code in the place of one, once.
    public static func useRecoveryCode(
        _ sent: String, of account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Bool {
        let hash = SecondFactor.hash(recoveryCode: sent)
        guard try AccessStore.takeRecoveryCode(hash: hash, of: account, at: context.now, in: &session) else {
            return false
        }
        let left = try AccessStore.recoveryCodesLeft(of: account, in: &session)
        try context.log(
            stream: "account", account.rawValue, "recoveryCodeUsed", ["left": .integer(Int64(left))], in: &session)
        return true
    }

    /// Ten new ones; the old ones hold no longer.
    public static func renewRecoveryCodes(
        of account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> [String] {
        let codes = SecondFactor.makeRecoveryCodes()
        try AccessStore.setRecoveryCodes(
            codes.map { SecondFactor.hash(recoveryCode: $0) }, of: account, in: &session)
        try log(account, "recoveryCodesMade", &context, in: &session)
        return codes
    }

    /// Taken away by its owner, or by an administrator where the phone is lost.
    public static func removeFactor(
        of account: AccountID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard try AccessStore.removeFactor(of: account, in: &session) else { return }
        try log(account, "factorRemoved", &context, in: &session)
    }

    private static func accepted(_ sent: String, _ factor: AccessStore.Factor, at now: Timestamp) -> Int64? {
        OneTimeCode.accepted(sent, at: now, after: factor.lastStep) { step in
            SecondFactor.code(key: factor.secret, step: step)
        }
    }

    private static func log(
        _ account: AccountID, _ kind: String, _ context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try context.log(stream: "account", account.rawValue, kind, [:], in: &session)
    }
}
