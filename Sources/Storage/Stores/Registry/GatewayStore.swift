public import Domain
public import Kernel

/// An enterprise's collecting gateway. Its key is stored as a hash only.
public struct GatewayRecord: Hashable, Sendable {
    public let id: GatewayID
    public let enterprise: EnterpriseID
    public let enterpriseName: String
    public let name: String?
    /// The first characters of the key, to tell keys apart.
    public let keyHint: String
    public let createdAt: Timestamp
    public let revokedAt: Timestamp?
    public let seenAt: Timestamp?
}

public enum GatewayStore {
    public static func list(
        of enterprise: EnterpriseID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [GatewayRecord] {
        try session.rows(
            """
            \(select) WHERE \(scope.enterprises(column: "g.enterprise_id"))
                AND (\(enterprise) IS NULL OR g.enterprise_id = \(enterprise)) ORDER BY g.enterprise_id, g.id
            """, read)
    }

    public static func find(
        _ id: GatewayID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> GatewayRecord? {
        try session.first(
            "\(select) WHERE g.id = \(id) AND \(scope.enterprises(column: "g.enterprise_id"))", read)
    }

    public static func isTaken(_ id: GatewayID, in session: inout Session) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM gateway WHERE id = \(id)") { row throws(StorageError) in
            row.next() as Int64
        } != nil
    }

    public static func insert(
        _ id: GatewayID, enterprise: EnterpriseID, name: String?, keyHash: [UInt8], keyHint: String,
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO gateway (id, enterprise_id, name, key_hash, key_hint, created_at)
            VALUES (\(id), \(enterprise), \(name), \(keyHash), \(keyHint), \(now))
            """)
    }

    public static func replaceKey(
        _ id: GatewayID, keyHash: [UInt8], keyHint: String, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            "UPDATE gateway SET key_hash = \(keyHash), key_hint = \(keyHint), revoked_at = NULL WHERE id = \(id)")
    }

    public static func revoke(
        _ id: GatewayID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute("UPDATE gateway SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL")
    }

    private static let select: SQL = """
        SELECT g.id, g.enterprise_id, e.name, g.name, g.key_hint, g.created_at, g.revoked_at, g.seen_at
        FROM gateway g JOIN enterprise e ON e.id = g.enterprise_id
        """

    private static func read(_ row: inout Row) throws(StorageError) -> GatewayRecord {
        GatewayRecord(
            id: row.next(), enterprise: row.next(), enterpriseName: row.next(), name: row.next(), keyHint: row.next(),
            createdAt: row.next(), revokedAt: row.next(), seenAt: row.next())
    }
}
