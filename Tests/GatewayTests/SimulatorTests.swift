import Domain
import Kernel
import Simulation
import Synchronization
import Testing

@testable import Gateway

@Suite struct SimulatorTests {
    /// A clock that stands where the last wait ended.
    private final class VirtualClock: Sendable {
        private let instant = Mutex(noon)
        var now: Timestamp { instant.withLock { $0 } }
        func rest(_ interval: Interval) async throws {
            instant.withLock { $0 = $0 + interval }
            await Task.yield()
        }
    }

    private func simulate(speed: Double, requests: [String], minutes: Int64) async throws -> FakeServer {
        var city = DemonstrationCity.make(seed: 1)
        city.sites = [city.sites[0]]
        let server = FakeServer()
        let clock = VirtualClock()
        let uploader = Uploader(
            source: city.sites[0].gateway.rawValue, key: "k", epoch: "s", capacity: 100_000, transport: server,
            clock: { clock.now }, tell: { _ in })
        var run = SimulatorRun(
            city: city,
            options: .init(
                seed: 3, speed: speed, incidentsPerHour: 0, requests: requests.compactMap { IncidentRequest($0) }),
            uploaders: [city.sites[0].gateway: uploader], clock: { clock.now }, rest: { try await clock.rest($0) },
            tell: { _ in })
        async let delivery: Void = uploader.run()
        try await run.run(for: .minutes(minutes))
        await uploader.finish()
        await delivery
        #expect(server.items.count == run.readings)
        return server
    }

    @Test func `every reading of the plant arrives once, stamped with the clock`() async throws {
        let server = try await simulate(speed: 10, requests: [], minutes: 10)
        let times = server.items.map(\.at)
        let newest = try #require(times.max())
        #expect((58_000...60_000).contains(newest - noon.milliseconds), "\(newest - noon.milliseconds)")
        let keys = server.items.map { "\($0.target)@\($0.at)" }
        #expect(Set(keys).count == keys.count)
    }

    @Test func `a gateway that is cut off keeps its readings and sends them afterwards`() async throws {
        let server = try await simulate(speed: 1, requests: ["gatewayDropout@晋沁化工!mild"], minutes: 15)
        #expect(server.items.contains { $0.isBackfill })
        let point = "140521001001G0003P01"
        let times = server.items.filter { $0.target == point }.map(\.at)
        #expect(times == times.sorted() && times.count >= 175, "\(times.count)")
    }
}
