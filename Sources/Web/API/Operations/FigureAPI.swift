import Domain
import Hummingbird
import Kernel
import Storage

/// Figures, rankings, evaluation and attention lists: the same definitions as the pages and the bulletins.
enum FigureAPI {
    private static let regulator: Set<AccountRole> = [.duty, .admin]

    static var routes: [APIRoute] {
        [figures.route, rows.route, rankings.route, evaluation.route, attention.route]
    }

    private static let window = [
        APIParameter("from", "从哪天；不写为 to 那天", .day), APIParameter("to", "到哪天（含）；不写为今天，最长一年", .day),
        APIParameter("unit", "区划代码的前几位，或企业编号"), APIParameter("office", "日常监管单位编号"),
    ]
    private static let month = APIParameter("month", "月份，如 2026-11；不写为本月", .month)

    private static func month(_ call: APICall) throws(Problem) -> Month {
        guard let text = call.query.value("month") else { return Month(Day(call.now)) }
        guard let month = Month(text: text) else { throw Problem(.parameter, "参数 month：月份写成 2026-11") }
        return month
    }

    private static let figures = APIListing(
        path: "/api/v1/figures", operation: "listFigures", tag: .figures, title: "统计指标",
        detail: "每项都有分子分母；rows 是清单的地址。", roles: regulator, filters: window, record: FigureRecords.figure,
        page: "/figures"
    ) { call, range in
        let (scope, now, filter) = (call.scope, call.now, FigureFilter(call.query, now: call.now))
        let table = try await call.read { session throws(StorageError) in
            try FigureTable.read(window: filter.window(now: now), scope: scope, in: &session)
        }
        var records: [EnterpriseID: EnterpriseRecord] = [:]
        for record in table.roster { records[record.id] = record }
        let all = FigureKind.allCases.map { kind in
            let own = filter.chosen(table.rows[kind] ?? [], records: records)
            return FigureRecords.Figure(kind: kind, ratio: FigureRow.sum(own), filter: filter)
        }
        return .init(all, range)
    }

    private static let rows = APIListing(
        path: "/api/v1/figures/{kind}", operation: "listFigureRows", tag: .figures, title: "指标清单",
        roles: regulator,
        filters: [APIParameter("kind", "指标代码", .words(FigureKind.self) { $0.title }, place: .path)] + window + [
            APIParameter(
                "part", "哪一部分，不写为分母", .choice([("all", "分母"), ("counted", "分子"), ("missing", "差额")]))
        ], record: FigureRecords.row
    ) { call, range in
        guard let kind = FigureKind(rawValue: call.visit.parameter("kind")) else { throw Problem(.notFound) }
        let (scope, now, filter) = (call.scope, call.now, FigureFilter(call.query, now: call.now))
        let found = try await call.read { session throws(StorageError) in
            try FigureListPage.Found.read(
                kind, filter, scope: scope, now: now, limit: range.limit, offset: range.offset, in: &session)
        }
        return .init(rows: found.rows.map { .init(row: $0, found: found) }, total: found.total)
    }

    private static let rankings = APIListing(
        path: "/api/v1/rankings", operation: "listRankings", tag: .figures, title: "月度排名",
        detail: "重大、较大安全风险次数，按事件段计（A25）；入榜的有警示、批评、约谈三步。", roles: regulator,
        filters: [month], record: FigureRecords.place, page: "/rankings"
    ) { call, range in
        let (scope, now, month) = (call.scope, call.now, try month(call))
        let level = call.officer.authorityLevel ?? .center
        let board = try await call.read { session throws(StorageError) in
            try RankingsPage.Board.read(month, level: level, scope: scope, now: now, in: &session)
        }
        return .init(board.rows.map { .init(row: $0, month: month) }, range)
    }

    private static let evaluation = APIListing(
        path: "/api/v1/evaluation", operation: "listEvaluation", tag: .figures, title: "处置评比",
        detail: "差的在前，先单位后企业。", roles: regulator,
        filters: [month, APIParameter("kind", "只要哪一种", .choice([("office", "单位"), ("enterprise", "企业")]))],
        record: FigureRecords.evaluated, page: "/evaluation"
    ) { call, range in
        let (scope, now, month) = (call.scope, call.now, try month(call))
        let board = try await call.read { session throws(StorageError) in
            try EvaluationPage.board(of: month, scope: scope, now: now, in: &session)
        }
        let kind = call.query["kind"]
        var all: [FigureRecords.Evaluated] = []
        if kind != "enterprise" { all += board.offices.map { .init(unit: $0, kind: "office", month: month) } }
        if kind != "office" { all += board.enterprises.map { .init(unit: $0, kind: "enterprise", month: month) } }
        return .init(all, range)
    }

    private static let attention = APIListing(
        path: "/api/v1/attention", operation: "listAttention", tag: .figures, title: "重点关注", detail: "最多一分钟前的快照。",
        roles: [.duty], filters: [APIParameter("reason", "哪一类", .words(Attention.Reason.self) { $0.title })],
        record: FigureRecords.watched, page: "/attention"
    ) { call, range in
        let office = try call.office()
        let snapshot = try await call.site.attention.snapshot(of: office, store: call.site.store, now: call.now)
        let items = AttentionPage.items(snapshot, reason: Attention.Reason(rawValue: call.query["reason"]))
        return .init(items.map { .init(item: $0, place: snapshot?.places[$0.enterprise]) }, range)
    }
}
