import Domain
import Kernel
import Simulation

let start = Timestamp(milliseconds: 1_795_392_000_000)

/// FNV-1a over everything in the readings.
struct Digest {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ reading: Reading, plant: Int) {
        add(UInt64(plant))
        add(UInt64(reading.point))
        add(UInt64(bitPattern: reading.at.milliseconds))
        add(reading.value.bitPattern)
        add(UInt64(reading.quality.rawValue.utf8.count))
    }

    private mutating func add(_ word: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            value = (value ^ ((word >> shift) & 0xff)) &* 0x100_0000_01b3
        }
    }
}

/// Points beyond a limit, by tag, over a run.
func crossings(
    _ city: DemonstrationCity, seed: UInt64, perHour: Double, from: Timestamp = start, hours: Int64
) -> [String: Double] {
    var simulated = SimulatedCity(city: city, seed: seed, incidentsPerHour: perHour, startingAt: from)
    let points = city.sites.map(\.points)
    var found: [String: Double] = [:]
    simulated.step(to: from + .hours(hours)) { plant, readings in
        for reading in readings where points[plant][reading.point].registered.limits.isBeyond(reading.value) {
            let point = points[plant][reading.point].registered
            found["\(city.sites[plant].shortName) \(point.tag ?? "") \(point.name)"] = reading.value
        }
    }
    return found
}
