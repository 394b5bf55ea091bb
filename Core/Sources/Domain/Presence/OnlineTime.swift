public import Kernel

/// Online time of one subject in a window, both parts less the time of confirmed filings (domain §9): what was filed
/// counts neither for nor against.
public struct OnlineTime: Hashable, Sendable {
    public var onlineSeconds: Int64
    /// How long it should have been online.
    public var dueSeconds: Int64

    public init(onlineSeconds: Int64, dueSeconds: Int64) {
        self.onlineSeconds = onlineSeconds
        self.dueSeconds = dueSeconds
    }

    public static let zero = OnlineTime(onlineSeconds: 0, dueSeconds: 0)

    public static func + (left: OnlineTime, right: OnlineTime) -> OnlineTime {
        OnlineTime(
            onlineSeconds: left.onlineSeconds + right.onlineSeconds, dueSeconds: left.dueSeconds + right.dueSeconds)
    }

    /// - Parameter window: half-open; of a window that has not ended the part that has passed.
    public static func measured(online: SpanSet, filed: SpanSet, window: Range<Timestamp>) -> OnlineTime {
        let due = SpanSet([window]).subtracting(filed)
        return OnlineTime(onlineSeconds: online.intersection(due).seconds, dueSeconds: due.seconds)
    }

    /// Spans are kept at whole seconds, so that the sums of parts are the whole.
    public static func wholeSecond(_ instant: Timestamp) -> Timestamp {
        let rest = instant.milliseconds % 1_000
        return Timestamp(milliseconds: instant.milliseconds - (rest < 0 ? rest + 1_000 : rest))
    }
}
