/// How far a sign-in has come. Only one that is `open` may do anything else than go on.
public enum SignInStage: String, CaseIterable, Hashable, Sendable {
    /// The password was right; the second factor is to be shown.
    case factor
    /// The password was made by somebody else, or is too old.
    case password
    /// The role needs a second factor and the account has none.
    case enrolment
    case open

    /// What is known of an account when a step of its sign-in is done.
    public struct Standing: Hashable, Sendable {
        public var hasFactor: Bool
        public var isFactorShown: Bool
        public var isFactorRequired: Bool
        public var mustChangePassword: Bool

        public init(hasFactor: Bool, isFactorShown: Bool, isFactorRequired: Bool, mustChangePassword: Bool) {
            self.hasFactor = hasFactor
            self.isFactorShown = isFactorShown
            self.isFactorRequired = isFactorRequired
            self.mustChangePassword = mustChangePassword
        }
    }

    /// The factor first: a stolen password must not be enough to change it.
    public static func next(_ standing: Standing) -> SignInStage {
        if standing.hasFactor, !standing.isFactorShown { return .factor }
        if standing.mustChangePassword { return .password }
        return standing.isFactorRequired && !standing.hasFactor ? .enrolment : .open
    }
}
