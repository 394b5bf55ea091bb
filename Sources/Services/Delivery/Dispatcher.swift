import Kernel
public import Logging
public import Operations
public import ServiceLifecycle
public import Storage

/// Sends what waits in the outbox, one worker a target, so that a target that is down delays no other. An attempt whose
/// outcome could not be noted is made again with the same key: the receiver takes each key once.
public actor Dispatcher: Service {
    private let store: Store
    private let clock: ServerClock
    /// By the part of the outbox's channel before the colon.
    private let channels: [String: any Channel]
    private let rule: RetryRule
    private let pollInterval: Duration
    private let hint: WakeHint
    private let publish: @Sendable ([LogEntry]) -> Void
    private let logger: Logger
    private var generator: SeededGenerator
    private var working: Set<String> = []
    private var silences: [String: Silence] = [:]
    /// What waited at the last look.
    private var pending: [DeliveryStore.Pending] = []

    /// A target that did not answer so many times in a row is left alone until then.
    private struct Silence {
        var count: Int
        var until: Timestamp
    }

    public init(
        store: Store, clock: ServerClock, channels: [String: any Channel], rule: RetryRule = RetryRule(),
        hint: WakeHint, seed: UInt64, pollInterval: Duration = .seconds(2), logger: Logger,
        publish: @escaping @Sendable ([LogEntry]) -> Void = { _ in }
    ) {
        self.store = store
        self.clock = clock
        self.channels = channels
        self.rule = rule
        self.hint = hint
        generator = SeededGenerator(seed: seed)
        self.pollInterval = pollInterval
        self.logger = logger
        self.publish = publish
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.dispatch() }
    }

    private func dispatch() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for channel in await ready() {
                    working.insert(channel)
                    group.addTask { await self.work(channel) }
                }
                await hint.wait(atMost: untilNext())
            }
            group.cancelAll()
        }
    }

    /// The channels that have something to send now and are not at it.
    private func ready() async -> [String] {
        do {
            pending = try await store.read { session throws(StorageError) in
                try DeliveryStore.pending(in: &session)
            }
        } catch {
            logger.error("the outbox cannot be read", metadata: ["error": "\(error)"])
            pending = []
        }
        let now = clock.now()
        return pending.filter { !working.contains($0.channel) && start(of: $0) <= now }.map(\.channel)
    }

    private func untilNext() -> Duration {
        let now = clock.now()
        let next = pending.filter { !working.contains($0.channel) }.map { start(of: $0) }.min()
        return next.map { min(pollInterval, clock.wait(for: $0 - now)) } ?? pollInterval
    }

    private func start(of pending: DeliveryStore.Pending) -> Timestamp {
        max(pending.nextAttemptAt, silences[pending.channel]?.until ?? .distantPast)
    }

    /// Sends what one channel has to send by now, one after the other.
    private func work(_ channel: String) async {
        defer {
            working.remove(channel)
            hint.wake()
        }
        while !Task.isCancelled {
            do {
                let now = clock.now()
                let batch = try await store.read { session throws(StorageError) in
                    try DeliveryStore.due(channel: channel, through: now, limit: 32, in: &session)
                }
                if batch.isEmpty { return }
                for delivery in batch {
                    guard try await deliver(delivery) else { return }
                }
            } catch {
                logger.error("an attempt could not be noted", metadata: ["channel": "\(channel)", "error": "\(error)"])
                silences[channel] = Silence(count: 1, until: clock.now() + .seconds(5))
                return
            }
        }
    }

    /// False where the channel should be left alone for a while.
    private func deliver(_ delivery: Delivery) async throws -> Bool {
        let outcome = await send(delivery)
        if Task.isCancelled, case .unreachable = outcome { return false }
        let (rule, now, jitter) = (rule, clock.now(), generator.unit())
        let (state, journal) = try await store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 0))
            let state = try DeliveryOperations.recordAttempt(
                delivery, outcome: outcome, rule: rule, jitter: jitter, context: &context, in: &session)
            return (state, context.journal)
        }
        publish(journal)
        if state == .failed {
            logger.error(
                "a delivery was given up", metadata: ["key": "\(delivery.key)", "detail": "\(outcome.detail)"])
        }
        switch outcome {
        case .delivered, .refused, .impossible:
            silences[delivery.channel] = nil
            return true
        case .unreachable:
            // What was given up is out of the way; the next one may be given up as well.
            if state == .failed { return true }
            let count = (silences[delivery.channel]?.count ?? 0) + 1
            silences[delivery.channel] = Silence(
                count: count, until: now + rule.delay(afterAttempts: count, jitter: jitter))
            return false
        }
    }

    private func send(_ delivery: Delivery) async -> DeliveryOutcome {
        let name = String(delivery.channel.prefix { $0 != ":" })
        guard let channel = channels[name] else { return .impossible(detail: "没有通道 \(name)") }
        return await channel.send(delivery, at: clock.now())
    }
}
