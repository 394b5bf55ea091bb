public import Domain
public import Kernel

/// Gateways by the hash of their key.
public enum GatewayKeys {
    public struct Gateway: Hashable, Sendable {
        public var id: GatewayID
        public var enterprise: EnterpriseID
    }

    /// nil where no such key was given out, or it was revoked.
    public static func find(keyHash: [UInt8], in session: inout Session) throws(StorageError) -> Gateway? {
        try session.first(
            """
            SELECT g.id, g.enterprise_id FROM gateway AS g JOIN enterprise AS e ON e.id = g.enterprise_id
            WHERE g.key_hash = \(keyHash) AND g.revoked_at IS NULL AND e.in_use = 1
            """
        ) { row throws(StorageError) in Gateway(id: row.next(), enterprise: row.next()) }
    }
}
