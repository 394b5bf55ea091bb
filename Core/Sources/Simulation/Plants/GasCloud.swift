import Kernel

/// A leak as a train of puffs: each drifts with the wind and spreads as it goes; a detector feels their sum (Gaussian
/// puffs with reflection at the ground).
struct GasCloud: Sendable {
    struct Place: Hashable, Sendable {
        var x: Double
        var y: Double
    }

    private struct Puff: Sendable {
        var place: Place
        var grams: Double
        var spreadMeters: Double
    }

    let medium: Medium
    let source: Place
    /// 0 once the leak is shut; the cloud still has to blow away.
    var gramsPerSecond: Double
    private var puffs: [Puff] = []

    init(medium: Medium, source: Place, gramsPerSecond: Double) {
        self.medium = medium
        self.source = source
        self.gramsPerSecond = gramsPerSecond
    }

    var isGone: Bool { gramsPerSecond == 0 && puffs.isEmpty }

    mutating func advance(seconds: Int, weather: Weather.State) {
        let speed = Self.groundSpeed(weather)
        let stepX = speed * Elementary.cosine(weather.windTowards)
        let stepY = speed * Elementary.sine(weather.windTowards)
        for _ in 0..<seconds {
            if gramsPerSecond > 0 {
                puffs.append(Puff(place: source, grams: gramsPerSecond, spreadMeters: Self.spread(after: 0)))
            }
            for index in puffs.indices {
                puffs[index].place.x += stepX
                puffs[index].place.y += stepY
                puffs[index].spreadMeters += Self.spreadPerMeter * speed + 0.02
            }
        }
        let far = 90.0
        puffs.removeAll { abs($0.place.x - source.x) > far || abs($0.place.y - source.y) > far || $0.spreadMeters > 30 }
    }

    func gramsPerCubicMeter(at place: Place) -> Double {
        var sum = 0.0
        for puff in puffs {
            let x = place.x - puff.place.x
            let y = place.y - puff.place.y
            let spread = puff.spreadMeters
            let square = (x * x + y * y) / (2 * spread * spread)
            guard square < 20 else { continue }
            sum += puff.grams * 0.12698727186848194 / (spread * spread * spread) * Elementary.exp(-square)
        }
        return sum
    }

    /// The rate that puts about this much on a detector so many metres down the wind.
    static func rate(for gramsPerCubicMeter: Double, meters: Double, weather: Weather.State) -> Double {
        let spread = spread(after: meters)
        return gramsPerCubicMeter * Double.pi * spread * spread * groundSpeed(weather)
    }

    /// Between the vessels the wind is half of what blows above them.
    private static func groundSpeed(_ weather: Weather.State) -> Double { max(0.4, 0.5 * weather.windMetersPerSecond) }
    private static let spreadPerMeter = 0.16
    private static func spread(after meters: Double) -> Double { 0.7 + (spreadPerMeter + 0.015) * meters }
}
