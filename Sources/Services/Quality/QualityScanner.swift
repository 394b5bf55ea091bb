import Domain
public import Kernel
public import Logging
public import Operations
public import ServiceLifecycle
public import Storage

/// Reads the days that the daily timer asked for, one enterprise after the other, off the hot path: uploads are read a
/// page at a time by a reader of the database, the detectors run between the pages, and only the outcome is written, in
/// one short transaction. What is waiting stands in the database: a restart goes on where it stopped.
public struct QualityScanner: Service {
    /// Uploads a page; after each page the others get their turn.
    private static let pageCount = 40
    private static let rest: Duration = .milliseconds(5)
    private static let excerptCountMax = 1_200

    private let store: Store
    private let clock: ServerClock
    private let context: @Sendable (Timestamp) -> OperationContext
    private let publish: @Sendable ([LogEntry]) -> Void
    private let poll: Duration
    private let logger: Logger

    public init(
        store: Store, clock: ServerClock,
        context: @escaping @Sendable (Timestamp) -> OperationContext,
        publish: @escaping @Sendable ([LogEntry]) -> Void, poll: Duration = .seconds(20), logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.context = context
        self.publish = publish
        self.poll = poll
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            // One enterprise that cannot be judged must not hold up the others: it is tried again with the next round.
            var failed: Set<QualityScanStore.Scan> = []
            while !Task.isCancelled {
                do {
                    if let scan = try await next(besides: failed) {
                        do throws(StorageError) { try await judge(scan) } catch {
                            failed.insert(scan)
                            logger.error(
                                "a day's data could not be judged",
                                metadata: ["enterprise": "\(scan.enterprise)", "error": "\(error)"])
                        }
                        continue
                    }
                } catch {
                    logger.error("the days to be judged cannot be read", metadata: ["error": "\(error)"])
                }
                failed = []
                try? await Task.sleep(for: poll)
            }
        }
    }

    /// Reads one enterprise's day, if one waits.
    public func step() async throws(StorageError) -> Bool {
        guard let scan = try await next(besides: []) else { return false }
        try await judge(scan)
        return true
    }

    private func next(besides failed: Set<QualityScanStore.Scan>) async throws(StorageError) -> QualityScanStore.Scan? {
        try await store.read { session throws(StorageError) in
            try QualityScanStore.waiting(limit: failed.count + 1, in: &session)
        }.first { !failed.contains($0) }
    }

    private func judge(_ scan: QualityScanStore.Scan) async throws(StorageError) {
        let points = try await store.read { session throws(StorageError) in
            try RegistryQueries.points(of: scan.enterprise, scope: .system, in: &session)
        }.filter(\.isInUse)
        let settings = try await store.read { session throws(StorageError) in
            try QualitySettingsStore.scan(in: &session)
        }
        let days = try await read(scan, points: points, settings)
        // Stopped in the middle of the day: half of it must not be judged as the whole. The scan stays asked for.
        guard !Task.isCancelled else { return }
        var results: [QualityDayOperations.PointResult] = []
        for (point, day) in zip(points, days) {
            guard day.readings > 0 else {
                results.append(.init(point: point.id, day: day, suspicions: []))
                continue
            }
            let history = try await store.read { session throws(StorageError) in
                try QualityDayStore.history(
                    of: point.id, before: scan.day, days: EnterpriseScan.historyDays, in: &session)
            }
            let suspicions = PointJudge(point, settings: settings).judge(day, history: history)
            let evidence = try await evidence(of: suspicions, point: point.id)
            results.append(
                .init(
                    point: point.id, day: day,
                    suspicions: zip(suspicions, evidence).map { (suspicion: $0, evidence: $1) }))
            await Task.yield()
        }
        let now = clock.now()
        let (found, context) = (results, context)
        let journal = try await store.write { session throws(StorageError) in
            var context = context(now)
            try QualityDayOperations.finish(scan, points: found, settings: settings, context: &context, in: &session)
            return context.journal
        }
        publish(journal)
    }

    /// The day's readings of all points of the enterprise, each through its own scan.
    private func read(
        _ scan: QualityScanStore.Scan, points: [MonitoringPoint], _ settings: ScanSettings
    ) async throws(StorageError) -> [PointDay] {
        var reading = EnterpriseScan(scan, points: points, settings: settings)
        let received = EnterpriseScan.received(of: scan, at: clock.now())
        var sequence: Int64 = 0
        while !Task.isCancelled {
            let after = sequence
            let page = try await store.read { session throws(StorageError) in
                try UploadStore.payloads(
                    of: scan.enterprise, received: received, after: after, limit: Self.pageCount, scope: .system,
                    in: &session)
            }
            for upload in page { reading.take(upload) }
            guard let last = page.last, page.count == Self.pageCount else { break }
            sequence = last.sequence
            try? await Task.sleep(for: Self.rest)
        }
        return reading.finish()
    }

    /// For each suspicion its marks and the curve around each of them, thinned out. The uploads are read once for all.
    private func evidence(of suspicions: [Suspicion], point: PointID) async throws(StorageError) -> [JSON] {
        let windows = suspicions.flatMap { $0.marks.map(Self.window) }
        guard !windows.isEmpty else { return suspicions.map { _ in ["marks": []] } }
        let values = try await store.read { session throws(StorageError) in
            try IntakeService.values(of: point, within: windows, scope: .system, in: &session) ?? []
        }
        return suspicions.map { suspicion in
            let marks: [JSON] = suspicion.marks.map { mark in
                let window = Self.window(of: mark)
                let thinned = IntakeService.thinned(
                    values.filter { window.contains($0.at) }, from: window.lowerBound, to: window.upperBound,
                    countMax: Self.excerptCountMax)
                return [
                    "from": .integer(mark.from.milliseconds), "until": .integer(mark.until.milliseconds),
                    "source": .bool(mark.isSource),
                    "curve": .array(thinned.map { .array([.integer($0.at.milliseconds), .number($0.value)]) }),
                ]
            }
            return ["marks": .array(marks)]
        }
    }

    /// A mark with a margin, so that what is around it can be seen.
    private static func window(of mark: Suspicion.Mark) -> ClosedRange<Timestamp> {
        let margin = max(Interval.minutes(10), Interval.milliseconds((mark.until - mark.from).milliseconds / 10))
        return (mark.from - margin)...(mark.until + margin)
    }
}
