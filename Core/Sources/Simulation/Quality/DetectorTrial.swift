public import Domain
import Kernel

/// Measures the detectors: how often they cry on honest plants, and how many of the forgeries they find; beside them
/// the two simple checks on the very same readings.
public struct DetectorTrial: Sendable {
    public struct Size: Sendable {
        public var historyDays = 3
        /// Points of a plant on which forgeries are tried; all are judged as they are.
        public var forgedPoints = 12
        public var hours = 2...6
        /// Stretches all sampling periods.
        public var samplingFactor: Int64 = 1
        /// Something goes wrong in the plant on the judged day, and nobody forges anything.
        public var hasIncidents = false

        public init() {}
    }

    public struct Tally: Hashable, Sendable {
        public var tried = 0
        public var found = 0
        /// By the rule that is made for it, not only by some rule.
        public var foundByOwn = 0
        public var foundByVariance = 0
        public var foundByCorrelation = 0

        static func += (left: inout Tally, right: Tally) {
            left.tried += right.tried
            left.found += right.found
            left.foundByOwn += right.foundByOwn
            left.foundByVariance += right.foundByVariance
            left.foundByCorrelation += right.foundByCorrelation
        }
    }

    /// Days of points judged as they were.
    public private(set) var pointDays = 0
    public private(set) var honestReadings = 0
    /// What the detectors said of them.
    public private(set) var falseAlarms: [QualityRule: Int] = [:]
    /// Days of points of which they said anything.
    public private(set) var suspectedDays = 0
    public private(set) var varianceAlarms = 0
    public private(set) var correlationAlarms = 0
    public private(set) var forgeries: [Forgery.Kind: Tally] = [:]
    /// Where the first false alarms were, for whoever looks into them.
    public private(set) var examples: [String] = []

    public init() {}

    public mutating func add(_ other: DetectorTrial) {
        pointDays += other.pointDays
        honestReadings += other.honestReadings
        suspectedDays += other.suspectedDays
        varianceAlarms += other.varianceAlarms
        correlationAlarms += other.correlationAlarms
        falseAlarms.merge(other.falseAlarms, uniquingKeysWith: +)
        for (kind, tally) in other.forgeries { forgeries[kind, default: Tally()] += tally }
        examples += other.examples
    }

    /// One plant of the demonstration city under a seed: some days of history, then the day that is judged.
    public static func run(
        seed: UInt64, site: Int, size: Size = Size(), settings: ScanSettings = ScanSettings()
    ) -> DetectorTrial {
        let city = DemonstrationCity.make(seed: 1, samplingFactor: size.samplingFactor)
        let place = city.sites[site % city.sites.count]
        let start = Day(Timestamp(milliseconds: 1_772_000_000_000 + Int64(seed % 300) * 86_400_000)).start
        var plant = city.plants(seed: seed, startingAt: start)[site % city.sites.count]
        var generator = SeededGenerator(seed: seed &* 0x51_7CC1)
        let points = place.points.map(\.registered)
        var days: [[[ScanReading]]] = []
        for day in 0...size.historyDays {
            if size.hasIncidents, day == size.historyDays {
                begin(&plant, kinds: [.overfill, .overpressure, .coolingLoss, .leak], &generator)
            }
            days.append(lives(&plant, to: start + .days(Int64(day) + 1), points: points.count))
        }
        var trial = DetectorTrial()
        let chosen = Set(
            (0..<min(size.forgedPoints, points.count)).map { _ in generator.integer(0...points.count - 1) })
        for index in points.indices {
            let past = days.dropLast().map { $0[index] }
            trial.judge(
                points[index], past: past, today: days[size.historyDays][index], start: Day(start), size: size,
                isForged: !size.hasIncidents && chosen.contains(index), settings: settings, generator: &generator)
        }
        return trial
    }

    private static func begin(_ plant: inout Plant, kinds: [Incident.Kind], _ generator: inout SeededGenerator) {
        for kind in kinds {
            plant.start(Incident(kind: kind, severity: .severe, equipment: nil, startsAt: plant.now))
        }
    }

    private static func lives(_ plant: inout Plant, to end: Timestamp, points: Int) -> [[ScanReading]] {
        var found: [[ScanReading]] = Array(repeating: [], count: points)
        var readings: [Reading] = []
        while plant.now + Plant.tick <= end {
            readings.removeAll(keepingCapacity: true)
            plant.step(to: min(end, plant.now + .minutes(30)), into: &readings)
            for reading in readings {
                found[reading.point].append(
                    ScanReading(
                        at: reading.at.milliseconds, received: reading.at.milliseconds + 4_000, value: reading.value,
                        quality: Quality(rawValue: reading.quality.rawValue) ?? .good))
            }
        }
        return found
    }

    static func scan(_ readings: [ScanReading], _ point: MonitoringPoint, _ day: Day, _ settings: ScanSettings)
        -> PointDay
    {
        var scan = PointScan(
            limits: point.limits, quantity: point.quantity, day: day, settings: settings,
            expectedReadings: readings.count)
        for reading in readings { scan.take(reading) }
        return scan.finish()
    }

    private mutating func judge(
        _ point: MonitoringPoint, past: [[ScanReading]], today: [ScanReading], start: Day, size: Size, isForged: Bool,
        settings: ScanSettings, generator: inout SeededGenerator
    ) {
        let history = past.enumerated().map { offset, readings in
            Self.scan(readings, point, Day(number: start.number + Int32(offset)), settings)
        }
        let judged = Day(number: start.number + Int32(size.historyDays))
        let judge = PointJudge(point, settings: settings)
        let before = past.flatMap(\.self)
        pointDays += 1
        honestReadings += today.count
        let honest = judge.judge(Self.scan(today, point, judged, settings), history: history)
        if !honest.isEmpty { suspectedDays += 1 }
        for suspicion in honest {
            falseAlarms[suspicion.rule, default: 0] += 1
            if examples.count < 12 { examples.append("\(point.id) \(suspicion.rule.rawValue): \(suspicion.detail)") }
        }
        if SimpleDetectors.isTooStill(today, past: before) { varianceAlarms += 1 }
        if SimpleDetectors.isRepeated(today, past: before) { correlationAlarms += 1 }
        guard isForged else { return }
        for kind in Forgery.Kind.allCases {
            let forgery = Forgery(kind, day: judged, hours: size.hours, generator: &generator)
            guard let forged = forgery.forge(today, past: before, point: point, generator: &generator) else { continue }
            let day = Self.scan(forged, point, judged, settings)
            let rules = Set(judge.judge(day, history: history).map(\.rule) + Self.counted(day))
            var tally = Tally(tried: 1)
            if !rules.isEmpty { tally.found = 1 }
            if !rules.isDisjoint(with: kind.ownRules) { tally.foundByOwn = 1 }
            if SimpleDetectors.isTooStill(forged, past: before) { tally.foundByVariance = 1 }
            if SimpleDetectors.isRepeated(forged, past: before) { tally.foundByCorrelation = 1 }
            forgeries[kind, default: Tally()] += tally
        }
    }

    /// What the counts of the day say by themselves.
    static func counted(_ day: PointDay) -> [QualityRule] {
        var found: [QualityRule] = day.missedAlarms > 0 ? [.missedAlarm] : []
        if day.lateReadings * 2 > day.liveReadings { found.append(.clockOff) }
        return found
    }
}

extension Forgery.Kind {
    /// The detectors that are made for it.
    public var ownRules: Set<QualityRule> {
        switch self {
        case .freeze: [.frozen]
        case .replayExact, .replayNoisy, .replayOffset, .replayShifted, .delay: [.replayed, .repeated]
        case .smooth: [.tooSmooth]
        case .interpolate, .interpolateRounded: [.interpolated, .tooSmooth]
        case .clamp: [.clamped]
        case .scale: [.impossibleRate, .jump]
        case .coarsen: [.resolutionChanged]
        case .raisedEdgeLimit: [.missedAlarm]
        case .clockShift: [.clockOff]
        }
    }

    public var label: String {
        switch self {
        case .freeze: "死值"
        case .replayExact: "重放:原样"
        case .replayNoisy: "重放:加一半噪声"
        case .replayOffset: "重放:加 1% 量程偏移"
        case .replayShifted: "重放:任意时刻起"
        case .smooth: "平滑(61 点均值)"
        case .interpolate: "直线插值"
        case .interpolateRounded: "直线插值后取整"
        case .clamp: "压在报警值下"
        case .scale: "乘 0.8"
        case .coarsen: "少一位小数"
        case .raisedEdgeLimit: "前端抬高报警值"
        case .delay: "全部迟两小时"
        case .clockShift: "时钟慢 7 分钟"
        }
    }
}
