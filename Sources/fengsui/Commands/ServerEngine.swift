import AsyncHTTPClient
import Kernel
import Logging
import Operations
import ServiceLifecycle
import Services
import Storage
import Web

/// What runs in a server besides the pages: timers, delivery, audit.
struct ServerEngine: Sendable {
    let services: [any Service]
    let intake: IntakeService
    let auditor: Auditor
    private let machine: MachineWatch
    private let client: HTTPClient
    private let timers: WakeHint
    private let deliveries: WakeHint

    /// - Parameters:
    ///   - site: the address under which people open the pages, for links in messages.
    ///   - heartbeat: the address to ping each minute while the audit can be trusted.
    ///   - folder: of the data, whose disk is watched.
    ///   - published: told after each commit that the engine makes.
    init(
        store: Store, clock: ServerClock, site: String?, heartbeat: String?, folder: String, logger: Logger,
        published: @escaping @Sendable () -> Void
    ) async throws {
        let (timers, deliveries) = (WakeHint(), WakeHint())
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: WebhookChannel.configuration)
        let context: @Sendable (Timestamp) -> OperationContext = { now in
            var generator = SystemRandomNumberGenerator()
            return OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: generator.next()))
        }
        let publish: @Sendable ([LogEntry]) -> Void = { entries in
            guard !entries.isEmpty else { return }
            published()
            deliveries.wake()
            timers.wake()
        }
        var configuration = IntakeService.Configuration()
        let points = try await store.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM point") { row throws(StorageError) in row.next() as Int } ?? 0
        }
        // Lists and counts read the checkpoint: a register of a city is written often, a country's seldom.
        if points < 20_000 { configuration.checkpoint = .seconds(15) * clock.rate }
        intake = try await IntakeService.start(
            store: store, clock: clock, configuration: configuration, logger: logger, publish: publish)
        var generator = SystemRandomNumberGenerator()
        let machine = MachineWatch(clock: clock, folder: folder)
        let auditor = Auditor(store: store, clock: clock, machine: machine, logger: logger, publish: published)
        (self.auditor, self.machine) = (auditor, machine)
        let beats = heartbeat.map { Heartbeat(url: $0, auditor: auditor, clock: clock, client: client, logger: logger) }
        services =
            (beats.map { [$0] } ?? []) + [
                auditor,
                Dispatcher(
                    store: store, clock: clock,
                    channels: ConfiguredChannel.all(store: store, client: client, site: site).merging(
                        ["webhook": WebhookChannel(store: store, client: client)]) { _, other in other },
                    hint: deliveries, seed: generator.next(), logger: logger, publish: { _ in published() }),
                Escalator(
                    store: store, clock: clock,
                    jobs: [
                        intake.riskJob,
                        DueJob(WarningOperations.self, store: store, context: context, publish: publish),
                    ]
                        + DailyWork.jobs(store: store, context: context, publish: publish),
                    hint: timers, logger: logger),
                QualityScanner(store: store, clock: clock, context: context, publish: publish, logger: logger),
                intake,
            ]
        self.client = client
        self.timers = timers
        self.deliveries = deliveries
    }

    /// A page has committed something: deadlines may have moved, notices may wait.
    func wake() {
        timers.wake()
        deliveries.wake()
    }

    /// The audit's figures for `/metrics`: anything but zero needs somebody.
    var figures: [Metrics.Figure] {
        guard case .success(let report)? = auditor.report else { return [] }
        return [
            .init(
                "fengsui_deadlines_late", help: "Deadlines more than two minutes late.",
                value: Double(report.figures.due.count)),
            .init(
                "fengsui_deliveries_waiting", help: "Notices that wait longer than five minutes.",
                value: Double(report.figures.pending.count)),
            .init(
                "fengsui_watch_findings", help: "What the platform's own watch finds wrong now.",
                value: Double(report.findings.count)),
            .init(
                "fengsui_audit_timestamp_seconds", help: "When the last audit was made.",
                value: Double(report.at.milliseconds) / 1_000),
        ] + machineFigures
    }

    private var machineFigures: [Metrics.Figure] {
        var figures: [Metrics.Figure] = []
        if let space = machine.space {
            figures += [
                .init("fengsui_disk_free_bytes", help: "Room on the disk of the data.", value: Double(space.free)),
                .init("fengsui_disk_size_bytes", help: "Size of that disk.", value: Double(space.total)),
            ]
        }
        return figures
    }

    func close() async throws { try await client.shutdown() }
}
