public import Kernel

/// The half-open window of a figure and the instant at which it is asked. A day that has not ended counts up to now.
public struct FigureWindow: Hashable, Sendable {
    public var from: Timestamp
    public var until: Timestamp
    public var now: Timestamp

    public init(from: Timestamp, until: Timestamp, now: Timestamp) {
        precondition(from <= until, "a window ends after it begins")
        self.from = from
        self.until = until
        self.now = now
    }

    /// Natural days of China, 0–24 h, the last one included.
    public init(_ first: Day, through last: Day, now: Timestamp) {
        self.init(from: first.start, until: last.next.start, now: now)
    }

    public init(_ day: Day, now: Timestamp) { self.init(day, through: day, now: now) }

    /// Where counting stops: the end of the window, or now while it runs.
    public var end: Timestamp { max(from, min(until, now)) }
    public var span: Range<Timestamp> { from..<end }

    public func contains(_ instant: Timestamp) -> Bool { from <= instant && instant < until && instant <= now }

    /// The part from an instant on.
    public func beginning(at instant: Timestamp) -> FigureWindow {
        instant <= from ? self : FigureWindow(from: min(instant, until), until: until, now: now)
    }

    /// The days that have begun.
    public var days: [Day] {
        var days: [Day] = []
        var day = Day(from)
        while day.start < until, day.start <= now {
            days.append(day)
            day = day.next
        }
        return days
    }

    public func day(_ day: Day) -> FigureWindow {
        FigureWindow(
            from: max(from, day.start), until: max(max(from, day.start), min(until, day.next.start)), now: now)
    }
}
