public import Kernel

/// What came of sending once.
public enum DeliveryOutcome: Hashable, Sendable {
    case delivered(detail: String)
    /// The receiver answered, but did not take it: try this one again later.
    case refused(detail: String)
    /// The receiver says that it gets too many: nothing else for so long.
    case limited(detail: String, retryAfter: Interval)
    /// The receiver did not answer: nothing else will get through to it now.
    case unreachable(detail: String)
    /// It will never get through: the target is gone or was switched off.
    case impossible(detail: String)

    public var name: String {
        switch self {
        case .delivered: "delivered"
        case .refused: "refused"
        case .limited: "limited"
        case .unreachable: "unreachable"
        case .impossible: "impossible"
        }
    }

    public var detail: String {
        switch self {
        case .delivered(let detail), .refused(let detail), .unreachable(let detail), .impossible(let detail): detail
        case .limited(let detail, _): detail
        }
    }
}
