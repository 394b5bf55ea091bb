import Domain
import Kernel
import Storage
import Wire

/// Messages besides readings (contracts/upload.md): people-sized, read as JSON, each item taken or rejected by itself.
/// The idempotency key, the answer and the evidence are those of readings: the upload's row with the hash of the body,
/// and the body itself in `message`.
enum MessageIntake {
    /// Far more than a gateway has to say of its register at once.
    static let itemsMax = 500

    static func run(
        _ submission: IntakeSubmission, _ body: MessageBody, findings: inout FindingTally,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> IntakeOutcome {
        let items = body.items
        let actor = context.actor
        context.actor = "gateway:" + submission.gateway.rawValue
        defer { context.actor = actor }
        var taker = MessageTaker(submission: submission)
        for (index, item) in items.prefix(itemsMax).enumerated() {
            guard case .object = item else {
                taker.reject(index, "每条应为对象")
                continue
            }
            if let company = item["companyCode"]?.string, company != submission.enterprise.rawValue {
                taker.reject(index, "companyCode “\(company)”不是本网关的企业")
                continue
            }
            try taker.take(item, index, findings: &findings, context: &context, in: &session)
        }
        for index in items.indices.dropFirst(itemsMax) { taker.reject(index, "超过 \(itemsMax) 条") }
        try taker.finish(context: &context, in: &session)
        return try store(taker, text: body.text, in: &session)
    }

    private static func store(
        _ taker: MessageTaker, text: String, in session: inout Session
    ) throws(StorageError) -> IntakeOutcome {
        let submission = taker.submission
        let message = submission.message
        let rejected = taker.rejected.sorted { $0.index < $1.index }
        let sequence = try UploadChain.append(
            [
                Upload(
                    gateway: submission.gateway.rawValue, epoch: message.epoch, seq: message.seq,
                    receivedAt: submission.received, bodyHash: submission.bodyHash,
                    payload: UploadPayload.encode([], received: submission.received, directory: PointDirectory()),
                    acceptedCount: Int64(taker.accepted), rejected: IntakeOutcome.json(rejected).text)
            ], in: &session)
        // A camera's heartbeat that changes nothing is evidence enough by its hash.
        if let sequence, message.kind != .video || taker.hasChanged || !rejected.isEmpty {
            try MessageStore.insert(
                MessageRecord(
                    sequence: sequence, gateway: submission.gateway, enterprise: submission.enterprise,
                    kind: message.kind.rawValue, receivedAt: submission.received, accepted: taker.accepted,
                    rejected: rejected.count, body: text), in: &session)
        }
        return .accepted(count: taker.accepted, rejected: rejected, isDuplicate: false)
    }
}
