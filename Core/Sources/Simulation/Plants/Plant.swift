import Domain
public import Kernel

/// A reading of one point. `point` is its place in the plant's list.
public struct Reading: Hashable, Sendable {
    public var point: Int
    public var value: Double
    public var quality: ReadingQuality
    public var at: Timestamp
}

/// One enterprise's site: its equipment, instruments and detectors, and what goes wrong there. Pure and seeded: it
/// knows no clock. Time passes in whole ticks, so that it does not matter in which steps it is asked to go on.
public struct Plant: Sendable {
    public let code: String
    public let points: [PointDesign]
    public let equipment: [EquipmentDesign]
    public private(set) var now: Timestamp
    public internal(set) var active: [ActiveIncident] = []
    /// What has begun and ended, for whoever watches; emptied by `takeNotices`.
    var notices: [IncidentNotice] = []

    public static let tick: Interval = .seconds(5)

    private let weather: Weather
    private var models: [any ProcessModel]
    private var sensors: [Sensor]
    private let owners: [Int]
    /// Which points are sampled in each tick of a cycle.
    private let sampled: [[Int]]
    private let ticksPerStep: [Int]
    private var air: Weather.State
    var generator: SeededGenerator
    private var clouds: [Int: GasCloud] = [:]

    public init(
        code: String, equipment: [EquipmentDesign], seed: UInt64, weatherSeed: UInt64, startingAt start: Timestamp
    ) {
        var generator = SeededGenerator(seed: seed)
        self.code = code
        self.equipment = equipment
        points = equipment.flatMap(\.points)
        owners = equipment.enumerated().flatMap { index, item in item.points.map { _ in index } }
        models = equipment.map { Self.model(of: $0, generator: &generator) }
        sensors = points.map { _ in Sensor(generator: generator.fork()) }
        ticksPerStep = models.map { type(of: $0).ticksPerStep }
        sampled = Self.sampling(points, generator: &generator)
        weather = Weather(seed: weatherSeed)
        self.generator = generator.fork()
        let tick = Plant.tick.milliseconds
        now = Timestamp(milliseconds: start.milliseconds - start.milliseconds % tick)
        air = weather.state(at: now)
    }

    /// Lets time pass up to and including `end` and gives the readings in order.
    public mutating func step(to end: Timestamp) -> [Reading] {
        var readings: [Reading] = []
        step(to: end, into: &readings)
        return readings
    }

    public mutating func step(to end: Timestamp, into readings: inout [Reading]) {
        while now + Self.tick <= end {
            now = now + Self.tick
            let number = Int(now.milliseconds / Self.tick.milliseconds)
            // The air changes little in half a minute; a cloud feels every gust.
            if number % 6 == 0 || !clouds.isEmpty { air = weather.state(at: now) }
            for index in models.indices where number % ticksPerStep[index] == 0 {
                let seconds = Double(ticksPerStep[index]) * Double(Self.tick.seconds)
                models[index].advance(seconds: seconds, at: now, weather: air)
            }
            for index in clouds.keys.sorted() {
                clouds[index]?.advance(seconds: Int(Self.tick.seconds), weather: air)
                if clouds[index]?.isGone == true { clouds[index] = nil }
            }
            let crossed = read(sampled[number % sampled.count], into: &readings)
            manageIncidents(crossed: crossed, weather: air)
        }
    }

    var weatherNow: Weather.State { weather.state(at: now) }

    /// Whether the plant's gateway is cut off from the network at the present time.
    public var isGatewayDown: Bool { active.contains { $0.incident.kind == .gatewayDropout } }

    public mutating func takeNotices() -> [IncidentNotice] {
        defer { notices = [] }
        return notices
    }

    /// The equipment that such an incident can happen to.
    public func candidates(for kind: Incident.Kind) -> [Int] {
        if kind == .gatewayDropout { return [] }
        return equipment.indices.filter { index in
            if active.contains(where: { $0.incident.equipment == index }) { return false }
            if let disturbance = kind.disturbance { return models[index].disturbances.contains(disturbance) }
            if kind == .leak { return equipment[index].points.contains(where: \.isGasDetector) }
            return true
        }
    }

    private mutating func read(_ due: [Int], into readings: inout [Reading]) -> Set<Int> {
        var crossed: Set<Int> = []
        for index in due {
            guard let truth = truth(of: index) else { continue }
            let elapsed = Double(points[index].samplingPeriod.milliseconds) / 1_000
            guard let (value, quality) = sensors[index].read(truth, design: points[index], seconds: elapsed, at: now)
            else { continue }
            readings.append(Reading(point: index, value: value, quality: quality, at: now))
            if quality != .bad, points[index].limits.isBeyond(value) { crossed.insert(owners[index]) }
        }
        return crossed
    }

    private func truth(of index: Int) -> Double? {
        let point = points[index]
        switch point.source {
        case .variable(let variable): return models[owners[index]].value(of: variable, at: now)
        case .detector(let x, let y):
            let place = GasCloud.Place(x: x, y: y)
            var truth = point.registered.quantity == .oxygen ? 20.9 : 0
            guard !clouds.isEmpty else { return truth }
            for key in clouds.keys.sorted() {
                guard let cloud = clouds[key],
                    equipment[key].registered.hazard == equipment[owners[index]].registered.hazard
                else { continue }
                truth += point.response(to: cloud.medium, gramsPerCubicMeter: cloud.gramsPerCubicMeter(at: place))
            }
            return truth
        }
    }
}

extension Plant {
    mutating func setDisturbance(_ disturbance: Disturbance?, equipment index: Int) {
        models[index].disturbance = disturbance
    }

    mutating func setFault(_ fault: SensorFault?, point index: Int) { sensors[index].fault = fault }

    mutating func setCloud(_ cloud: GasCloud, equipment index: Int) { clouds[index] = cloud }

    mutating func shutLeak(equipment index: Int) { clouds[index]?.gramsPerSecond = 0 }

    func pointIndices(ofEquipment index: Int) -> [Int] { owners.indices.filter { owners[$0] == index } }

    /// What the point would show now if its instrument were perfect.
    func currentTruth(point index: Int) -> Double { truth(of: index) ?? 0 }

    /// Spreads the points over the ticks of a cycle, each at its own period.
    private static func sampling(_ points: [PointDesign], generator: inout SeededGenerator) -> [[Int]] {
        let periods = points.map { max(1, Int($0.samplingPeriod.milliseconds / tick.milliseconds)) }
        // Every period divides the longest: 1, 2 and 6 ticks, times one factor.
        let cycle = periods.max() ?? 1
        precondition(periods.allSatisfy { cycle % $0 == 0 }, "sampling periods that have no common cycle")
        var sampled: [[Int]] = Array(repeating: [], count: cycle)
        for (index, period) in periods.enumerated() {
            let offset = generator.integer(0...period - 1)
            for slot in stride(from: offset, to: cycle, by: period) { sampled[slot].append(index) }
        }
        return sampled
    }

    private static func model(of item: EquipmentDesign, generator: inout SeededGenerator) -> any ProcessModel {
        switch item.process {
        case .storageTank(let height, let heated):
            StorageTank(heightMeters: height, heatedTo: heated, generator: &generator)
        case .pressureTank(let height, let kept):
            PressureTank(medium: item.medium, heightMeters: height, kept: kept, generator: &generator)
        case .cryogenicTank(let height):
            CryogenicTank(medium: item.medium, heightMeters: height, generator: &generator)
        case .gasHolder(let height): GasHolder(heightMeters: height, generator: &generator)
        case .reactor(let design): Reactor(design: design, generator: &generator)
        case .vessel(let design): ControlledVessel(design: design, generator: &generator)
        case .warehouse: Warehouse()
        }
    }
}
