public import Domain
public import Kernel
public import Simulation

/// Drives the plants of a city against a clock and hands their readings to one uploader a gateway. Plants may live
/// faster than the clock (`speed`); their readings then bear the clock's times, closer together.
public struct SimulatorRun: Sendable {
    public struct Options: Sendable {
        public var seed: UInt64
        public var speed: Double
        public var incidentsPerHour: Double
        /// A gateway sends at least this often, and at once when a point goes beyond a limit or comes back.
        public var uploadPeriod: Interval
        public var requests: [IncidentRequest]
        /// Asked at each tick for what somebody wants to happen now.
        public var newRequests: @Sendable () -> [IncidentRequest] = { [] }

        public init(
            seed: UInt64, speed: Double = 1, incidentsPerHour: Double = 4, uploadPeriod: Interval = .seconds(10),
            requests: [IncidentRequest] = []
        ) {
            self.seed = seed
            self.speed = speed
            self.incidentsPerHour = incidentsPerHour
            self.uploadPeriod = uploadPeriod
            self.requests = requests
        }
    }

    private struct Site {
        var uploader: Uploader
        var codes: [String]
        var limits: [PointLimits]
        var isBeyond: [Bool]
        var lastFlush: Timestamp
        var isDown = false
    }

    private let options: Options
    private let clock: @Sendable () -> Timestamp
    private let rest: @Sendable (Interval) async throws -> Void
    private let tell: @Sendable (String) -> Void
    private let startedAt: Timestamp
    private var city: SimulatedCity
    private var sites: [Site?]
    private let names: [String]
    public private(set) var readings = 0

    /// Sites without an uploader live, but send nothing.
    public init(
        city: DemonstrationCity, options: Options, uploaders: [GatewayID: Uploader],
        clock: @escaping @Sendable () -> Timestamp,
        rest: @escaping @Sendable (Interval) async throws -> Void = {
            try await Task.sleep(for: .milliseconds($0.milliseconds))
        },
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.options = options
        self.clock = clock
        self.rest = rest
        self.tell = tell
        let tick = Plant.tick.milliseconds
        let now = clock()
        startedAt = Timestamp(milliseconds: now.milliseconds - now.milliseconds % tick)
        self.city = SimulatedCity(
            city: city, seed: options.seed, incidentsPerHour: options.incidentsPerHour, startingAt: startedAt)
        names = city.sites.map(\.shortName)
        sites = city.sites.map { site in
            uploaders[site.gateway].map { uploader in
                let points = site.points.map(\.registered)
                return Site(
                    uploader: uploader, codes: points.map(\.id.rawValue), limits: points.map(\.limits),
                    isBeyond: points.map { _ in false }, lastFlush: now)
            }
        }
    }

    /// Lives until it is cancelled, or until so much virtual time has passed.
    public mutating func run(for duration: Interval? = nil) async throws {
        begin(options.requests)
        var virtual = startedAt
        while duration.map({ virtual - startedAt < $0 }) ?? true {
            try Task.checkCancellation()
            virtual = virtual + Plant.tick
            let wait = stamp(virtual) - clock()
            if wait > .zero { try await rest(wait) }
            await live(to: virtual)
        }
        for site in sites { await site?.uploader.flush() }
    }

    private mutating func begin(_ requests: [IncidentRequest]) {
        for request in requests {
            if let reason = city.start(request) { tell("未能发生:\(reason)") }
        }
    }

    private mutating func live(to virtual: Timestamp) async {
        begin(options.newRequests())
        var taken: [[Reading]] = sites.map { _ in [] }
        city.step(to: virtual) { plant, readings in taken[plant] += readings }
        for index in taken.indices {
            for notice in city.takeNotices(plant: index) {
                tell("\(names[index]) \(notice.phase == .began ? "发生" : "结束"):\(notice.text)")
            }
            guard var site = sites[index] else { continue }
            readings += taken[index].count
            let isDown = city.plants[index].isGatewayDown
            if isDown != site.isDown {
                await site.uploader.setConnected(!isDown)
                site.isDown = isDown
            }
            var hasTurned = false
            let values = taken[index].map { reading in
                let isBeyond = site.limits[reading.point].isBeyond(reading.value)
                if reading.quality == .good || reading.quality == .outOfRange, isBeyond != site.isBeyond[reading.point]
                {
                    site.isBeyond[reading.point] = isBeyond
                    hasTurned = true
                }
                return OutgoingValue(
                    target: site.codes[reading.point], value: reading.value, at: stamp(reading.at),
                    quality: reading.quality == .good ? nil : reading.quality.rawValue)
            }
            let now = clock()
            let flushes = hasTurned || now - site.lastFlush >= options.uploadPeriod
            if flushes { site.lastFlush = now }
            await site.uploader.offer(values, flush: flushes)
            sites[index] = site
        }
    }

    private func stamp(_ virtual: Timestamp) -> Timestamp {
        let passed = Double((virtual - startedAt).milliseconds) / options.speed
        return startedAt + .milliseconds(Int64(passed.rounded()))
    }
}
