/// The tree of hashes over the rows of a chain up to a place, built as RFC 6962 builds its own: with its root anybody
/// can check that one row stood at its place without seeing the others.
public struct HashTree {
    /// A neighbour on the way from a row to the root.
    public struct Step: Hashable, Sendable {
        public let isLeft: Bool
        public let hash: [UInt8]

        public init(isLeft: Bool, hash: [UInt8]) {
            self.isLeft = isLeft
            self.hash = hash
        }
    }

    private struct Node {
        var hash: [UInt8]
        /// The rows below it, counted from 0.
        var range: Range<Int64>
    }

    private var stack: [Node] = []
    private var count: Int64 = 0
    private let wanted: [Int64]
    private var steps: [Int64: [Step]] = [:]

    /// `rows`: the places, from 1, whose way to the root is wanted.
    public init(proving rows: Set<Int64> = []) { wanted = rows.map { $0 - 1 }.sorted() }

    /// The next row's hash.
    public mutating func add(_ hash: [UInt8]) {
        stack.append(Node(hash: Hash.sha256([0] + hash), range: count..<count + 1))
        count += 1
        while stack.count > 1, stack[stack.count - 1].range.count == stack[stack.count - 2].range.count { join() }
    }

    /// The root, and the way of each wanted row. Nothing may be added afterwards.
    public consuming func finish() -> (root: [UInt8], proofs: [Int64: [Step]]) {
        while stack.count > 1 { join() }
        var proofs: [Int64: [Step]] = [:]
        for row in wanted where row < count { proofs[row + 1] = steps[row] ?? [] }
        return (stack.first?.hash ?? Hash.sha256([]), proofs)
    }

    /// The root to which a row's hash leads.
    public static func root(of hash: [UInt8], by steps: [Step]) -> [UInt8] {
        steps.reduce(Hash.sha256([0] + hash)) { below, step in
            step.isLeft ? Hash.sha256([1] + step.hash + below) : Hash.sha256([1] + below + step.hash)
        }
    }

    private mutating func join() {
        let right = stack.removeLast()
        let left = stack.removeLast()
        note(Step(isLeft: false, hash: right.hash), below: left.range)
        note(Step(isLeft: true, hash: left.hash), below: right.range)
        stack.append(
            Node(
                hash: Hash.sha256([1] + left.hash + right.hash),
                range: left.range.lowerBound..<right.range.upperBound))
    }

    private mutating func note(_ step: Step, below range: Range<Int64>) {
        var (low, high) = (0, wanted.count)
        while low < high {
            let middle = (low + high) / 2
            if wanted[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        while low < wanted.count, range.contains(wanted[low]) {
            steps[wanted[low], default: []].append(step)
            low += 1
        }
    }
}

extension Session {
    /// The tree over a chain's rows up to its head; nil where they do not lead to it.
    public mutating func hashTree(
        log isLog: Bool, upTo head: LogChain.Anchor, proving rows: Set<Int64> = []
    ) throws(StorageError) -> (root: [UInt8], proofs: [Int64: [HashTree.Step]])? {
        var tree = HashTree(proving: rows)
        var last = LogChain.Anchor(sequence: 0, hash: Hash.zero)
        let table = SQL(raw: isLog ? "log" : "upload")
        let end = SQL(raw: String(head.sequence))
        try each("SELECT hash FROM \(table) WHERE sequence BETWEEN 1 AND \(end) ORDER BY sequence") {
            row throws(StorageError) in
            let hash: [UInt8] = row.next()
            tree.add(hash)
            last = LogChain.Anchor(sequence: last.sequence + 1, hash: hash)
        }
        return last == head ? tree.finish() : nil
    }
}
