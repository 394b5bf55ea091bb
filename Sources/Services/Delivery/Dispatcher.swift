import Domain
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

    /// Sends what one channel has to send by now, one message after the other; red ones overtake.
    private func work(_ channel: String) async {
        defer {
            working.remove(channel)
            hint.wake()
        }
        while !Task.isCancelled {
            do {
                guard let parcel = try await nextParcel(of: channel), try await deliver(parcel) else { return }
            } catch {
                logger.error("an attempt could not be noted", metadata: ["channel": "\(channel)", "error": "\(error)"])
                silences[channel] = Silence(count: 1, until: clock.now() + .seconds(5))
                return
            }
        }
    }

    /// What goes out next; nil where nothing waits, or the limit of the minute is used up.
    private func nextParcel(of channel: String) async throws -> Parcel? {
        let target = String(channel.drop { $0 != ":" }.dropFirst())
        let pace = await way(of: channel)?.pace(of: target) ?? .free
        let now = clock.now()
        let (waiting, sent) = try await store.read { session throws(StorageError) in
            (
                try DeliveryStore.due(channel: channel, through: now, limit: Self.batchCountMax, in: &session),
                pace.limitPerMinute == nil
                    ? 0 : try DeliveryStore.sentCount(channel: channel, after: now - .minutes(1), in: &session)
            )
        }
        if waiting.isEmpty { return nil }
        guard let keys = DispatchPlan.next(of: waiting.map { Self.item($0, pace) }, sent: sent, pace: pace) else {
            silences[channel] = Silence(count: 0, until: now + .seconds(2))
            return nil
        }
        let chosen = Set(keys)
        let parcel = Parcel(waiting.filter { chosen.contains($0.key) })
        guard parcel.deliveries.count > 1, parcel.first.parcel == nil else { return parcel }
        let isBound = try await store.write { session throws(StorageError) in
            try DeliveryStore.bind(keys, into: parcel.key, in: &session)
        }
        // Something ended meanwhile: look again.
        return isBound ? parcel : nil
    }

    /// Only in a group do several rows say the same thing at once: elsewhere each is a message of its own, and a
    /// webhook gets every key.
    private static func item(_ delivery: Delivery, _ pace: DispatchPlan.Pace) -> DispatchPlan.Item {
        DispatchPlan.Item(
            key: delivery.key, cause: pace.isGroup ? delivery.cause : delivery.key,
            recipient: delivery.recipientKind + ":" + delivery.recipientID,
            level: delivery.level, createdAt: delivery.createdAt, parcel: delivery.parcel,
            textBytes: ChannelMessage.lineBytes(delivery))
    }

    /// False where the channel should be left alone for a while.
    private func deliver(_ parcel: Parcel) async throws -> Bool {
        let outcome = await send(parcel)
        if Task.isCancelled, case .unreachable = outcome { return false }
        let (rule, now, jitter) = (rule, clock.now(), generator.unit())
        let (states, journal) = try await store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 0))
            var states: [DeliveryOperations.State] = []
            for delivery in parcel.deliveries {
                states.append(
                    try DeliveryOperations.recordAttempt(
                        delivery, outcome: outcome, rule: rule, jitter: jitter, parcel: parcel, context: &context,
                        in: &session))
            }
            return (states, context.journal)
        }
        publish(journal)
        if states.contains(.failed) {
            logger.error(
                "a delivery was given up", metadata: ["key": "\(parcel.key)", "detail": "\(outcome.detail)"])
        }
        let channel = parcel.first.channel
        switch outcome {
        case .delivered, .refused, .impossible:
            silences[channel] = nil
            return true
        case .limited(_, let retryAfter):
            silences[channel] = Silence(count: 0, until: now + retryAfter)
            return false
        case .unreachable:
            // What was given up is out of the way; the next one may be given up as well.
            if states.allSatisfy({ $0 == .failed }) { return true }
            let count = (silences[channel]?.count ?? 0) + 1
            silences[channel] = Silence(
                count: count, until: now + rule.delay(afterAttempts: count, jitter: jitter))
            return false
        }
    }

    private func send(_ parcel: Parcel) async -> DeliveryOutcome {
        let channel = parcel.first.channel
        guard let way = way(of: channel) else { return .impossible(detail: "没有通道 \(channel.prefix { $0 != ":" })") }
        return await way.send(parcel, at: clock.now())
    }

    private func way(of channel: String) -> (any Channel)? { channels[String(channel.prefix { $0 != ":" })] }

    /// How many waiting rows are looked at to choose the next message.
    private static let batchCountMax = 400
}
