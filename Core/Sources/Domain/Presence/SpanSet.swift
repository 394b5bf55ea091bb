public import Kernel

/// A set of instants as half-open spans that neither overlap nor touch, earliest first. Online time less filed time is
/// arithmetic on two of these, exact to the millisecond.
public struct SpanSet: Hashable, Sendable {
    public private(set) var spans: [Range<Timestamp>]

    public static let empty = SpanSet([])

    /// Spans in any order, which may overlap; empty ones are dropped.
    public init(_ spans: [Range<Timestamp>]) {
        var merged: [Range<Timestamp>] = []
        for span in spans.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        self.spans = merged
    }

    public var isEmpty: Bool { spans.isEmpty }

    public var length: Interval { spans.reduce(.zero) { $0 + ($1.upperBound - $1.lowerBound) } }

    /// How much of a window the set covers, without building another set.
    public func length(within window: Range<Timestamp>) -> Interval {
        var sum = Interval.zero
        for span in spans {
            let from = max(span.lowerBound, window.lowerBound)
            let until = min(span.upperBound, window.upperBound)
            if from < until { sum = sum + (until - from) }
        }
        return sum
    }

    /// Whole seconds: what was begun of one does not count.
    public var seconds: Int64 { length.seconds }

    public func contains(_ instant: Timestamp) -> Bool { spans.contains { $0.contains(instant) } }

    public func union(_ other: SpanSet) -> SpanSet { SpanSet(spans + other.spans) }

    public func clamped(to window: Range<Timestamp>) -> SpanSet { intersection(SpanSet([window])) }

    public func intersection(_ other: SpanSet) -> SpanSet {
        var found: [Range<Timestamp>] = []
        var (left, right) = (0, 0)
        while left < spans.count, right < other.spans.count {
            let (one, two) = (spans[left], other.spans[right])
            let from = max(one.lowerBound, two.lowerBound)
            let until = min(one.upperBound, two.upperBound)
            if from < until { found.append(from..<until) }
            if one.upperBound < two.upperBound { left += 1 } else { right += 1 }
        }
        return SpanSet(found)
    }

    public func subtracting(_ other: SpanSet) -> SpanSet {
        var left: [Range<Timestamp>] = []
        var position = 0
        for span in spans {
            var from = span.lowerBound
            while position < other.spans.count, other.spans[position].upperBound <= from { position += 1 }
            var next = position
            while next < other.spans.count, other.spans[next].lowerBound < span.upperBound {
                if from < other.spans[next].lowerBound { left.append(from..<other.spans[next].lowerBound) }
                from = max(from, other.spans[next].upperBound)
                next += 1
            }
            if from < span.upperBound { left.append(from..<span.upperBound) }
        }
        return SpanSet(left)
    }
}
