public import Kernel

/// A scenario for measuring `fengsui drill`: a city whose sources change their level again and again, with people who
/// acknowledge, report and feed back. Names are numbers; the seed decides everything.
public struct DrillLoad: Sendable {
    public let enterprises: Int
    public let days: Int
    public let seed: UInt64

    public init(enterprises: Int, days: Int, seed: UInt64) {
        precondition(enterprises > 0 && days > 0, "a city and a while")
        (self.enterprises, self.days, self.seed) = (enterprises, days, seed)
    }

    /// As the contract of the drill says.
    public func scenario() -> JSON {
        var generator = SeededGenerator(seed: seed)
        guard let start = ChinaTime.parseRFC3339("2026-03-02T08:00:00+08:00") else {
            preconditionFailure("a time of our own cannot be read")
        }
        let end = start + .days(Int64(days))
        var events: [(at: Timestamp, event: JSON)] = []
        var registry: [JSON] = []
        for enterprise in 0..<enterprises {
            var hazards: [JSON] = []
            for hazard in 0...generator.integer(0...3) {
                let id = "h\(enterprise)-\(hazard)"
                hazards.append(Self.hazard(id, enterprise: enterprise, grade: generator.integer(1...4)))
                events += Self.course(of: id, from: start, until: end, generator: &generator)
            }
            registry.append([
                "id": .string("e\(enterprise)"), "name": .string("企业\(enterprise)"), "regulator": "county",
                "hazards": .array(hazards),
            ])
        }
        // One order at one instant too: the same file for the same seed.
        let ordered = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        return [
            "start": .string(ChinaTime.rfc3339(start)), "end": .string(ChinaTime.rfc3339(end)),
            "authorities": Self.authorities, "enterprises": .array(registry), "settings": [:],
            "events": .array(ordered.map(\.element.event)),
        ]
    }

    private static let authorities: JSON = [
        ["id": "center", "level": "center", "name": "中心"],
        ["id": "province", "level": "province", "name": "省"],
        ["id": "city", "level": "city", "name": "市", "parent": "province"],
        ["id": "county", "level": "county", "name": "县", "parent": "city"],
    ]

    private static func hazard(_ id: String, enterprise: Int, grade: Int) -> JSON {
        [
            "id": .string(id), "name": .string(id), "grade": .integer(Int64(grade)),
            "responsible": [
                "principal": .string("u\(enterprise)a"), "technical": .string("u\(enterprise)b"),
                "operations": .string("u\(enterprise)c"),
            ],
            "points": [],
        ]
    }

    /// About seven and a half changes of level a day, and now and then somebody who answers.
    private static func course(
        of hazard: String, from start: Timestamp, until end: Timestamp, generator: inout SeededGenerator
    ) -> [(Timestamp, JSON)] {
        var events: [(Timestamp, JSON)] = []
        var now = start
        while true {
            now = now + .seconds(Int64(generator.integer(60...22_980)))
            guard now <= end else { return events }
            let at = JSON.string(ChinaTime.rfc3339(now))
            let source = JSON.string(hazard)
            let level = generator.pick(["blue", "yellow", "orange", "red"])
            events.append((now, ["at": at, "do": "level", "hazard": source, "level": .string(level)]))
            switch generator.integer(0...9) {
            case 0, 1: events.append((now, ["at": at, "do": "acknowledge", "hazard": source, "by": "u"]))
            case 2:
                events.append(
                    (
                        now,
                        [
                            "at": at, "do": "report", "hazard": source, "result": "已处置", "cause": "误操作",
                            "measures": "培训",
                        ]
                    ))
            case 3:
                events.append(
                    (now, ["at": at, "do": "feedback", "hazard": source, "by": "county", "text": "已核查"]))
            default: break
            }
        }
    }
}
