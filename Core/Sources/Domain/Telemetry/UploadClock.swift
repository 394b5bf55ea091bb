public import Kernel

/// Reads the times of one upload against the server's clock (contracts/upload.md).
///
/// A gateway whose clock runs ahead by up to five minutes keeps its spacing: its newest value counts as of the
/// receipt, the others as much before it as they claim. The last claimed time and the last effective time of a point
/// are both kept, so that a clock that is put right does not silence the point.
public struct UploadClock: Sendable {
    public let received: Timestamp
    private let ahead: Interval

    public static let toleranceAhead = Interval.minutes(5)
    public static let backfillAge = Interval.minutes(5)

    /// `newest`: the latest claimed time in the upload that is not too far ahead.
    public init(received: Timestamp, newest: Timestamp?) {
        self.received = received
        ahead = newest.map { max(.zero, $0 - received) } ?? .zero
    }

    public static func isTooFarAhead(_ claimed: Timestamp, received: Timestamp) -> Bool {
        claimed - received > toleranceAhead
    }

    public struct Reading: Equatable, Sendable {
        /// The time stored with the value: the server's where the claimed one lies too far ahead.
        public var at: Timestamp
        /// The time that the rules count with.
        public var effective: Timestamp
        public var isBackfill: Bool
        /// The claimed time was too far ahead: a finding of the gateway.
        public var isFromFuture: Bool
        /// The backfill mark stood on a value too young for it: ignored, and counted.
        public var isMarkIgnored: Bool
    }

    public func read(_ claimed: Timestamp, marked isMarked: Bool) -> Reading {
        if Self.isTooFarAhead(claimed, received: received) {
            return Reading(
                at: received, effective: received, isBackfill: false, isFromFuture: true, isMarkIgnored: isMarked)
        }
        let isYoung = received - claimed < Self.backfillAge
        return Reading(
            at: claimed, effective: min(claimed - ahead, received), isBackfill: isMarked && !isYoung,
            isFromFuture: false, isMarkIgnored: isMarked && isYoung)
    }
}
