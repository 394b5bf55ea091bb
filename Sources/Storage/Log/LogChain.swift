import Kernel

/// The chain of hashes over the log: a row that was changed, removed or moved later is found. It does not show that
/// somebody rewrote everything from some row to the end, together with the head; for that the head must be written
/// down elsewhere from time to time and given to `verify` as an anchor.
public enum LogChain {
    /// Where the log was at some time.
    public struct Anchor: Hashable, Sendable {
        public let sequence: Int64
        public let hash: [UInt8]

        public init(sequence: Int64, hash: [UInt8]) {
            self.sequence = sequence
            self.hash = hash
        }

        /// `sequence:hash`, as it is noted down elsewhere; nil where it is not so written.
        public init?(_ text: some StringProtocol) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0,
                let hash = Hash.bytes(hexadecimal: String(parts[1])), hash.count == 32
            else { return nil }
            self.init(sequence: sequence, hash: hash)
        }

        public var text: String { "\(sequence):\(Hash.hexadecimal(hash))" }
    }

    public enum Verdict: Hashable, Sendable {
        case intact(head: Anchor)
        case broken(Break)
    }

    /// The first row that does not fit.
    public struct Break: Hashable, Sendable {
        public enum Reason: Hashable, Sendable {
            /// The row's content does not give its hash.
            case changed
            /// This row is not there although later rows, or the head, say that it was.
            case missing
            /// The row does not follow the one before it.
            case unlinked
            /// There are rows after the place where the head says that the log ends, or the head has another hash.
            case headDiffers
            /// The row is not the one that was noted as an anchor.
            case anchorDiffers
        }

        public let sequence: Int64
        public let reason: Reason

        public init(sequence: Int64, reason: Reason) {
            self.sequence = sequence
            self.reason = reason
        }
    }

    static func hash(
        _ entry: LogEntry, payload: String, sequence: Int64, version: Int64, previous: [UInt8]
    ) -> [UInt8] {
        var hash = Hash(purpose: "fengsui log 1")
        hash.add(previous)
        hash.add(sequence)
        hash.add(entry.streamKind)
        hash.add(entry.streamID)
        hash.add(version)
        hash.add(entry.kind)
        hash.add(entry.at.milliseconds)
        hash.add(entry.recordedAt.milliseconds)
        hash.add(entry.actor)
        hash.add(payload)
        return hash.digest
    }

    /// Walks the whole log in its order. Must run in one read, so that head and rows belong together.
    public static func verify(
        anchors: [Anchor] = [], batch: Int = 1_000, in session: inout Session
    ) throws(StorageError) -> Verdict {
        var walk = ChainWalk(anchors: anchors)
        while true {
            let links = try links(after: walk.last.sequence, limit: batch, in: &session)
            for link in links { if let found = walk.step(link) { return .broken(found) } }
            if links.count < batch { break }
        }
        return walk.end(head: try head(in: &session))
    }

    /// The head: what to write down elsewhere.
    public static func head(in session: inout Session) throws(StorageError) -> Anchor {
        try session.chainHead("log")
    }

    private static func links(
        after sequence: Int64, limit: Int, in session: inout Session
    ) throws(StorageError) -> [ChainWalk.Link] {
        // The payload is read as text: what is hashed is the text, and a damaged one must be found, not fail to parse.
        try session.rows(
            """
            SELECT sequence, stream_kind, stream_id, version, kind, at, recorded_at, actor, payload, previous_hash, hash
            FROM log WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            let sequence: Int64 = row.next()
            let streamKind: String = row.next()
            let streamID: String = row.next()
            let version: Int64 = row.next()
            let entry = LogEntry(
                streamKind: streamKind, streamID: streamID, kind: row.next(), at: row.next(), recordedAt: row.next(),
                actor: row.next(), payload: .null)
            let payload: String = row.next()
            return ChainWalk.Link(sequence: sequence, previousHash: row.next(), hash: row.next()) { previous in
                hash(entry, payload: payload, sequence: sequence, version: version, previous: previous)
            }
        }
    }
}
