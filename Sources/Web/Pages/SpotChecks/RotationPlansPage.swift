import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 轮回计划: each plan with how far its period is, a square an enterprise; how its former periods ended; a new one.
struct RotationPlansPage: Sendable {
    struct Member: Sendable {
        var name: String
        var title: String
        var isCovered: Bool
    }
    struct Period: Sendable {
        var text: String
        var isComplete: Bool
    }
    struct Plan: Sendable {
        var id: String
        var name: String
        var office: String
        var rule: String
        var window: String
        var figure: String
        var percent: String
        var width: Int
        var pace: String
        var members: [Member]
        var periods: [Period]
        var isRunning: Bool
        var mayEnd: Bool
    }

    var plans: [Plan]
    var periods: [Choice]
    var mayWrite: Bool
    var today: String
    var values: [String: String]
    var name: String
    var industries: String
    var regions: String
    var startsOn: String
    var endsOn: String
    var errors: [FieldError]
    var hasErrors: Bool
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, errors: [], status: .ok)
    }

    static func create(_ visit: Visit) async throws -> Response {
        guard let office = visit.officer.authority else { throw PageRefusal.notFound }
        let form = visit.form
        func words(_ text: String) -> [String] {
            text.split { ",,、;; ".contains($0) }.map(String.init)
        }
        guard let startsOn = ChinaTime.parseDate(form["startsOn"]) else {
            return try await render(
                visit, errors: [.init(field: "startsOn", message: "开始日写成 2026-11-23")], status: .unprocessableContent)
        }
        let endsOn = form.value("endsOn").map(ChinaTime.parseDate)
        if let endsOn, endsOn == nil {
            return try await render(
                visit, errors: [.init(field: "endsOn", message: "结束日写成 2026-12-31,可以空着")],
                status: .unprocessableContent)
        }
        let context = visit.operation()
        let (industries, regions) = (words(form["industries"]), words(form["regions"]))
        let (name, period) = (form["name"], RotationPeriod(rawValue: form["period"]) ?? .month)
        do {
            try await visit.site.store.write { session throws(SpotCheckFailure) in
                var context = context
                try RotationPlanOperations.create(
                    name: name, industries: industries, regions: regions, enterprises: [], period: period,
                    startsOn: startsOn, endsOn: endsOn ?? nil, office: office, context: &context, in: &session)
            }
        } catch {
            return try await render(
                visit, errors: [.init(field: "name", message: error.text)], status: .unprocessableContent)
        }
        return visit.redirect("/checks/plans")
    }

    static func end(_ visit: Visit) async throws -> Response {
        guard let office = visit.officer.authority else { throw PageRefusal.notFound }
        let (id, context) = (RotationPlanID(visit.parameter("id")), visit.operation())
        do {
            try await visit.site.store.write { session throws(SpotCheckFailure) in
                var context = context
                try RotationPlanOperations.end(id, office: office, context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(
                visit, errors: [.init(field: "name", message: error.text)], status: .unprocessableContent)
        }
        return visit.redirect("/checks/plans")
    }

    private static func render(
        _ visit: Visit, errors: [FieldError], status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, today, own) = (visit.scope, Day(visit.now), visit.officer.authority)
        let found = try await visit.read { session throws(StorageError) in
            try RotationCoverageQuery.all(on: today, scope: scope, in: &session)
        }
        let form = visit.form
        let page = RotationPlansPage(
            plans: found.map { Plan($0, today: today, own: visit.officer.role == .duty ? own : nil) },
            periods: Choice.list(
                RotationPeriod.allCases.map { ($0.rawValue, $0.title) }, selected: form.value("period") ?? "month"),
            mayWrite: visit.officer.role == .duty, today: ChinaTime.date(today), values: [:], name: form["name"],
            industries: form["industries"], regions: form["regions"],
            startsOn: form.value("startsOn") ?? ChinaTime.date(today), endsOn: form["endsOn"], errors: errors,
            hasErrors: !errors.isEmpty, csrf: visit.officer.csrf)
        return visit.page("check-plans", page, title: "轮回计划", section: .checks, status: status)
    }
}

extension RotationPlansPage.Plan {
    init(_ found: RotationCoverageQuery.Found, today: Day, own: AuthorityID?) {
        let (plan, coverage) = (found.plan, found.coverage)
        id = plan.id.rawValue
        name = plan.name
        office = found.officeName
        var rules: [String] = [plan.period.title + "每家至少一次"]
        if !plan.industries.isEmpty { rules.append("行业:" + plan.industries.joined(separator: "、")) }
        if !plan.regions.isEmpty { rules.append("地区:" + plan.regions.joined(separator: "、")) }
        rule = rules.joined(separator: " · ")
        window = ChinaTime.date(coverage.window.lowerBound) + " 至 " + ChinaTime.date(coverage.window.upperBound)
        figure = "\(coverage.covered)/\(coverage.members)"
        percent = Wording.percent(coverage.covered, of: coverage.members)
        width = coverage.members > 0 ? coverage.covered * 100 / coverage.members : 0
        isRunning = plan.isInForce(on: today)
        let daysLeft = Int(coverage.window.upperBound.number - today.number) + 1
        let missing = coverage.members - coverage.covered
        pace =
            !isRunning
            ? "不在执行期"
            : missing == 0
                ? "本期已全覆盖"
                : "还有 \(missing) 家、\(max(daysLeft, 0)) 天,平均每日至少 \(perDay(missing, daysLeft)) 家"
        members = found.members.map { member in
            RotationPlansPage.Member(
                name: member.name,
                title: member.name + " " + (member.lastChecked.map { "上次 \(ChinaTime.date($0))" } ?? "从未抽过"),
                isCovered: member.lastChecked.map { coverage.window.contains($0) } ?? false)
        }
        periods = found.periods.map { period in
            RotationPlansPage.Period(
                text: "\(ChinaTime.date(period.window.lowerBound)) 起 \(period.covered)/\(period.members)",
                isComplete: period.covered == period.members)
        }
        mayEnd = isRunning && own == plan.authority
    }
}

private func perDay(_ missing: Int, _ days: Int) -> Int { days > 0 ? (missing + days - 1) / days : missing }
