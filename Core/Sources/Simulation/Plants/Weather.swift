public import Kernel

/// The weather of the city, a function of seed and time. The means are those of 晋城: coldest month about -2 ℃,
/// warmest about 24 ℃, a daily swing of some 10 ℃ with its peak at three in the afternoon.
public struct Weather: Sendable {
    private let front: Wander
    private let breeze: Wander
    private let gust: Wander
    private let bearing: Wander
    private let meander: Wander
    private let clouds: Wander

    public init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        front = Wander(seed: generator.next(), period: .hours(31))
        breeze = Wander(seed: generator.next(), period: .hours(3))
        gust = Wander(seed: generator.next(), period: .seconds(25))
        bearing = Wander(seed: generator.next(), period: .hours(7))
        meander = Wander(seed: generator.next(), period: .seconds(70))
        clouds = Wander(seed: generator.next(), period: .hours(9))
    }

    public struct State: Sendable {
        public var temperatureCelsius: Double
        /// 0 at night, 1 under a clear noon.
        public var sun: Double
        public var windMetersPerSecond: Double
        /// The direction towards which the air moves, radians from east, counter-clockwise.
        public var windTowards: Double
        public var humidityPercent: Double
        public var hourOfDay: Double
    }

    public func state(at instant: Timestamp) -> State {
        let day = Day(instant)
        let hour = Double((instant - day.start).milliseconds) / 3_600_000
        let dayOfYear = Double(day.components.month - 1) * 30.4 + Double(day.components.day)
        let season = Elementary.cosine((dayOfYear - 200) / 365.25 * 2 * Double.pi)
        let swing = Elementary.cosine((hour - 15) / 24 * 2 * Double.pi)
        let cover = 0.65 + 0.35 * clouds.value(at: instant)
        let height = Elementary.sine((hour - 6) / 12 * Double.pi) * (0.75 + 0.25 * season)
        let speed = 2.4 + 1.4 * breeze.value(at: instant) + 0.6 * gust.value(at: instant)
        let temperature = 11 + 13 * season + 4.5 * swing * cover + 3.5 * front.value(at: instant)
        return State(
            temperatureCelsius: temperature, sun: max(0, height) * cover, windMetersPerSecond: max(0.4, speed),
            windTowards: 2.2 * bearing.value(at: instant) + 0.35 * meander.value(at: instant),
            humidityPercent: min(95, max(15, 55 - 12 * swing + 20 * clouds.value(at: instant))), hourOfDay: hour)
    }
}
