public import Domain
public import Kernel

/// A document handed to enterprises, each of which signs for it (SZ-14).
public struct Circular: Hashable, Sendable {
    public var id: String
    public var authority: AuthorityID
    public var authorityName: String
    public var title: String
    public var text: String
    public var sentAt: Timestamp
    public var wanted: Int
    public var signed: Int
    /// The reader's own signature, where the reader is an enterprise.
    public var ownSignedAt: Timestamp?
}

public enum CircularStore {
    public static func insert(
        id: String, authority: AuthorityID, title: String, text: String, to enterprises: [EnterpriseID],
        by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO circular (id, authority_id, title, content, sent_at, sent_by)
            VALUES (\(id), \(authority), \(title), \(text), \(now), \(actor))
            """)
        for enterprise in enterprises {
            try session.execute(
                """
                INSERT INTO circular_receipt (circular_id, enterprise_id, delivered_at)
                VALUES (\(id), \(enterprise), \(now))
                """)
        }
    }

    /// How many receipts were signed by this: 0 or 1.
    public static func sign(
        _ id: String, enterprise: EnterpriseID, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.execute(
            """
            UPDATE circular_receipt SET signed_at = \(now), signed_by = \(actor)
            WHERE circular_id = \(id) AND enterprise_id = \(enterprise) AND signed_at IS NULL
            """)
    }

    /// Those that one's office or one below it sent, or that came to one's enterprise, the latest first.
    public static func list(
        scope: Scope, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Circular] {
        try session.rows(
            """
            SELECT c.id, c.authority_id, a.name, c.title, c.content, c.sent_at, count(*), count(r.signed_at),
                max(CASE WHEN \(own(scope)) THEN r.signed_at END)
            FROM circular AS c JOIN authority AS a ON a.id = c.authority_id
            JOIN circular_receipt AS r ON r.circular_id = c.id
            WHERE \(scope.offices(column: "c.authority_id")) OR \(own(scope))
            GROUP BY c.id, c.authority_id, a.name, c.title, c.content, c.sent_at
            ORDER BY c.sent_at DESC, c.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            Circular(
                id: row.next(), authority: row.next(), authorityName: row.next(), title: row.next(),
                text: row.next(), sentAt: row.next(), wanted: row.next(), signed: row.next(),
                ownSignedAt: row.next())
        }
    }

    private static func own(_ scope: Scope) -> SQL {
        if case .enterprise = scope { scope.enterprises(column: "r.enterprise_id") } else { "1 = 0" }
    }

    /// The enterprises that have not signed, by name.
    public static func unsigned(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [String] {
        try session.rows(
            """
            SELECT e.name FROM circular_receipt AS r JOIN enterprise AS e ON e.id = r.enterprise_id
            WHERE r.circular_id = \(id) AND r.signed_at IS NULL AND \(scope.enterprises(column: "r.enterprise_id"))
            ORDER BY e.name LIMIT 50
            """
        ) { row throws(StorageError) in row.next() as String }
    }
}
