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
    /// The body of a message that is no reading.
    public var body: MessageBody?

    public init(
        gateway: GatewayID, enterprise: EnterpriseID, received: Timestamp, message: UploadMessage, bodyHash: [UInt8],
        body: MessageBody? = nil
    ) {
        self.gateway = gateway
        self.enterprise = enterprise
        self.received = received
        self.message = message
        self.bodyHash = bodyHash
        self.body = body
    }
}

/// The body of a message besides readings: as it came, and its items.
public struct MessageBody: Sendable {
    public let text: String
    public let items: [JSON]

    /// Reads the body before it goes into a transaction. What cannot be read as a whole is refused as a whole: nothing
    /// of it would be kept.
    public init(_ text: String) throws(UploadRefusal) {
        let document: JSON
        do throws(JSONError) { document = try JSON.parse(text) } catch {
            throw .notJSON(reason: error.reason, offset: error.offset)
        }
        guard let items = document["datas"]?.array else { throw .wrongType(member: "datas", expected: "数组") }
        self.text = text
        self.items = items
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
