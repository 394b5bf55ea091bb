public import Kernel

/// 处置结果、原因分析、整改措施 (disposal measures Art. 9).
public struct DisposalReport: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        case submitted, returned, approved
        /// Kept as history: a rebound or a new alarm came after it (A6, A16).
        case void
    }
    public let reportedAt: Timestamp
    public let isLate: Bool
    public internal(set) var state: State
    /// When it was approved, returned or overtaken.
    public internal(set) var decidedAt: Timestamp?

    /// Given and neither returned nor overtaken.
    public var counts: Bool { state == .submitted || state == .approved }
}
