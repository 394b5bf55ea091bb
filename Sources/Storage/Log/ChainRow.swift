import Kernel

/// A row of a chain with all that its hash is taken over, so that it can be checked anywhere.
public struct ChainRow: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// The payload as the text that was hashed.
        case log(LogEntry, version: Int64, payload: String)
        case upload(Upload)
    }

    public let sequence: Int64
    public let content: Content
    public let previousHash: [UInt8]
    public let hash: [UInt8]

    public init(sequence: Int64, content: Content, previousHash: [UInt8], hash: [UInt8]) {
        self.sequence = sequence
        self.content = content
        self.previousHash = previousHash
        self.hash = hash
    }

    /// Whether the content gives the hash.
    public var isIntact: Bool {
        switch content {
        case .log(let entry, let version, let payload):
            LogChain.hash(entry, payload: payload, sequence: sequence, version: version, previous: previousHash)
                == hash
        case .upload(let upload):
            UploadChain.hash(upload, sequence: sequence, previous: previousHash) == hash
        }
    }

    /// Rows of the log that satisfy a condition on `l`, in their order.
    public static func log(where condition: SQL, in session: inout Session) throws(StorageError) -> [ChainRow] {
        try session.rows(
            """
            SELECT l.sequence, l.stream_kind, l.stream_id, l.version, l.kind, l.at, l.recorded_at, l.actor, l.payload,
                l.previous_hash, l.hash
            FROM log AS l WHERE \(condition) ORDER BY l.sequence
            """
        ) { row throws(StorageError) in
            let sequence: Int64 = row.next()
            let (streamKind, streamID) = (row.next() as String, row.next() as String)
            let version: Int64 = row.next()
            let entry = LogEntry(
                streamKind: streamKind, streamID: streamID, kind: row.next(), at: row.next(), recordedAt: row.next(),
                actor: row.next(), payload: .null)
            return ChainRow(
                sequence: sequence, content: .log(entry, version: version, payload: row.next()),
                previousHash: row.next(), hash: row.next())
        }
    }

    /// Uploads that satisfy a condition on `u`, in their order.
    public static func uploads(where condition: SQL, in session: inout Session) throws(StorageError) -> [ChainRow] {
        try session.rows(
            """
            SELECT u.sequence, u.gateway_id, u.epoch, u.seq, u.received_at, u.body_hash, u.payload, u.accepted,
                u.rejected, u.previous_hash, u.hash
            FROM upload AS u WHERE \(condition) ORDER BY u.sequence
            """
        ) { row throws(StorageError) in
            let sequence: Int64 = row.next()
            let upload = Upload(
                gateway: row.next(), epoch: row.next(), seq: row.next(), receivedAt: row.next(), bodyHash: row.next(),
                payload: row.next(), acceptedCount: row.next(), rejected: row.next())
            return ChainRow(
                sequence: sequence, content: .upload(upload), previousHash: row.next(), hash: row.next())
        }
    }
}
