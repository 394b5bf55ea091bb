import Domain
import Hummingbird
import Kernel
import Storage

/// 排名: the month's board of orange and red episodes, and the ladder (information measures Art. 7).
struct RankingsPage: Sendable {
    struct Line: Sendable {
        var rank: Int
        var name: String
        var address: String
        var red: Int
        var orange: Int
        var enterprises: Int
        var names: String
        var months: String
        var step: String
        var isListed: Bool
        var isSevere: Bool
    }

    var month: String
    var monthTitle: String
    var previous: String
    var next: String?
    var unitTitle: String
    var length: Int
    var splitBoards: Bool
    var lines: [Line]
    var listed: Int
    var mayChange: Bool
    var csrf: String
    var counters: [Counter]

    struct Counter: Sendable {
        var title: String
        var count: Int
    }

    /// A month's board with who stands on the ladder.
    struct Board: Sendable {
        struct Row: Sendable {
            var place: MonthBoard.Place
            var standing: Ladder.Standing?
            /// Of the enterprises whose episodes they are.
            var names: [String]
        }

        var rows: [Row]
        var standings: [Ladder.Standing]
        var rules: MonthBoard.Rules

        static func read(
            _ month: Month, level: AuthorityLevel, scope: Scope, now: Timestamp, in session: inout Session
        ) throws(StorageError) -> Board {
            let ladder = try RiskBoards.ladder(month, level: level, scope: scope, now: now, in: &session)
            let rules = try RiskBoards.rules(in: &session)
            var names: [EnterpriseID: String] = [:]
            for record in try FigureSources.roster(scope: scope, now: now, in: &session) {
                names[record.id] = record.name
            }
            let standings = ladder?.standings ?? []
            let listed = Dictionary(
                standings.map { ($0.place.count.unit, $0) }, uniquingKeysWith: { first, _ in first })
            let rows = (ladder?.board.places ?? []).map { place in
                Row(
                    place: place, standing: listed[place.count.unit],
                    names: place.count.enterprises.map { names[$0] ?? $0.rawValue })
            }
            return Board(rows: rows, standings: standings, rules: rules)
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let month = visit.query.value("month").flatMap { Month(text: $0) } ?? Month(Day(now))
        let level = visit.officer.authorityLevel ?? .center
        let found = try await visit.read { session throws(StorageError) in
            try Board.read(month, level: level, scope: scope, now: now, in: &session)
        }
        let lines = found.rows.map { row in
            Line(
                rank: row.place.rank, name: row.place.count.name,
                address: "/figures?from=\(ChinaTime.date(month.first))&to=\(ChinaTime.date(month.last))&unit="
                    + Form.encode(row.place.count.unit),
                red: row.place.count.red, orange: row.place.count.orange,
                enterprises: row.place.count.enterprises.count, names: row.names.joined(separator: "、"),
                months: row.standing.map { "\($0.months)" } ?? "", step: row.standing?.step.title ?? "",
                isListed: row.standing != nil, isSevere: (row.standing?.step ?? .caution) > .caution)
        }
        let current = Month(Day(now))
        let page = RankingsPage(
            month: month.text, monthTitle: month.title, previous: "/rankings?month=" + month.previous.text,
            next: month < current ? "/rankings?month=" + month.next.text : nil,
            unitTitle: Ladder.unit(for: level).title, length: found.rules.length,
            splitBoards: found.rules.splitBoards, lines: lines, listed: found.standings.count,
            mayChange: visit.officer.role == .admin, csrf: visit.officer.csrf,
            counters: LadderStep.allCases.map { step in
                Counter(title: step.title, count: found.standings.count { $0.step == step })
            })
        return visit.page("rankings", page, title: "月度排名", section: .rankings)
    }

    /// The length of the board and whether red and orange have one each (A25): the administrator's to set.
    static func change(_ visit: Visit) async throws -> Response {
        guard let length = Int(visit.form["length"]), (1...200).contains(length) else {
            return visit.redirect("/rankings")
        }
        let rules = MonthBoard.Rules(length: length, splitBoards: visit.form.has("split"))
        let now = visit.now
        try await visit.site.store.write { session throws(StorageError) in
            try RiskBoards.set(rules, at: now, in: &session)
        }
        return visit.redirect("/rankings?done=" + Form.encode("已保存"))
    }
}
