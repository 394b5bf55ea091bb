import Domain
import Hummingbird
import Kernel
import Storage

/// One major hazard source: why it stands where it stands, its points now, who answers for it.
struct HazardPage: Sendable {
    var crumbs: [Crumb]
    var name: String
    var subtitle: String
    var level: LevelMark
    var risk: RiskTerms?
    var riskAt: String?
    var points: [PointListPage.Line]
    var callers: [Responsible]
    var vacancies: String?
    var rows: [WarningRow]
    var changes: [Change]

    struct Responsible: Sendable {
        var title: String
        var phone: String?
        var dial: String?
    }
    struct Change: Sendable {
        var at: String
        var text: String
        var level: LevelMark
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let id = HazardID(visit.parameter("id"))
        let read = try await visit.read { session throws(StorageError) in
            try Self.read(id, scope: scope, now: now, in: &session)
        }
        guard var found = read else { throw PageRefusal.notFound }
        visit.site.freshen(&found.points)
        visit.site.freshen(&found.warnings)
        return visit.page(
            "hazard", HazardPage(found, officer: visit.officer, now: now), title: "重大危险源", section: .enterprises)
    }

    struct Found: Sendable {
        var hazard: HazardListing
        var risk: WarningDossier.Risk?
        var points: [PointSheet]
        var responsible: [WarningDossier.Responsible]
        var warnings: [WarningListing]
        var changes: [RiskChanges.Change]
    }

    private static func read(
        _ id: HazardID, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Found? {
        var filter = HazardListing.Filter()
        filter.id = id
        guard let hazard = try HazardListing.all(filter, scope: scope, limit: 1, in: &session).first else {
            return nil
        }
        var points = PointSheet.Filter()
        points.hazard = id
        var warnings = WarningFilter()
        warnings.hazard = id
        return Found(
            hazard: hazard, risk: try WarningDossier.risk(of: id, in: &session),
            points: try PointSheet.all(points, scope: scope, limit: 300, in: &session),
            responsible: try WarningDossier.responsible(for: id, in: &session),
            warnings: try WarningList.rows(warnings, scope: scope, limit: 20, in: &session),
            changes: try RiskChanges.all(of: id, from: now - .days(7), to: now, in: &session))
    }

    init(_ found: Found, officer: Officer, now: Timestamp) {
        let hazard = found.hazard
        name = hazard.name
        crumbs = [
            Crumb(title: officer.organization, address: officer.home),
            Crumb(title: hazard.enterpriseName, address: "/enterprise/" + Form.encode(hazard.enterprise.rawValue)),
            Crumb(title: hazard.name, address: nil),
        ]
        subtitle =
            "\(hazard.enterpriseName) · \(Wording.grade(hazard.grade))重大危险源"
            + (hazard.rValue.map { " · R = " + Wording.figure($0) } ?? "") + " · 日常监管 \(hazard.regulatorName)"
        level = LevelMark(hazard.level)
        risk = found.risk.map { RiskTerms($0, now: now) }
        riskAt = found.risk.map { Wording.stamp($0.assessedAt, now: now) + " 算出" }
        points = found.points.map { PointListPage.Line($0, now: now) }
        callers = found.responsible.map { person in
            Responsible(
                title: Wording.role(person.role) + "负责人 " + person.name, phone: person.phone,
                dial: person.phone.map(Wording.dial))
        }
        let missing = ResponsibleRole.allCases.filter { role in !found.responsible.contains { $0.role == role } }
        vacancies = missing.isEmpty ? nil : missing.map { Wording.role($0) + "负责人空缺" }.joined(separator: "、")
        rows = found.warnings.map {
            var row = WarningRow($0, officer: officer, selected: nil, now: now)
            row.href = row.address
            return row
        }
        changes = found.changes.reversed().map { change in
            Change(
                at: Wording.stamp(change.at, now: now),
                text: "\(LevelMark.word(change.from)) → \(LevelMark.word(change.to)) · 风险分 "
                    + Wording.figure(change.score),
                level: LevelMark(change.to))
        }
    }
}
