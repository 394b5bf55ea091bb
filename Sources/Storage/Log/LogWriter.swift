import Kernel

/// The end of the log as seen by one transaction. The first append locks the chain's head, so that all appends of all
/// processes stand in line; until the commit the head and the versions of the streams are then known without asking.
struct LogWriter {
    struct Stream: Hashable {
        let kind: String
        let id: String
    }

    var head: LogChain.Anchor?
    var isChanged = false
    var versions: [Stream: Int64] = [:]
}

extension Session {
    /// Appends to the log as the next version of its stream; the version.
    @discardableResult
    public mutating func append(_ entry: LogEntry) throws(StorageError) -> Int64 {
        let (version, head) = try nextPlace(of: entry)
        try insert(entry, version: version, after: head)
        return version
    }

    /// Appends only if the stream still stands at `expectedVersion` (0 for a new stream); otherwise `.conflict`:
    /// somebody else acted since the caller looked.
    @discardableResult
    public mutating func append(_ entry: LogEntry, expectedVersion: Int64) throws(StorageError) -> Int64 {
        let (version, head) = try nextPlace(of: entry)
        guard version == expectedVersion + 1 else {
            throw .conflict(
                .init(
                    message: "\(entry.streamKind) \(entry.streamID) is at version \(version - 1), "
                        + "not \(expectedVersion)",
                    statement: ""))
        }
        try insert(entry, version: version, after: head)
        return version
    }

    /// A stream from its beginning, or after a version that is known already.
    public mutating func stream(
        kind: String, id: String, after version: Int64 = 0
    ) throws(StorageError) -> [StoredEntry] {
        try rows(
            """
            SELECT sequence, version, stream_kind, stream_id, kind, at, recorded_at, actor, payload FROM log
            WHERE stream_kind = \(kind) AND stream_id = \(id) AND version > \(version) ORDER BY version
            """, StoredEntry.read)
    }

    /// The log from a place on, for those who follow it.
    public mutating func entries(after sequence: Int64, limit: Int) throws(StorageError) -> [StoredEntry] {
        try rows(
            """
            SELECT sequence, version, stream_kind, stream_id, kind, at, recorded_at, actor, payload FROM log
            WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
            """, StoredEntry.read)
    }

    private mutating func nextPlace(
        of entry: LogEntry
    ) throws(StorageError) -> (version: Int64, head: LogChain.Anchor) {
        let head = try lockedHead()
        let stream = LogWriter.Stream(kind: entry.streamKind, id: entry.streamID)
        if let version = log.versions[stream] { return (version + 1, head) }
        let version =
            try first(
                """
                SELECT max(version) FROM log
                WHERE stream_kind = \(entry.streamKind) AND stream_id = \(entry.streamID)
                """
            ) { row throws(StorageError) in row.next() as Int64? } ?? nil
        return ((version ?? 0) + 1, head)
    }

    private mutating func lockedHead() throws(StorageError) -> LogChain.Anchor {
        if let head = log.head { return head }
        let head = try lockedChainHead("log")
        log.head = head
        return head
    }

    private mutating func insert(
        _ entry: LogEntry, version: Int64, after head: LogChain.Anchor
    ) throws(StorageError) {
        let sequence = head.sequence + 1
        let payload = entry.payload.text
        let hash = LogChain.hash(entry, payload: payload, sequence: sequence, version: version, previous: head.hash)
        try execute(
            """
            INSERT INTO log (sequence, stream_kind, stream_id, version, kind, at, recorded_at, actor, payload,
                previous_hash, hash)
            VALUES (\(sequence), \(entry.streamKind), \(entry.streamID), \(version), \(entry.kind), \(entry.at),
                \(entry.recordedAt), \(entry.actor), \(payload), \(head.hash), \(hash))
            """)
        log.head = LogChain.Anchor(sequence: sequence, hash: hash)
        log.isChanged = true
        log.versions[LogWriter.Stream(kind: entry.streamKind, id: entry.streamID)] = version
    }

    mutating func storeLogHead() throws(StorageError) {
        guard log.isChanged, let head = log.head else { return }
        try execute("UPDATE chain SET sequence = \(head.sequence), hash = \(head.hash) WHERE name = 'log'")
        log.isChanged = false
    }
}

extension StoredEntry {
    static func read(_ row: inout Row) throws(StorageError) -> StoredEntry {
        let sequence: Int64 = row.next()
        let version: Int64 = row.next()
        return StoredEntry(
            sequence: sequence, version: version,
            entry: LogEntry(
                streamKind: row.next(), streamID: row.next(), kind: row.next(), at: row.next(), recordedAt: row.next(),
                actor: row.next(), payload: try row.read()))
    }
}
