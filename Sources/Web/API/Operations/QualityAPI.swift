import Domain
import Hummingbird
import Kernel
import Storage

/// Scores and findings of data quality.
enum QualityAPI {
    private static let offices: Set<AccountRole> = [.duty, .safety, .admin]

    static var routes: [APIRoute] { [findings.route, finding, scores.route, items.route] }

    private static let findings = APIListing(
        path: "/api/v1/quality-findings", operation: "listQualityFindings", tag: .quality, title: "质量问题",
        detail: "不写 state 为未闭环的。", roles: offices,
        filters: [
            APIParameter(
                "state", "状态",
                .choice(QualityFinding.State.allCases.map { ($0.rawValue, $0.label) } + [("all", "全部")])),
            APIParameter("dimension", "维度", .words(QualityDimension.self) { $0.label }),
            APIParameter("rule", "规则", .words(QualityRule.self) { $0.label }),
            APIParameter("pinned", "SZ-10 三类", .words(QualityRule.Pinned.self) { $0.label }),
            .mark("overdue", "只要逾期的"), .enterprise, APIParameter("point", "点位编码"),
        ], record: QualityRecords.finding, page: "/findings"
    ) { call, range in
        let (scope, now, filter) = (call.scope, call.now, FindingsPage.filter(call.query))
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try QualityFindingListing.all(
                    filter, scope: scope, now: now, limit: range.limit, offset: range.offset, in: &session),
                total: try QualityFindingListing.count(filter, scope: scope, now: now, in: &session))
        }
    }

    private static let finding = APIRoute(
        method: .get, path: "/api/v1/quality-findings/{id}", operation: "getQualityFinding", tag: .quality,
        title: "一条质量问题与证据", roles: offices, answer: .object(QualityRecords.whole.shape), problems: [.notFound]
    ) { call, _ in try await read(call) }

    static func read(_ call: APICall) async throws -> Response {
        let (id, scope, now) = (QualityFindingID(call.id), call.scope, call.now)
        let found = try await call.read { session throws(StorageError) -> QualityRecords.Whole? in
            var filter = QualityFindingListing.Filter()
            filter.id = id
            let list = try QualityFindingListing.all(filter, scope: scope, now: now, limit: 1, in: &session)
            guard let item = list.first else { return nil }
            return .init(item: item, steps: try QualityFindingListing.steps(of: id, in: &session))
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(QualityRecords.whole, found)
    }

    private static let scores = APIListing(
        path: "/api/v1/quality-scores", operation: "listQualityScores", tag: .quality, title: "数据质量得分",
        detail: "一天里每家企业一行，得分为分子分母之和，不是百分数的平均。不写日期为最近有分的一天。", roles: offices,
        filters: [APIParameter("day", "日期；不写为最近有分的一天", .day)], record: QualityRecords.score, page: "/quality"
    ) { call, range in
        let (scope, asked) = (call.scope, call.query.value("day").flatMap(ChinaTime.parseDate))
        let yesterday = Day(number: Day(call.now).number - 1)
        let found = try await call.read { session throws(StorageError) in
            let latest = try QualityStore.latestDay(scope: scope, in: &session)
            let day = asked ?? latest ?? yesterday
            return (
                day: day, scores: try QualityStore.scores(day: day, scope: scope, in: &session),
                weights: try QualitySettingsStore.weights(in: &session)
            )
        }
        let places = QualityRanking.places(found.scores.map { $0.tally.total(found.weights) })
        let rows = zip(found.scores, places).map { score, place in
            QualityRecords.Score(score: score, day: found.day, place: place, weights: found.weights)
        }
        return .init(rows.sorted { ($0.place ?? .max, $0.score.name) < ($1.place ?? .max, $1.score.name) }, range)
    }

    private static let items = APIListing(
        path: "/api/v1/quality-scores/{id}", operation: "listQualityItems", tag: .quality,
        title: "得分的组成", roles: offices,
        filters: [
            APIParameter("id", "企业编号", place: .path), APIParameter("day", "日期；不写为最近有分的一天", .day),
            APIParameter("dimension", "只看一个维度，差的在前", .words(QualityDimension.self) { $0.label }),
        ], record: QualityRecords.item
    ) { call, range in
        let (scope, id) = (call.scope, EnterpriseID(call.id))
        let dimension = QualityDimension(rawValue: call.query["dimension"])
        let (asked, yesterday) = (
            call.query.value("day").flatMap(ChinaTime.parseDate), Day(number: Day(call.now).number - 1)
        )
        let found = try await call.read { session throws(StorageError) -> [QualityStore.Item]? in
            guard try RegistryQueries.enterprise(id, scope: scope, in: &session) != nil else { return nil }
            let latest = try QualityStore.latestDay(scope: scope, in: &session)
            return try QualityStore.items(
                of: id, day: asked ?? latest ?? yesterday, dimension: dimension, scope: scope,
                limit: APIPaging.downloadMax + 1, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return .init(found, range)
    }
}
