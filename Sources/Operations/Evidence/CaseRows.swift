import Kernel
import Storage

/// Rows of the chains as lines of JSON, with their way to the root of the tree of hashes.
enum CaseRows {
    static func line(_ row: ChainRow, proof: [HashTree.Step]) -> JSON {
        var members: [JSON.Member] = [.init("sequence", .integer(row.sequence))]
        switch row.content {
        case .log(let entry, let version, let payload):
            members += [
                .init("streamKind", .string(entry.streamKind)), .init("streamID", .string(entry.streamID)),
                .init("version", .integer(version)), .init("kind", .string(entry.kind)),
                .init("at", .integer(entry.at.milliseconds)),
                .init("recordedAt", .integer(entry.recordedAt.milliseconds)), .init("actor", .string(entry.actor)),
                .init("payload", .string(payload)),
            ]
        case .upload(let upload):
            members += [
                .init("gateway", .string(upload.gateway)), .init("epoch", .string(upload.epoch)),
                .init("seq", .integer(upload.seq)), .init("receivedAt", .integer(upload.receivedAt.milliseconds)),
                .init("bodyHash", .string(Hash.hexadecimal(upload.bodyHash))),
                .init("payload", .string(Hash.hexadecimal(upload.payload))),
                .init("accepted", .integer(upload.acceptedCount)), .init("rejected", .string(upload.rejected)),
            ]
        }
        members += [
            .init("previousHash", .string(Hash.hexadecimal(row.previousHash))),
            .init("hash", .string(Hash.hexadecimal(row.hash))),
            // "<" before the neighbour's hash: it stands on the left.
            .init("proof", .array(proof.map { .string(($0.isLeft ? "<" : ">") + Hash.hexadecimal($0.hash)) })),
        ]
        return .object(members)
    }

    /// nil where it is no such line.
    static func read(_ json: JSON) -> (row: ChainRow, proof: [HashTree.Step])? {
        guard let sequence = json["sequence"]?.integer, let previous = bytes(json["previousHash"]),
            let hash = bytes(json["hash"]), let proof = json["proof"]?.array,
            let content = json["streamKind"] == nil ? upload(json) : log(json)
        else { return nil }
        let steps = proof.compactMap { step -> HashTree.Step? in
            guard let text = step.string, let side = text.first, side == "<" || side == ">",
                let hash = Hash.bytes(hexadecimal: String(text.dropFirst()))
            else { return nil }
            return HashTree.Step(isLeft: side == "<", hash: hash)
        }
        guard steps.count == proof.count else { return nil }
        return (ChainRow(sequence: sequence, content: content, previousHash: previous, hash: hash), steps)
    }

    private static func log(_ json: JSON) -> ChainRow.Content? {
        guard let streamKind = json["streamKind"]?.string, let streamID = json["streamID"]?.string,
            let version = json["version"]?.integer, let kind = json["kind"]?.string, let at = json["at"]?.integer,
            let recordedAt = json["recordedAt"]?.integer, let actor = json["actor"]?.string,
            let payload = json["payload"]?.string
        else { return nil }
        let entry = LogEntry(
            streamKind: streamKind, streamID: streamID, kind: kind, at: Timestamp(milliseconds: at),
            recordedAt: Timestamp(milliseconds: recordedAt), actor: actor, payload: .null)
        return .log(entry, version: version, payload: payload)
    }

    private static func upload(_ json: JSON) -> ChainRow.Content? {
        guard let gateway = json["gateway"]?.string, let epoch = json["epoch"]?.string,
            let seq = json["seq"]?.integer, let receivedAt = json["receivedAt"]?.integer,
            let bodyHash = bytes(json["bodyHash"]), let payload = bytes(json["payload"]),
            let accepted = json["accepted"]?.integer, let rejected = json["rejected"]?.string
        else { return nil }
        return .upload(
            Upload(
                gateway: gateway, epoch: epoch, seq: seq, receivedAt: Timestamp(milliseconds: receivedAt),
                bodyHash: bodyHash, payload: payload, acceptedCount: accepted, rejected: rejected))
    }

    private static func bytes(_ json: JSON?) -> [UInt8]? { json?.string.flatMap(Hash.bytes(hexadecimal:)) }
}
