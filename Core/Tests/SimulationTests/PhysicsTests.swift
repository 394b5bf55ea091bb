import Kernel
import Testing

@testable import Simulation

@Suite struct PhysicsTests {
    @Test(arguments: [(-30.0, 1.194), (0.0, 4.294), (20.0, 8.575), (40.0, 15.55)] as [(Double, Double)])
    func `ammonia's vapour pressure is the tables' within three percent`(celsius: Double, bar: Double) {
        #expect(abs(VapourPressure.ammonia.bar(celsius: celsius) / bar - 1) < 0.03)
    }

    @Test func `other liquids boil where they boil`() {
        #expect(abs(VapourPressure.oxygen.celsius(megapascalGauge: 0) + 183) < 0.5)
        #expect(abs(VapourPressure.methane.celsius(megapascalGauge: 0) + 161.5) < 0.7)
        #expect(abs(VapourPressure.chlorine.bar(celsius: 20) - 6.8) < 0.3)
        #expect(abs(VapourPressure.methanol.celsius(megapascalGauge: 0) - 64.6) < 0.7)
    }

    @Test func `plain arithmetic agrees with the functions it stands for`() {
        #expect(abs(Elementary.exp(1) - 2.718281828459045) < 1e-12)
        #expect(abs(Elementary.exp(-20) / 2.061153622438558e-9 - 1) < 1e-11)
        #expect(abs(Elementary.log(10) - 2.302585092994046) < 1e-12)
        #expect(abs(Elementary.log(0.003) + 5.809142990314028) < 1e-11)
        #expect(abs(Elementary.sine(2) - 0.9092974268256817) < 1e-11)
        #expect(abs(Elementary.sine(-100) - 0.5063656411097588) < 1e-10)
    }

    private let air = Weather(seed: 1).state(at: Timestamp(milliseconds: 0))
    private let design = ReactorDesign(
        celsius: 250, megapascal: 5, coolantCubicMetersPerHour: 120, stirrerAmperes: nil, levelPercent: nil)

    private func run(_ model: inout some ProcessModel, minutes: Int) {
        for tick in 0..<(minutes * 12) {
            model.advance(seconds: 5, at: Timestamp(milliseconds: Int64(tick) * 5_000), weather: air)
        }
    }

    @Test func `a reactor stands at its working point only while it is cooled`() {
        var generator = SeededGenerator(seed: 3)
        var reactor = Reactor(design: design, generator: &generator)
        run(&reactor, minutes: 600)
        #expect(abs(reactor.kelvin - 523.15) < 2, "\(reactor.kelvin)")

        reactor.disturbance = .coolingLoss
        run(&reactor, minutes: 25)
        let hot = reactor.kelvin
        #expect(hot > 523.15 + 40, "\(hot)")

        reactor.disturbance = nil
        run(&reactor, minutes: 90)
        #expect(abs(reactor.kelvin - 523.15) < 4, "\(reactor.kelvin)")
    }

    @Test func `without cooling a sphere of ammonia climbs its vapour curve`() throws {
        var generator = SeededGenerator(seed: 5)
        var sphere = PressureTank(medium: .ammonia, heightMeters: 14, kept: 4, generator: &generator)
        run(&sphere, minutes: 120)
        let before = try #require(sphere.value(of: .pressure, at: Timestamp(milliseconds: 0)))
        sphere.disturbance = .coolingLoss
        run(&sphere, minutes: 15)
        let after = try #require(sphere.value(of: .pressure, at: Timestamp(milliseconds: 0)))
        #expect(before < 0.45 && after > 0.6)
        let expected = VapourPressure.ammonia.megapascalGauge(celsius: sphere.celsius)
        #expect(abs(after - expected) < 0.001)
    }

    @Test func `a cloud is felt down the wind and not up the wind`() {
        var cloud = GasCloud(medium: .ammonia, source: .init(x: 0, y: 0), gramsPerSecond: 1)
        for _ in 0..<60 { cloud.advance(seconds: 5, weather: air) }
        let down = GasCloud.Place(x: 8 * Elementary.cosine(air.windTowards), y: 8 * Elementary.sine(air.windTowards))
        let up = GasCloud.Place(x: -down.x, y: -down.y)
        let wanted = 1 / GasCloud.rate(for: 1, meters: 8, weather: air)
        let felt = cloud.gramsPerCubicMeter(at: down)
        #expect(abs(felt / wanted - 1) < 0.5, "felt \(felt), wanted \(wanted)")
        #expect(cloud.gramsPerCubicMeter(at: up) < felt / 100)
        cloud.gramsPerSecond = 0
        for _ in 0..<120 { cloud.advance(seconds: 5, weather: air) }
        #expect(cloud.isGone)
    }
}
