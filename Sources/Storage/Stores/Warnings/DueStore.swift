public import Kernel

/// What happens by itself, and when: the one table that a restart reads.
public enum DueStore {
    public enum Kind: String, Sendable, CaseIterable {
        case warning, risk, climb
        case presence, filing, commitment, duty, patrol, spotCheck, problem, quality, bulletin
    }

    public struct Row: Hashable, Sendable {
        public let id: String
        public let at: Timestamp
    }

    /// Sets or, with nil, removes the one deadline of a thing.
    public static func set(
        _ kind: Kind, id: String, at instant: Timestamp?, in session: inout Session
    ) throws(StorageError) {
        guard let instant else {
            try session.execute("DELETE FROM due WHERE kind = \(kind.rawValue) AND id = \(id)")
            return
        }
        try session.execute(
            """
            INSERT INTO due (kind, id, at) VALUES (\(kind.rawValue), \(id), \(instant))
            ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at
            """)
    }

    public static func isSet(_ kind: Kind, id: String, in session: inout Session) throws(StorageError) -> Bool {
        try at(kind, id: id, in: &session) != nil
    }

    /// When a thing's deadline is; nil where it has none.
    public static func at(_ kind: Kind, id: String, in session: inout Session) throws(StorageError) -> Timestamp? {
        try session.first("SELECT at FROM due WHERE kind = \(kind.rawValue) AND id = \(id)") {
            row throws(StorageError) in row.next() as Timestamp
        }
    }

    /// Those due up to and including the instant, earliest first. The kind is told as no column of an index: what is
    /// due is a short stretch of the index by time, what is of a kind may be every source there is.
    public static func due(
        _ kind: Kind, through instant: Timestamp, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Row] {
        try session.rows(
            """
            SELECT id, at FROM due WHERE kind || '' = \(kind.rawValue) AND at <= \(instant)
            ORDER BY at, id LIMIT \(limit)
            """
        ) { row throws(StorageError) in Row(id: row.next(), at: row.next()) }
    }

    /// The kinds of the earliest that are due: reads no further than it must, however many wait for later.
    public static func kinds(through instant: Timestamp, in session: inout Session) throws(StorageError) -> Set<Kind> {
        let rows = try session.rows("SELECT kind FROM due WHERE at <= \(instant) ORDER BY at LIMIT 64") {
            row throws(StorageError) in row.next() as String
        }
        return Set(rows.compactMap(Kind.init(rawValue:)))
    }

    /// The earliest deadline of all kinds.
    public static func next(in session: inout Session) throws(StorageError) -> Timestamp? {
        try session.first("SELECT at FROM due ORDER BY at LIMIT 1") { row throws(StorageError) in row.next() }
    }
}
