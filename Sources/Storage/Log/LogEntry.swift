public import Kernel

/// Something that happened, about to be logged.
public struct LogEntry: Hashable, Sendable {
    /// What the stream is about: warning, alarm, risk, registry, account, exemption, delivery, audit.
    public var streamKind: String
    public var streamID: String
    public var kind: String
    /// When it happened.
    public var at: Timestamp
    /// When we knew.
    public var recordedAt: Timestamp
    /// An account's id, `gateway:<id>`, `system` or `model`.
    public var actor: String
    public var payload: JSON

    public init(
        streamKind: String, streamID: String, kind: String, at: Timestamp, recordedAt: Timestamp, actor: String,
        payload: JSON
    ) {
        self.streamKind = streamKind
        self.streamID = streamID
        self.kind = kind
        self.at = at
        self.recordedAt = recordedAt
        self.actor = actor
        self.payload = payload
    }
}

/// An entry with its place in the log and in its stream; both count from 1 without a gap.
public struct StoredEntry: Hashable, Sendable {
    public let sequence: Int64
    public let version: Int64
    public let entry: LogEntry
}
