import Domain
import Kernel

/// Offices and a problem for tests: ministry, province, city, county, park.
enum ProblemSample {
    static let ministry = AuthorityTree.Node(id: "M", level: .ministry, parent: nil)
    static let province = AuthorityTree.Node(id: "P", level: .province, parent: "M")
    static let city = AuthorityTree.Node(id: "C", level: .city, parent: "P")
    static let county = AuthorityTree.Node(id: "X", level: .county, parent: "C")
    static let park = AuthorityTree.Node(id: "K", level: .park, parent: "C")
    static let lineage = [county, city, province, ministry]
    static let start = Day(year: 2026, month: 11, day: 23)!.start + .hours(10)

    static func draft(
        finder: AuthorityID = "M", severity: ProblemSeverity = .general, order: Rectification? = nil,
        isHandedDownAtOnce: Bool = false, subject: ProblemParty = .enterprise("E")
    ) -> ProblemDraft {
        ProblemDraft(
            source: .spotCheck("s1"), subject: subject, severity: severity, topic: "duty", text: "值班人员离岗",
            finder: finder, rectification: order, isHandedDownAtOnce: isHandedDownAtOnce)
    }

    static func problem(
        _ draft: ProblemDraft = draft(), path: [AuthorityID] = ["M", "P", "C", "X"]
    ) throws -> Problem {
        try Problem.raise(draft, id: "pb1", path: path, supervisionNumber: "督〔2026〕1号", at: start).problem
    }

    static let answer = ProblemCommand.Answer(measures: "已补岗", proof: "照片", finishedAt: start + .hours(1))
}

extension Problem {
    /// Decides and applies; the events.
    @discardableResult
    mutating func act(_ command: ProblemCommand, at now: Timestamp) throws -> [ProblemEvent] {
        let events = try decide(command, at: now)
        for event in events { apply(event, at: now) }
        return events
    }
}
