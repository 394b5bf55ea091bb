public import Domain
public import Kernel
public import Wire

/// One upload on its way into a transaction: read, not yet judged.
public struct IntakeSubmission: Sendable {
    public var gateway: GatewayID
    public var enterprise: EnterpriseID
    public var received: Timestamp
    public var message: UploadMessage
    /// SHA-256 of the body as received, inflated.
    public var bodyHash: [UInt8]
    /// The body of a message that is no reading, as it came: read as JSON by `MessageIntake`.
    public var text: String?

    public init(
        gateway: GatewayID, enterprise: EnterpriseID, received: Timestamp, message: UploadMessage, bodyHash: [UInt8],
        text: String? = nil
    ) {
        self.gateway = gateway
        self.enterprise = enterprise
        self.received = received
        self.message = message
        self.bodyHash = bodyHash
        self.text = text
    }
}

/// What became of an upload.
public enum IntakeOutcome: Hashable, Sendable {
    case accepted(count: Int, rejected: [RejectedValue], isDuplicate: Bool)
    /// The same sequence number came before with another body: 409.
    case conflict
    /// Every point belongs to another enterprise: 403.
    case foreign

    /// `[{"index": 7, "reason": "…"}]`
    static func json(_ rejected: [RejectedValue]) -> JSON {
        .array(rejected.map { ["index": .integer(Int64($0.index)), "reason": .string($0.reason)] })
    }

    static func rejected(from text: String) -> [RejectedValue] {
        let items = (try? JSON.parse(text))?.array ?? []
        return items.compactMap { item in
            guard let index = item["index"]?.integer, let reason = item["reason"]?.string else { return nil }
            return RejectedValue(index: Int(index), reason: reason)
        }
    }
}
