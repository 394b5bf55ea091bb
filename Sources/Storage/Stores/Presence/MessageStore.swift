public import Domain
public import Kernel

/// A message besides readings, as it came.
public struct MessageRecord: Hashable, Sendable {
    public var sequence: Int64
    public var gateway: GatewayID
    public var enterprise: EnterpriseID
    public var kind: String
    public var receivedAt: Timestamp
    public var accepted: Int
    public var rejected: Int
    public var body: String

    public init(
        sequence: Int64, gateway: GatewayID, enterprise: EnterpriseID, kind: String, receivedAt: Timestamp,
        accepted: Int, rejected: Int, body: String
    ) {
        self.sequence = sequence
        self.gateway = gateway
        self.enterprise = enterprise
        self.kind = kind
        self.receivedAt = receivedAt
        self.accepted = accepted
        self.rejected = rejected
        self.body = body
    }
}

public enum MessageStore {
    public static func insert(_ record: MessageRecord, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO message (upload_sequence, gateway_id, enterprise_id, kind, received_at, accepted, rejected,
                body)
            VALUES (\(record.sequence), \(record.gateway), \(record.enterprise), \(record.kind), \(record.receivedAt),
                \(record.accepted), \(record.rejected), \(record.body))
            """)
    }
}
