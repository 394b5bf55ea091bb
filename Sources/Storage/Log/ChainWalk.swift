/// Walks a chain of hashes from its beginning and stops at the first row that does not fit.
struct ChainWalk {
    struct Link {
        let sequence: Int64
        let previousHash: [UInt8]
        let hash: [UInt8]
        let expected: (_ previous: [UInt8]) -> [UInt8]
    }

    /// By their places.
    private let anchors: [Int64: [LogChain.Anchor]]
    private(set) var last = LogChain.Anchor(sequence: 0, hash: Hash.zero)

    init(anchors: [LogChain.Anchor]) { self.anchors = Dictionary(grouping: anchors, by: \.sequence) }

    mutating func step(_ link: Link) -> LogChain.Break? {
        let sequence = last.sequence + 1
        guard link.sequence == sequence else { return LogChain.Break(sequence: sequence, reason: .missing) }
        guard link.previousHash == last.hash else { return LogChain.Break(sequence: sequence, reason: .unlinked) }
        guard link.expected(last.hash) == link.hash else {
            return LogChain.Break(sequence: sequence, reason: .changed)
        }
        if anchors[sequence]?.contains(where: { $0.hash != link.hash }) == true {
            return LogChain.Break(sequence: sequence, reason: .anchorDiffers)
        }
        last = LogChain.Anchor(sequence: sequence, hash: link.hash)
        return nil
    }

    func end(head: LogChain.Anchor) -> LogChain.Verdict {
        if head.sequence > last.sequence || anchors.keys.contains(where: { $0 > last.sequence }) {
            return .broken(LogChain.Break(sequence: last.sequence + 1, reason: .missing))
        }
        guard head == last else {
            return .broken(LogChain.Break(sequence: last.sequence, reason: .headDiffers))
        }
        return .intact(head: head)
    }
}

extension Session {
    /// The head of a chain, locked until the end of the transaction.
    mutating func lockedChainHead(_ name: String) throws(StorageError) -> LogChain.Anchor {
        let found = try first(
            """
            INSERT INTO chain (name, sequence, hash) VALUES (\(name), 0, \(Hash.zero))
            ON CONFLICT (name) DO UPDATE SET sequence = chain.sequence RETURNING sequence, hash
            """
        ) { row throws(StorageError) in LogChain.Anchor(sequence: row.next(), hash: row.next()) }
        guard let found else {
            throw .other(.init(message: "the head of the chain \(name) cannot be locked", statement: "chain"))
        }
        return found
    }

    /// The head of a chain; before its first row, the place before it.
    public mutating func chainHead(_ name: String) throws(StorageError) -> LogChain.Anchor {
        try first("SELECT sequence, hash FROM chain WHERE name = \(name)") { row throws(StorageError) in
            LogChain.Anchor(sequence: row.next(), hash: row.next())
        } ?? LogChain.Anchor(sequence: 0, hash: Hash.zero)
    }
}
