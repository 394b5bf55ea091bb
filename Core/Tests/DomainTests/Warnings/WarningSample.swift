import Domain
import Kernel

/// A warning of one source for tests of single rules, with the clock in minutes after it was raised.
struct WarningSample {
    private(set) var warning: Warning
    private(set) var events: [(at: Timestamp, event: WarningEvent)] = []

    static let start = Timestamp(milliseconds: 1_772_416_800_000)
    static let routing = Routing(
        enterprise: "e1", responsible: [.principal: "u1", .technical: "u2", .operations: "u3"], regulator: "county",
        park: nil, city: "city", province: "province", centers: ["center"])

    init(_ level: Level = .yellow, openAlarms: [AlarmID] = [], rules: DisposalRules = .statutory) {
        let first = Warning.raise(
            id: "w1", hazard: "h1", ordinal: 1, level: level, openAlarms: openAlarms, cause: ["score": 64.5],
            rules: rules, routing: Self.routing, at: Self.start)
        guard case .raised(let raised)? = first.first else { preconditionFailure("a raise begins with raised") }
        warning = Warning(id: "w1", raised: raised, at: Self.start)
        for event in first.dropFirst() { warning.apply(event, at: Self.start) }
        events = first.map { (Self.start, $0) }
    }

    @discardableResult
    mutating func perform(
        _ command: WarningCommand, at minutes: Int64
    ) throws(WarningRefusal) -> [WarningEvent] {
        let now = Self.start + .minutes(minutes)
        let found = try warning.decide(command, at: now, routing: Self.routing)
        for event in found {
            warning.apply(event, at: now)
            events.append((now, event))
        }
        return found
    }

    @discardableResult
    mutating func level(_ level: Level, at minutes: Int64) throws(WarningRefusal) -> [WarningEvent] {
        try perform(.setLevel(level, openAlarms: [], cause: .null), at: minutes)
    }

    func refusal(of command: WarningCommand, at minutes: Int64) -> WarningRefusal? {
        do throws(WarningRefusal) {
            _ = try warning.decide(command, at: Self.start + .minutes(minutes), routing: Self.routing)
            return nil
        } catch { return error }
    }

    static let report = WarningCommand.report(by: "e1", result: "已关阀", cause: "误操作", measures: "培训")
}
