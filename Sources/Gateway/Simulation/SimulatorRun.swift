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
        /// How often a gateway sends `heartbeat` and `video`; nil: never.
        public var beatPeriod: Interval?
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
        var cameras: [CameraID] = []
        var lastBeat = Timestamp.distantPast
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
                    isBeyond: points.map { _ in false }, lastFlush: now, cameras: site.cameras.map(\.id))
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
            beat(&site, index: index, at: now)
            sites[index] = site
        }
    }

    /// Not waited for: a slow answer must not hold up the plants.
    private func beat(_ site: inout Site, index: Int, at now: Timestamp) {
        guard let period = options.beatPeriod, now - site.lastBeat >= period else { return }
        site.lastBeat = now
        let videos = site.cameras.enumerated().map { number, camera -> JSON in
            let works = DemonstrationCity.Site.isWorking(camera: number, site: index, at: now, seed: options.seed)
            var members: [JSON.Member] = [
                .init("videoCode", .string(camera.rawValue)), .init("online", .integer(works ? 1 : 0)),
            ]
            if !works { members.append(.init("offlineReason", "设备故障")) }
            return .object(members)
        }
        let uploader = site.uploader
        Task {
            await uploader.beat("heartbeat", datas: nil)
            if !videos.isEmpty { await uploader.beat("video", datas: .array(videos)) }
        }
    }

    private func stamp(_ virtual: Timestamp) -> Timestamp {
        let passed = Double((virtual - startedAt).milliseconds) / options.speed
        return startedAt + .milliseconds(Int64(passed.rounded()))
    }
}
