public import Kernel

/// The time limits of filings. All numbers are this project's convention (domain §10.9).
public struct FilingRules: Hashable, Sendable {
    /// A planned stop or repair is filed so long before it begins.
    public var plannedNotice = Interval.hours(24)
    /// Damage is filed within so long of being found.
    public var damageNotice = Interval.hours(2)
    /// The county confirms or returns within so long, day and night (JC-11).
    public var confirmWithin = Interval.hours(4)
    /// The regulator is reminded so long after the submission.
    public var confirmReminder = Interval.hours(2)
    /// The enterprise is reminded so long before the end.
    public var endReminder = Interval.hours(2)
    /// What is called a long stop lasts at least so long (domain §9).
    public var longStopMin = Interval.days(30)
    public var longStopMax = Interval.days(366)
    public var otherMax = Interval.days(180)

    public init() {}

    public static let standard = FilingRules()

    public func longest(_ kind: FilingKind) -> Interval {
        switch kind {
        case .longStop: longStopMax
        case .plannedStop, .maintenance, .damage, .camera: otherMax
        }
    }

    /// Whether it was told too late. Late is marked, never refused: a late filing is better than none.
    public func isLate(
        _ kind: FilingKind, from: Timestamp, foundAt: Timestamp?, submittedAt: Timestamp
    ) -> Bool {
        switch kind {
        case .longStop, .plannedStop, .maintenance: from - submittedAt < plannedNotice
        case .damage: submittedAt - (foundAt ?? from) > damageNotice
        case .camera:
            if let foundAt { submittedAt - foundAt > damageNotice } else { from - submittedAt < plannedNotice }
        }
    }
}
