import Kernel

/// What a gateway still has to send, oldest first, with a bound. An upload that went out once stays as it was, byte for
/// byte, until it is answered.
struct Spool {
    struct Batch {
        var sequence: Int64
        var body: [UInt8]
        var values: [OutgoingValue]
    }

    let capacity: Int
    /// How many values were given up because the spool was full.
    private(set) var droppedCount = 0
    private(set) var underWay: Batch?
    private var waiting: [OutgoingValue] = []
    private var head = 0

    init(capacity: Int) {
        precondition(capacity > 0, "a spool without room")
        self.capacity = capacity
    }

    var count: Int { waitingCount + (underWay?.values.count ?? 0) }
    var waitingCount: Int { waiting.count - head }
    var hasRoom: Bool { waitingCount < capacity }

    /// Where there is no room the oldest that was never sent goes, and is counted.
    mutating func add(_ values: some Sequence<OutgoingValue>) {
        waiting.append(contentsOf: values)
        let excess = waitingCount - capacity
        if excess > 0 {
            head += excess
            droppedCount += excess
        }
        compact()
    }

    mutating func nextBatch(
        sequence: Int64, source: String, epoch: String, at now: Timestamp, limit: Int
    ) -> Batch? {
        if let underWay { return underWay }
        guard waitingCount > 0 else { return nil }
        let end = min(waiting.count, head + min(limit, UploadBody.valuesMax))
        let values = waiting[head..<end]
        let body = UploadBody.write(source: source, epoch: epoch, sequence: sequence, values: values, sentAt: now)
        underWay = Batch(sequence: sequence, body: body, values: Array(values))
        head = end
        compact()
        return underWay
    }

    /// The server has it, or will never take it.
    mutating func finish() { underWay = nil }

    /// Puts the upload under way back in front, to be cut anew.
    mutating func takeBack() {
        guard let batch = underWay else { return }
        underWay = nil
        waiting.replaceSubrange(0..<head, with: batch.values)
        head = 0
    }

    private mutating func compact() {
        guard head > 8_192, head > waiting.count / 2 else { return }
        waiting.removeFirst(head)
        head = 0
    }
}
