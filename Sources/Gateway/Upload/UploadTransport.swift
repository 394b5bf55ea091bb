public import Kernel

/// What came of sending an upload once.
public enum UploadAnswer: Hashable, Sendable {
    case accepted(UploadReceipt)
    /// Not now: the same upload again, not before so long.
    case later(after: Interval?, reason: String)
    /// 409: this sequence number went out with another body; another count has to begin.
    case sequenceTaken
    /// 413: the same in smaller pieces.
    case tooLarge
    /// 401, 403: the key is not good, now.
    case keyRefused(String)
    /// This upload will never be taken: 400, 415, 422.
    case refused(String)
}

public struct UploadReceipt: Hashable, Sendable {
    public struct Rejection: Hashable, Sendable {
        public var index: Int
        public var reason: String
        public init(index: Int, reason: String) {
            self.index = index
            self.reason = reason
        }
    }

    public var accepted: Int
    public var isDuplicate: Bool
    public var rejected: [Rejection]

    public init(accepted: Int, isDuplicate: Bool = false, rejected: [Rejection] = []) {
        self.accepted = accepted
        self.isDuplicate = isDuplicate
        self.rejected = rejected
    }
}

/// The way to the server. A test puts its own in this place.
public protocol UploadTransport: Sendable {
    func send(_ body: [UInt8], key: String) async -> UploadAnswer
}
