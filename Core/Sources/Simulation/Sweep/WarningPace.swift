import Domain
public import Kernel

/// The rules alone, to be measured: sources whose levels swing every day or so and whose cases are worked off.
public struct WarningPace {
    public struct Outcome: Hashable, Sendable {
        public let events: Int
        public let warningTime: Interval
    }

    public static func run(seed: UInt64, sources: Int, days: Int) -> Outcome {
        var chance = SeededGenerator(seed: seed)
        var rules = DisposalRules.statutory
        rules.approvalTakenAsGiven = true
        let start = Timestamp(milliseconds: 1_772_380_800_000)
        let routings = (0..<sources).map { (HazardID("h\($0)"), SweepWorldMaker.routing($0, &chance)) }
        var world = WarningWorld(start: start, rules: rules, routings: routings)
        var events = 0
        var time = Interval.zero
        for hour in 1...days * 24 {
            world.advance(to: start + .hours(Int64(hour)))
            for source in 0..<sources {
                if chance.chance(1.0 / 24) { world.setLevel(chance.pick(Level.allCases), of: source) }
                if world.sources[source].level == .blue, !world.sources[source].open.isEmpty {
                    workOff(source, &world)
                }
            }
            events += world.takeLines().count
            for warning in world.takeClosed() { time = time + ((warning.closedAt ?? world.now) - warning.raisedAt) }
        }
        for source in world.sources {
            for warning in source.open { time = time + (world.now - warning.raisedAt) }
        }
        return Outcome(events: events, warningTime: time)
    }

    /// The officers answer what there is to answer; a refusal means that nothing is.
    private static func workOff(_ source: Int, _ world: inout WarningWorld) {
        let routing = world.sources[source].routing
        for authority in [routing.regulator, routing.city, routing.province] {
            while (try? world.feedBack(by: authority, of: source)) != nil {}
        }
        while (try? world.report(source)) != nil {}
    }
}
