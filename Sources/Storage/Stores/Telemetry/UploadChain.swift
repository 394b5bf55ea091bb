public import Kernel

/// An accepted upload, the evidence of what a gateway sent.
public struct Upload: Hashable, Sendable {
    public var gateway: String
    public var epoch: String
    public var seq: Int64
    public var receivedAt: Timestamp
    /// SHA-256 of the body as received.
    public var bodyHash: [UInt8]
    /// The compact encoding of the accepted values.
    public var payload: [UInt8]
    public var acceptedCount: Int64
    /// What was rejected and why, as JSON text.
    public var rejected: String

    public init(
        gateway: String, epoch: String, seq: Int64, receivedAt: Timestamp, bodyHash: [UInt8], payload: [UInt8],
        acceptedCount: Int64, rejected: String
    ) {
        self.gateway = gateway
        self.epoch = epoch
        self.seq = seq
        self.receivedAt = receivedAt
        self.bodyHash = bodyHash
        self.payload = payload
        self.acceptedCount = acceptedCount
        self.rejected = rejected
    }
}

/// The chain of hashes over the uploads, made and checked as that of the log.
public enum UploadChain {
    /// Appends some uploads of one transaction; the sequence number of the first, or nil where there is none. An upload
    /// of the same gateway, epoch and seq is a conflict: look for it beforehand.
    @discardableResult
    public static func append(_ uploads: [Upload], in session: inout Session) throws(StorageError) -> Int64? {
        guard !uploads.isEmpty else { return nil }
        var last = try session.lockedChainHead("upload")
        let first = last.sequence + 1
        for upload in uploads {
            let sequence = last.sequence + 1
            let hash = hash(upload, sequence: sequence, previous: last.hash)
            try session.execute(
                """
                INSERT INTO upload (sequence, gateway_id, epoch, seq, received_at, body_hash, payload, accepted,
                    rejected, previous_hash, hash)
                VALUES (\(sequence), \(upload.gateway), \(upload.epoch), \(upload.seq), \(upload.receivedAt),
                    \(upload.bodyHash), \(upload.payload), \(upload.acceptedCount), \(upload.rejected), \(last.hash),
                    \(hash))
                """)
            last = LogChain.Anchor(sequence: sequence, hash: hash)
        }
        try session.execute(
            "UPDATE chain SET sequence = \(last.sequence), hash = \(last.hash) WHERE name = 'upload'")
        return first
    }

    /// Walks all uploads in their order. Must run in one read, so that head and rows belong together.
    public static func verify(
        anchors: [LogChain.Anchor] = [], batch: Int = 200, in session: inout Session
    ) throws(StorageError) -> LogChain.Verdict {
        var walk = ChainWalk(anchors: anchors)
        while true {
            let links = try links(after: walk.last.sequence, limit: batch, in: &session)
            for link in links { if let found = walk.step(link) { return .broken(found) } }
            if links.count < batch { break }
        }
        return walk.end(head: try session.chainHead("upload"))
    }

    static func hash(_ upload: Upload, sequence: Int64, previous: [UInt8]) -> [UInt8] {
        var hash = Hash(purpose: "fengsui upload 1")
        hash.add(previous)
        hash.add(sequence)
        hash.add(upload.gateway)
        hash.add(upload.epoch)
        hash.add(upload.seq)
        hash.add(upload.receivedAt.milliseconds)
        hash.add(upload.bodyHash)
        hash.add(upload.payload)
        hash.add(upload.acceptedCount)
        hash.add(upload.rejected)
        return hash.digest
    }

    private static func links(
        after sequence: Int64, limit: Int, in session: inout Session
    ) throws(StorageError) -> [ChainWalk.Link] {
        try session.rows(
            """
            SELECT sequence, gateway_id, epoch, seq, received_at, body_hash, payload, accepted, rejected,
                previous_hash, hash
            FROM upload WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            let sequence: Int64 = row.next()
            let upload = Upload(
                gateway: row.next(), epoch: row.next(), seq: row.next(), receivedAt: row.next(), bodyHash: row.next(),
                payload: row.next(), acceptedCount: row.next(), rejected: row.next())
            return ChainWalk.Link(sequence: sequence, previousHash: row.next(), hash: row.next()) { previous in
                hash(upload, sequence: sequence, previous: previous)
            }
        }
    }
}
