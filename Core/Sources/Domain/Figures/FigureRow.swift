public import Kernel

/// One row behind a figure: what it adds to the numerator and to the denominator. A rate is the sum of its rows and
/// nothing else, so that a number and its list cannot differ.
public struct FigureRow: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case enterprise
        case camera(String)
        case point(PointID)
        case alarm(AlarmID)
        case warning(WarningID)
        case supervision(WarningID, ordinal: Int)
        case duty(String)
        case problem(String)
        case authority(AuthorityID)
    }

    public var enterprise: EnterpriseID
    public var subject: Subject
    /// The instant by which it is counted in a period.
    public var at: Timestamp
    public var ratio: Ratio
    /// Whose work it is, where that is not the enterprise's.
    public var authority: AuthorityID?

    public init(
        enterprise: EnterpriseID, subject: Subject, at: Timestamp, ratio: Ratio, authority: AuthorityID? = nil
    ) {
        self.enterprise = enterprise
        self.subject = subject
        self.at = at
        self.ratio = ratio
        self.authority = authority
    }

    /// In the numerator's list: what counts wholly or in part.
    public var isCounted: Bool { ratio.numerator > 0 }
    public var isMissing: Bool { ratio.numerator < ratio.denominator }

    public static func sum(_ rows: some Sequence<FigureRow>) -> Ratio {
        rows.reduce(.none) { $0 + $1.ratio }
    }
}
