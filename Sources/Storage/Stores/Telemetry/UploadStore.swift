public import Domain
public import Kernel

/// Accepted uploads: looked up for repeats, read again at a restart and for curves.
public enum UploadStore {
    /// What was answered to an upload of this key.
    public struct Earlier: Hashable, Sendable {
        public let sequence: Int64
        public let bodyHash: [UInt8]
        public let acceptedCount: Int64
        public let rejected: String
    }

    public static func earlier(
        gateway: GatewayID, epoch: String, seq: Int64, in session: inout Session
    ) throws(StorageError) -> Earlier? {
        try session.first(
            """
            SELECT sequence, body_hash, accepted, rejected FROM upload
            WHERE gateway_id = \(gateway) AND epoch = \(epoch) AND seq = \(seq)
            """
        ) { row throws(StorageError) in
            Earlier(
                sequence: row.next(), bodyHash: row.next(), acceptedCount: row.next(), rejected: row.next())
        }
    }

    public static func lastSequence(in session: inout Session) throws(StorageError) -> Int64 {
        try session.first("SELECT sequence FROM chain WHERE name = 'upload'") { row throws(StorageError) in
            row.next()
        } ?? 0
    }

    public struct Payload: Hashable, Sendable {
        public let sequence: Int64
        public let receivedAt: Timestamp
        public let bytes: [UInt8]
    }

    public static func payloads(
        after sequence: Int64, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Payload] {
        try session.rows(
            """
            SELECT sequence, received_at, payload FROM upload WHERE sequence > \(sequence)
            ORDER BY sequence LIMIT \(limit)
            """, payload)
    }

    /// The uploads of the gateways of an enterprise that were received in a time.
    public static func payloads(
        of enterprise: EnterpriseID, received: ClosedRange<Timestamp>, after sequence: Int64, limit: Int,
        scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Payload] {
        try session.rows(
            """
            SELECT u.sequence, u.received_at, u.payload FROM upload u JOIN gateway g ON g.id = u.gateway_id
            WHERE g.enterprise_id = \(enterprise) AND \(scope.enterprises(column: "g.enterprise_id"))
                AND u.received_at >= \(received.lowerBound) AND u.received_at <= \(received.upperBound)
                AND u.sequence > \(sequence) ORDER BY u.sequence LIMIT \(limit)
            """, payload)
    }

    private static func payload(_ row: inout Row) throws(StorageError) -> Payload {
        Payload(sequence: row.next(), receivedAt: row.next(), bytes: row.next())
    }

    public static func gatewaySeen(
        _ gateway: GatewayID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute("UPDATE gateway SET seen_at = \(now) WHERE id = \(gateway)")
    }
}
