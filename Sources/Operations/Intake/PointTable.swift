public import Domain
public import Kernel
public import Storage
public import Wire

/// The points of the platform in memory: one flat array of trackers, found by one probe of the code's bytes.
///
/// The table changes only inside a transaction, between `begin` and `finish`. What a transaction touched is kept beside
/// it until the database says whether it was committed: `chain` row 'points' counts the committed changes, and `begin`
/// compares. So a transaction that fails, even in its COMMIT, or whose answer was lost, leaves table = database.
public struct PointTable: Sendable {
    /// What is known of a point beside its tracker.
    public struct Point: Sendable {
        public var id: PointID
        public var enterprise: EnterpriseID
        public var hazard: HazardID?
        public var name: String
        public var quantity: Quantity
        public var limits: PointLimits
        public var edgeLimits: PointLimits
        public var isKey: Bool
        public var isInUse: Bool
        var registered: MonitoringPoint
    }

    struct Source: Sendable {
        var enterprise: EnterpriseID
        var grade: Int
        var places: [Int] = []
    }

    /// Lets levels change only at full periods from an anchor on, as a model that is run so often would.
    public struct RiskPeriod: Sendable {
        public var anchor: Timestamp
        public var length: Interval

        public init(anchor: Timestamp, length: Interval) {
            self.anchor = anchor
            self.length = length
        }

        func roundUp(_ instant: Timestamp) -> Timestamp {
            let passed = (instant - anchor).milliseconds
            let rest = passed % length.milliseconds
            return rest <= 0 ? instant - .milliseconds(rest) : instant + length - .milliseconds(rest)
        }
    }

    public internal(set) var directory = PointDirectory()
    public internal(set) var points: [Point] = []
    var trackers: [PointTracker] = []
    var sources: [HazardID: Source] = [:]
    /// Approved exemptions that hold or will, by the point's place.
    var exemptions: [Int: [ExemptionRecord]] = [:]
    var exemptionsCheckedAt = Timestamp.distantPast
    /// Confirmed filings that hold or will: what they cover may be offline.
    var filings: [EnterpriseID: [Filing]] = [:]
    /// Points whose alarm, state and exemption must be brought to agree at the next opportunity.
    var unreconciled: Set<Int> = []
    let settings: @Sendable (MonitoringPoint) -> PointSettings
    public var riskPeriod: RiskPeriod?

    private var heap = DeadlineHeap()
    /// When each point's entry in the heap is due; `Int64.max` where it has none.
    private var scheduled: [Int64] = []

    // One transaction.
    private var generation: Int64 = 0
    private var pendingGeneration: Int64?
    private var undo: [(place: Int, tracker: PointTracker)] = []
    private var touched: [UInt32] = []
    private var mark: UInt32 = 1
    /// The register or the exemptions in memory were changed by a transaction that may not have been committed.
    var isStructureChanged = false

    public init(settings: @escaping @Sendable (MonitoringPoint) -> PointSettings = { PointSettings($0) }) {
        self.settings = settings
    }
}

extension PointTable {
    public func place(of point: PointID) -> Int? { directory.place(of: point.rawValue) }
    public func tracker(at place: Int) -> PointTracker { trackers[place] }
    public var count: Int { points.count }

    /// Adds a point, or takes what the register now says of it; its place.
    mutating func register(_ point: MonitoringPoint) -> Int {
        let place = directory.add(point.id.rawValue)
        let entry = Point(
            id: point.id, enterprise: point.enterprise, hazard: point.hazard, name: point.name,
            quantity: point.quantity, limits: point.limits, edgeLimits: point.edgeLimits, isKey: point.isKey,
            isInUse: point.isInUse, registered: point)
        if place == points.count {
            points.append(entry)
            trackers.append(PointTracker(settings(point)))
            scheduled.append(.max)
            touched.append(0)
        } else {
            points[place] = entry
        }
        return place
    }

    mutating func restore(_ tracker: PointTracker, at place: Int) {
        trackers[place] = tracker
        reschedule(place)
    }

    mutating func setSources(_ found: [RiskStore.Source]) {
        sources = [:]
        for source in found { sources[source.id] = Source(enterprise: source.enterprise, grade: source.grade) }
        for place in points.indices where points[place].isInUse {
            if let hazard = points[place].hazard { sources[hazard]?.places.append(place) }
        }
    }

    mutating func setExemptions(_ records: [ExemptionRecord]) {
        exemptions = [:]
        for record in records {
            if let place = place(of: record.point) { exemptions[place, default: []].append(record) }
        }
    }

    /// The approved exemption that holds for a point at an instant.
    func exemption(of place: Int, at instant: Timestamp) -> ExemptionRecord? {
        guard !exemptions.isEmpty, let records = exemptions[place] else { return nil }
        return records.first { $0.from <= instant && $0.until.map { $0 > instant } ?? true }
    }

    /// Whether a confirmed filing says that the point may be offline.
    func isFiled(_ place: Int, at instant: Timestamp) -> Bool {
        guard !filings.isEmpty else { return false }
        let point = points[place]
        return filings[point.enterprise]?.contains {
            $0.coverage.covers(point: point.id, of: point.hazard) && $0.effect?.contains(instant) == true
        } == true
    }

    public func isExempt(_ place: Int, at instant: Timestamp) -> Bool { exemption(of: place, at: instant) != nil }
}

// Deadlines: one entry a point, checked lazily.
extension PointTable {
    /// The next instant at which a point or an exemption may change by itself.
    public var nextDeadline: Timestamp? {
        if !unreconciled.isEmpty { return .distantPast }
        let point = heap.first.map { Timestamp(milliseconds: $0.at) }
        return [point, nextExemptionBoundary].compactMap(\.self).min()
    }

    private var nextExemptionBoundary: Timestamp? {
        exemptions.values.joined().flatMap { [$0.from, $0.until].compactMap(\.self) }
            .filter { $0 > exemptionsCheckedAt }.min()
    }

    /// The points whose exemption began or ended since it was looked at last.
    mutating func placesWithBoundary(through instant: Timestamp) -> [Int] {
        defer { exemptionsCheckedAt = max(exemptionsCheckedAt, instant) }
        return exemptions.filter { entry in
            entry.value.contains { record in
                [record.from, record.until].compactMap(\.self).contains { $0 > exemptionsCheckedAt && $0 <= instant }
            }
        }.keys.sorted()
    }

    mutating func reschedule(_ place: Int) {
        guard let next = trackers[place].nextDeadline?.milliseconds, next < scheduled[place] else { return }
        scheduled[place] = next
        heap.push(.init(at: next, place: Int32(place)))
    }

    /// A point with something due by the instant; nil where there is none.
    mutating func popDue(through instant: Timestamp) -> Int? {
        while let first = heap.first, first.at <= instant.milliseconds {
            _ = heap.pop()
            let place = Int(first.place)
            guard scheduled[place] == first.at else { continue }
            scheduled[place] = .max
            if let next = trackers[place].nextDeadline, next <= instant { return place }
            reschedule(place)
        }
        return nil
    }

    /// The next thing that came about at a point by itself.
    mutating func elapse(_ place: Int, to instant: Timestamp) -> PointTracker.Event? {
        guard let next = trackers[place].nextDeadline, next <= instant else { return nil }
        touch(place)
        return trackers[place].elapse(to: instant)
    }

    mutating func change<T>(_ place: Int, _ body: (inout PointTracker) -> T) -> T {
        touch(place)
        return body(&trackers[place])
    }

    private mutating func touch(_ place: Int) {
        guard touched[place] != mark else { return }
        touched[place] = mark
        undo.append((place, trackers[place]))
    }
}

extension PointTable {
    /// First in every transaction: settles the one before it, committed or not.
    public mutating func begin(in session: inout Session) throws(StorageError) {
        let stored = try PointStateStore.generation(in: &session)
        if stored != pendingGeneration {
            for entry in undo.reversed() {
                trackers[entry.place] = entry.tracker
                scheduled[entry.place] = .max
                reschedule(entry.place)
            }
            if isStructureChanged { try reloadStructure(in: &session) }
            guard stored == generation else {
                throw .other(
                    .init(
                        message: "the points stand at \(stored), not \(generation): another process writes too",
                        statement: "chain"))
            }
        }
        generation = stored
        pendingGeneration = nil
        isStructureChanged = false
        undo.removeAll(keepingCapacity: true)
        mark &+= 1
    }

    /// Last in every transaction: stores what a restart must know.
    public mutating func finish(in session: inout Session) throws(StorageError) {
        var changed: [(point: PointID, snapshot: PointSnapshot)] = []
        for entry in undo where !trackers[entry.place].hasSameDiscreteState(as: entry.tracker) {
            changed.append((points[entry.place].id, trackers[entry.place].snapshot))
        }
        for entry in undo { reschedule(entry.place) }
        try PointStateStore.store(changed, in: &session)
        guard !undo.isEmpty || isStructureChanged else { return }
        pendingGeneration = generation + 1
        try PointStateStore.setGeneration(generation + 1, in: &session)
    }

    mutating func setGeneration(_ stored: Int64) { generation = stored }

    private mutating func reloadStructure(in session: inout Session) throws(StorageError) {
        for point in try PointStateStore.points(in: &session) { _ = register(point) }
        setSources(try RiskStore.sources(in: &session))
        setExemptions(try ExemptionStore.standing(at: exemptionsCheckedAt, in: &session))
        filings = try FilingStore.standing(at: exemptionsCheckedAt, in: &session)
    }
}
