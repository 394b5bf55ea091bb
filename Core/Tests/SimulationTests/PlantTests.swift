import Domain
import Kernel
import Simulation
import Testing

@Suite struct PlantTests {
    private func digest(seed: UInt64, stepSeconds: Int64) -> UInt64 {
        let city = DemonstrationCity.make(seed: 1)
        var simulated = SimulatedCity(city: city, seed: seed, incidentsPerHour: 300, startingAt: start)
        var streams = city.sites.map { _ in Digest() }
        var at = start
        while at < start + .minutes(6) {
            at = min(start + .minutes(6), at + .seconds(stepSeconds))
            simulated.step(to: at) { plant, readings in
                for reading in readings { streams[plant].add(reading, plant: plant) }
            }
        }
        return streams.reduce(0) { ($0 &* 31) ^ $1.value }
    }

    @Test func `the same seed gives the same readings, whatever the steps, and another seed gives others`() {
        let whole = digest(seed: 7, stepSeconds: 360)
        #expect(digest(seed: 7, stepSeconds: 360) == whole)
        #expect(digest(seed: 7, stepSeconds: 7) == whole)
        #expect(digest(seed: 8, stepSeconds: 360) != whole)
    }

    /// In winter, and once more in the hottest days.
    @Test(arguments: [start, Timestamp(milliseconds: 1_784_505_600_000)])
    func `an honest city raises no alarm in 24 hours`(from: Timestamp) {
        let city = DemonstrationCity.make(seed: 1, samplingFactor: 24)
        let found = crossings(city, seed: 11, perHour: 0, from: from, hours: 24)
        #expect(found.isEmpty, "\(found.sorted { $0.key < $1.key }.prefix(20))")
    }

    @Test(
        arguments: [
            ("leak@晋沁化工/V-203!severe", "GT-203"), ("overpressure@晋沁化工/V-203!severe", "PT-2031"),
            ("overfill@晋沁化工/T-102!moderate", "LT-1021"), ("coolingLoss@140521001/R-201!moderate", "TI-2011"),
            ("coolingLoss@晋沁化工/V-301!moderate", "PT-3011"), ("leak@白水气体!severe", "GT-"),
            ("leak@沁岭液化!severe", "GT-"), ("overpressure@丹源化工/V-101!severe", "PT-1011"),
        ] as [(String, String)])
    func `an incident asked for by name is felt, and ends`(text: String, tag: String) throws {
        var city = DemonstrationCity.make(seed: 1)
        let request = try #require(IncidentRequest(text))
        city.sites = [city.sites[try #require(city.site(called: request.enterprise))]]
        let index = 0
        let points = city.sites[index].points
        var simulated = SimulatedCity(city: city, seed: 5, incidentsPerHour: 0, startingAt: start)
        simulated.step(to: start + .minutes(5)) { _, _ in }
        #expect(simulated.start(request) == nil)

        var firstAt: Timestamp?
        var lastAt: Timestamp?
        simulated.step(to: start + .hours(3)) { plant, readings in
            guard plant == index else { return }
            for reading in readings {
                let point = points[reading.point].registered
                guard point.tag?.hasPrefix(tag) == true, point.limits.isBeyond(reading.value) else { continue }
                firstAt = firstAt ?? reading.at
                lastAt = reading.at
            }
        }
        let first = try #require(firstAt)
        let last = try #require(lastAt)
        #expect(first < start + .minutes(35), "first after \((first - start).minutes) min")
        #expect(last < start + .minutes(150), "last after \((last - start).minutes) min")
        #expect(simulated.plants[index].active.isEmpty)
    }

    @Test func `what cannot happen is refused in words`() throws {
        var simulated = SimulatedCity(
            city: DemonstrationCity.make(seed: 1), seed: 5, incidentsPerHour: 0, startingAt: start)
        #expect(simulated.start(try #require(IncidentRequest("leak@没有"))) == "没有企业“没有”")
        #expect(simulated.start(try #require(IncidentRequest("leak@晋沁化工/X-1"))) != nil)
        #expect(IncidentRequest("fire@晋沁化工") == nil)
        #expect(IncidentRequest("leak@晋沁化工!terrible") == nil)
    }

    @Test func `instruments freeze, fall silent, and say that they are bad`() throws {
        let city = DemonstrationCity.make(seed: 1)
        for (kind, expected) in [("sensorFreeze", 1), ("sensorDropout", 0), ("badQuality", 2)] {
            var simulated = SimulatedCity(city: city, seed: 5, incidentsPerHour: 0, startingAt: start)
            let request = try #require(IncidentRequest("\(kind)@晋沁化工/V-203!severe"))
            #expect(simulated.start(request) == nil)
            let index = try #require(city.site(called: "晋沁化工"))
            let faulty = try #require(simulated.plants[index].active.first?.point)
            var values: [Double] = []
            var qualities: Set<ReadingQuality> = []
            simulated.step(to: start + .minutes(10)) { plant, readings in
                for reading in readings where plant == index && reading.point == faulty {
                    values.append(reading.value)
                    qualities.insert(reading.quality)
                }
            }
            if expected == 0 { #expect(values.isEmpty) }
            if expected == 1 { #expect(Set(values).count == 1 && values.count > 10) }
            if expected == 2 { #expect(qualities == [.bad]) }
        }
    }

    @Test func `incidents come at the rate asked for`() {
        var schedule = IncidentSchedule(perHour: 4, seed: 3, startingAt: start)
        let found = schedule.due(to: start + .hours(500), plants: 30)
        #expect((1_800...2_200).contains(found.count))
        let severities = Dictionary(grouping: found, by: { $0.incident.severity }).mapValues(\.count)
        #expect(severities[.extreme, default: 0] < found.count / 50)
        #expect(severities[.mild, default: 0] > found.count / 2)
    }
}
