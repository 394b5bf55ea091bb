public import Kernel

/// One gateway's way to the server: numbers its uploads, sends one at a time, and sends the same one again until it is
/// answered. Nothing that fits into the spool is lost; what was given up is counted.
public actor Uploader {
    public struct Counts: Hashable, Sendable {
        public var uploads = 0
        public var accepted = 0
        public var rejected = 0
        public var duplicates = 0
        public var retries = 0
        public var refusedUploads = 0
        public var dropped = 0
        public var waiting = 0
        public var bytes = 0
        public init() {}
    }

    public let source: String
    private let key: String
    private let transport: any UploadTransport
    private let clock: @Sendable () -> Timestamp
    private let rest: @Sendable (Interval) async throws -> Void
    private let tell: @Sendable (String) -> Void
    private var epoch: String
    private var epochCount = 0
    private var sequence: Int64 = 0
    private var beatSequence: Int64 = 0
    private var spool: Spool
    private var counts = Counts()
    private var isConnected = true
    private var isFinishing = false
    private var batchLimit = UploadBody.valuesMax
    private var wake: CheckedContinuation<Void, Never>?
    private var roomWaiters: [CheckedContinuation<Void, Never>] = []
    private var toldReasons: [String: Int] = [:]
    private var lastTrouble: String?

    public init(
        source: String, key: String, epoch: String, capacity: Int, transport: any UploadTransport,
        clock: @escaping @Sendable () -> Timestamp,
        rest: @escaping @Sendable (Interval) async throws -> Void = {
            try await Task.sleep(for: .milliseconds($0.milliseconds))
        },
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.source = source
        self.key = key
        self.epoch = epoch
        self.transport = transport
        self.clock = clock
        self.rest = rest
        self.tell = tell
        spool = Spool(capacity: capacity)
    }

    public func snapshot() -> Counts {
        var counts = counts
        counts.waiting = spool.count
        counts.dropped = spool.droppedCount
        return counts
    }

    /// What the server said last, where it was no yes.
    public var trouble: String? { lastTrouble }

    /// Reasons of rejected values with their counts.
    public var rejectionReasons: [String: Int] { toldReasons }

    /// Gives values into the spool. They go out when `flush` is called.
    public func offer(_ values: [OutgoingValue], flush: Bool) {
        spool.add(values)
        if flush { self.flush() }
    }

    /// Gives values into the spool as soon as there is room: for a source that can wait.
    public func put(_ values: [OutgoingValue]) async {
        while !Task.isCancelled, spool.waitingCount > 0, spool.waitingCount + values.count > spool.capacity {
            await withCheckedContinuation { roomWaiters.append($0) }
        }
        spool.add(values)
        flush()
    }

    /// Sends a message that is only worth something now, such as a heartbeat: once, in a count of its own, and given up
    /// where the server does not take it. False then.
    @discardableResult
    public func beat(_ kind: String, datas: JSON?) async -> Bool {
        guard isConnected else { return false }
        beatSequence += 1
        var members: [JSON.Member] = [
            .init("dataSourceCode", .string(source)), .init("epoch", .string(epoch + "-beat")),
            .init("seq", .integer(beatSequence)), .init("sendTime", .string(ChinaTime.dateTime(clock()))),
            .init("type", .string(kind)),
        ]
        if let datas { members.append(.init("datas", datas)) }
        let answer = await transport.send([UInt8](JSON.object(members).text.utf8), key: key)
        guard case .accepted(let receipt) = answer else { return false }
        for rejection in receipt.rejected.prefix(1) where toldReasons[rejection.reason] == nil {
            toldReasons[rejection.reason] = 1
            tell("\(source) \(kind) 拒收 \(rejection.reason)")
        }
        return true
    }

    public func flush() {
        guard isConnected || isFinishing else { return }
        wake?.resume()
        wake = nil
    }

    /// A gateway that is cut off keeps everything.
    public func setConnected(_ connected: Bool) {
        guard connected != isConnected else { return }
        isConnected = connected
        if connected { flush() }
    }

    /// Sends what is left; `run` returns when all is answered.
    public func finish() {
        isFinishing = true
        isConnected = true
        flush()
    }

    /// Sends until it is finished or cancelled.
    public func run() async {
        await withTaskCancellationHandler {
            while !Task.isCancelled {
                guard isConnected, let batch = next() else {
                    if isFinishing, spool.count == 0 { return }
                    await pause()
                    continue
                }
                await deliver(batch)
            }
        } onCancel: {
            Task { await self.release() }
        }
    }

    private func release() {
        wake?.resume()
        wake = nil
        for waiter in roomWaiters { waiter.resume() }
        roomWaiters = []
    }

    private func pause() async {
        guard !Task.isCancelled else { return }
        await withCheckedContinuation { wake = $0 }
    }

    private func next() -> Spool.Batch? {
        let isNew = spool.underWay == nil
        guard
            let batch = spool.nextBatch(
                sequence: sequence + 1, source: source, epoch: epoch, at: clock(), limit: batchLimit)
        else { return nil }
        if isNew { sequence += 1 }
        return batch
    }

    private func deliver(_ batch: Spool.Batch) async {
        var attempt = 0
        while !Task.isCancelled {
            let answer = await transport.send(batch.body, key: key)
            var pause = Self.pause(attempt)
            switch answer {
            case .accepted(let receipt):
                settle(batch, receipt)
                return
            case .later(let after, let reason):
                note(reason)
                // What the server asks for is kept, even where it is longer than our own patience.
                pause = max(pause, after ?? .zero)
            case .keyRefused(let reason):
                note(reason)
                pause = .seconds(30)
            case .sequenceTaken:
                note("409: seq \(batch.sequence) 已用于另一份上传,改用新的 epoch")
                epochCount += 1
                epoch += "-\(epochCount)"
                sequence = 0
                spool.takeBack()
                return
            case .tooLarge:
                if batch.values.count > 1 {
                    batchLimit = max(1, batch.values.count / 2)
                    spool.takeBack()
                } else {
                    refuse(batch, "413")
                }
                return
            case .refused(let reason):
                refuse(batch, reason)
                return
            }
            attempt += 1
            counts.retries += 1
            do { try await rest(pause) } catch { return }
        }
    }

    private func settle(_ batch: Spool.Batch, _ receipt: UploadReceipt) {
        spool.finish()
        lastTrouble = nil
        counts.uploads += 1
        counts.bytes += batch.body.count
        counts.accepted += receipt.accepted
        counts.rejected += receipt.rejected.count
        if receipt.isDuplicate { counts.duplicates += 1 }
        for rejection in receipt.rejected {
            let target = batch.values.indices.contains(rejection.index) ? batch.values[rejection.index].target : "?"
            let line = "\(target): \(rejection.reason)"
            if toldReasons[line] == nil, toldReasons.count < 1_000 { tell("\(source) 拒收 \(line)") }
            if toldReasons[line] != nil || toldReasons.count < 1_000 { toldReasons[line, default: 0] += 1 }
        }
        makeRoom()
    }

    private func refuse(_ batch: Spool.Batch, _ reason: String) {
        spool.finish()
        counts.refusedUploads += 1
        tell("\(source) 整份被拒(\(batch.values.count) 个值):\(reason)")
        makeRoom()
    }

    private func makeRoom() {
        let waiters = roomWaiters
        roomWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    private func note(_ reason: String) {
        if lastTrouble == nil { tell("\(source) 发送未成,重试中:\(reason)") }
        lastTrouble = reason
    }

    /// 0.5 s, then twice as long each time, up to 30 s.
    static func pause(_ attempt: Int) -> Interval { .milliseconds(min(30_000, 500 << Int64(min(attempt, 6)))) }
}
