import Domain
import Kernel
import Simulation

/// A warning story of one source on 2 March 2026, told by clock times: "10:00", or "+1 09:00" for the next day.
struct Story {
    var world: WarningWorld
    private(set) var happened: [String] = []

    static let routing = Routing(
        enterprise: "e1", responsible: [.principal: "u1", .technical: "u2", .operations: "u3"], regulator: "county",
        park: nil, city: "city", province: "province", centers: ["center"])

    init(rules: DisposalRules = Story.givenRules, routing: Routing = Story.routing) {
        world = WarningWorld(start: Story.time("00:00"), rules: rules, routings: [("h1", routing)])
    }

    /// As in a drill: the regulator's approval is taken as given.
    static var givenRules: DisposalRules {
        var rules = DisposalRules.statutory
        rules.approvalTakenAsGiven = true
        return rules
    }

    static func time(_ text: String) -> Timestamp {
        var clock = Substring(text)
        var day: Int64 = 0
        if text.hasPrefix("+") {
            let parts = text.dropFirst().split(separator: " ")
            day = Int64(parts[0]) ?? 0
            clock = parts[1]
        }
        let fields = clock.split(separator: ":").map { Int64($0) ?? 0 }
        let start = Timestamp(milliseconds: 1_772_380_800_000)
        return start + .days(day) + .hours(fields[0]) + .minutes(fields[1]) + .seconds(fields.count > 2 ? fields[2] : 0)
    }

    mutating func at(_ time: String, _ deed: (inout WarningWorld) throws -> Void) rethrows {
        world.advance(to: Story.time(time))
        try deed(&world)
    }

    mutating func level(_ level: Level, at time: String) {
        world.advance(to: Story.time(time))
        world.setLevel(level, of: 0)
    }

    mutating func end(_ time: String) { world.finish(at: Story.time(time)) }

    /// `10:30 caution red 1 → city`, `11:00 supervision red → province`, …
    func notices(_ words: Set<String> = ["caution", "supervision", "reportOverdue"]) -> [String] {
        world.lines.compactMap { line in
            guard let text = Story.describe(line.event), words.contains(String(text.prefix { $0 != " " })) else {
                return nil
            }
            return Story.clock(line.at) + " " + text
        }
    }

    static func clock(_ instant: Timestamp) -> String {
        let days = (instant - time("00:00")) / .days(1)
        let clock = String(ChinaTime.clock(instant).prefix(5))
        return days == 0 ? clock : "+\(days) \(clock)"
    }

    static func describe(_ event: WarningEvent) -> String? {
        func names(_ recipients: [Recipient]) -> String { recipients.map(\.id).joined(separator: ",") }
        return switch event {
        case .raised(let raised): "raised \(raised.level.name) → \(names(raised.recipients))"
        case .changed(let change): "changed \(change.from.name) \(change.to.name) → \(names(change.recipients))"
        case .cleared: "cleared"
        case .alarmLinked, .alarmCleared: nil
        case .allClear: "allClear"
        case .cautioned(let caution):
            "caution \(caution.level.name) \(caution.count) → \(names(caution.recipients))"
                + (caution.isLate ? " late" : "")
        case .supervisionOrdered(let level, let authority, _): "supervision \(level.name) → \(authority)"
        case .reportOverdue: "reportOverdue"
        case .acknowledged(let person, _): "acknowledged \(person)"
        case .progressed: "progressed"
        case .reported(let report): "reported" + (report.isLate ? " late" : "")
        case .reportReturned: "returned"
        case .reportApproved: "approved"
        case .fedBack(_, let authority, _): "fedBack \(authority)"
        case .annotated: "annotated"
        case .closed: "closed"
        }
    }
}
