import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 数据质量: the day's score of the jurisdiction, of its counties and of its enterprises, ranked (SJ-02).
struct QualityPage: Sendable {
    struct Line: Sendable {
        var place: String
        var name: String
        var address: String?
        var region: String
        var total: String
        var bars: [QualityBar]
    }
    struct Pinned: Sendable {
        var title: String
        var count: Int
        var address: String
        var isZero: Bool
    }

    var organization: String
    var day: String
    var earlier: String
    var later: String?
    var total: String
    var bars: [QualityBar]
    var pinned: [Pinned]
    var regions: [Line]
    var enterprises: [Line]
    var trend: String
    var isEmpty: Bool
    var waiting: Int

    static func show(_ visit: Visit) async throws -> Response {
        if visit.officer.role == .safety, let own = visit.officer.enterprise {
            return try await QualityEnterprisePage.render(
                visit, enterprise: own, isOwn: true, message: nil, status: .ok)
        }
        let (scope, now) = (visit.scope, visit.now)
        let asked = ChinaTime.parseDate(visit.query["day"])
        let found = try await visit.read { session throws(StorageError) in
            let latest = try QualityStore.latestDay(scope: scope, in: &session)
            let day = asked ?? latest ?? Day(number: Day(now).number - 1)
            return (
                day: day, scores: try QualityStore.scores(day: day, scope: scope, in: &session),
                trend: try QualityStore.trend(
                    from: Day(number: day.number - 29), through: day, scope: scope, in: &session),
                counts: try QualityFindingListing.counts(scope: scope, in: &session),
                waiting: try QualityScanStore.waiting(in: &session),
                weights: try QualitySettingsStore.weights(in: &session)
            )
        }
        let day = found.day
        let whole = found.scores.reduce(QualityTally()) { $0 + $1.tally }
        let page = QualityPage(
            organization: visit.officer.organization, day: ChinaTime.date(day),
            earlier: "/quality?day=" + ChinaTime.date(Day(number: day.number - 1)),
            later: day.next < Day(now) ? "/quality?day=" + ChinaTime.date(day.next) : nil,
            total: QualityBar.text(whole.total(found.weights)), bars: QualityBar.all(whole) { _ in nil },
            pinned: QualityRule.Pinned.allCases.map { Pinned($0, counts: found.counts) },
            regions: regions(found.scores, found.weights),
            enterprises: ranked(
                found.scores.map { score in
                    (
                        score.name,
                        "/quality/enterprise/\(Form.encode(score.enterprise.rawValue))?day="
                            + ChinaTime.date(day), score.regionName.map(WarningRow.county) ?? score.region, score.tally
                    )
                }, found.weights),
            trend: QualityBar.trend(
                found.trend, from: Day(number: day.number - 29), through: day, weights: found.weights),
            isEmpty: found.scores.isEmpty, waiting: found.waiting)
        return visit.page("quality", page, title: "数据质量", section: .quality)
    }

    private static func regions(_ scores: [QualityStore.Score], _ weights: QualityWeights) -> [Line] {
        let groups = Dictionary(grouping: scores) { $0.regionName.map(WarningRow.county) ?? $0.region }
        return ranked(
            groups.map { name, scores in
                (name, nil, "\(scores.count) 家", scores.reduce(QualityTally()) { $0 + $1.tally })
            }, weights)
    }

    /// The best first; who has no score comes last, without a place.
    private static func ranked(
        _ rows: [(String, String?, String, QualityTally)], _ weights: QualityWeights
    ) -> [Line] {
        let places = QualityRanking.places(rows.map { $0.3.total(weights) })
        return zip(rows, places).sorted { left, right in
            (left.1 ?? .max, left.0.0) < (right.1 ?? .max, right.0.0)
        }.map { row, place in
            Line(
                place: place.map { "\($0)" } ?? "—", name: row.0, address: row.1, region: row.2,
                total: QualityBar.text(row.3.total(weights)), bars: QualityBar.all(row.3) { _ in nil })
        }
    }
}

extension QualityPage.Pinned {
    init(_ kind: QualityRule.Pinned, counts: [QualityRule: Int]) {
        title = kind.label
        count = counts.reduce(0) { $0 + ($1.key.pinned == kind ? $1.value : 0) }
        address = "/findings?pinned=\(kind.rawValue)"
        isZero = count == 0
    }
}
