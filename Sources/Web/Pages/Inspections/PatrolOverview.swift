import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 完成情况: which offices of the nation, province or city have done a day's patrols (XC-03).
struct PatrolOverview: Sendable {
    struct Line: Sendable {
        var office: String
        var level: String
        var divisions: String
        var patrols: String
        var rate: String
        var special: String?
        var state: String
        var isShort: Bool
    }
    struct Sum: Sendable {
        var level: String
        var offices: Int
        var done: Int
        var rate: String
    }

    var day: String
    var previous: String
    var next: String?
    var lines: [Line]
    var hasLines: Bool
    var sums: [Sum]
    var onlyShort: Bool
    var overdueCount: Int
    var dayText: String

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let day = ChinaTime.parseDate(visit.query["day"]) ?? Day(now)
        let found = try await visit.read { session throws(StorageError) in
            var overdue = ProblemListing.Filter()
            overdue.isOverdueOnly = true
            return (
                try PatrolStore.days(day, scope: scope, in: &session),
                try ProblemListing.count(overdue, scope: scope, in: &session)
            )
        }
        let isShortOnly = visit.query["only"] == "short"
        let shown = found.0.filter { !isShortOnly || !$0.isComplete }
        func address(_ day: Day) -> String { "/patrols/overview?day=\(ChinaTime.date(day))" }
        let levels = Dictionary(grouping: found.0, by: \.level).sorted { $0.key.depth < $1.key.depth }
        let sums = levels.map { level, rows in
            let done = rows.count(where: \.isComplete)
            return Sum(
                level: level.label, offices: rows.count, done: done, rate: Wording.percent(done, of: rows.count))
        }
        let page = PatrolOverview(
            day: ChinaTime.date(day), previous: address(Day(number: day.number - 1)),
            next: day < Day(now) ? address(day.next) : nil, lines: shown.prefix(500).map { Line($0, now: now) },
            hasLines: !shown.isEmpty, sums: sums, onlyShort: isShortOnly, overdueCount: found.1,
            dayText: address(day))
        return visit.page("patrol-overview", page, title: "巡查完成情况", section: .patrols)
    }
}

extension PatrolOverview.Line {
    init(_ row: PatrolDay, now: Timestamp) {
        office = row.officeName
        level = row.level.label
        divisions = "\(row.doneDivisions)/\(row.neededDivisions)"
        patrols = "\(row.donePatrols)/\(row.neededPatrols)"
        rate = Wording.percent(min(row.doneDivisions, row.quota.ordinary), of: row.quota.ordinary)
        special = row.specialReason
        isShort = !row.isComplete && row.closedAt != nil
        state =
            row.isComplete
            ? "完成" + (row.completedAt.map { " \(Wording.stamp($0, now: now))" } ?? "")
            : row.closedAt == nil ? "还差 \(row.progress.missing(row.quota)) 次" : "未完成" + (row.isMadeUp ? "(停机日)" : "")
    }
}
