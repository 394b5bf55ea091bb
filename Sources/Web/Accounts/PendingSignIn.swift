import Domain

/// A sign-in that has shown the password and owes something more. It may do nothing else.
struct PendingSignIn: Sendable {
    var account: AccountID
    var login: String
    var role: AccountRole
    var stage: SignInStage
    var sessionHash: [UInt8]
    var csrf: String
}
