import Domain
import Hummingbird
import Kernel
import Storage

/// 处置评比: how offices and enterprises disposed of the month's warnings, with the cases behind each figure (disposal
/// measures Art. 16, YJ-25).
struct EvaluationPage: Sendable {
    struct Cell: Sendable {
        var rank: String
        var pair: String
        var percent: String
        var address: String
        var isShort: Bool
    }
    struct Line: Sendable {
        var name: String
        var address: String?
        var cells: [Cell]
    }

    var monthTitle: String
    var previous: String
    var next: String?
    var columns: [String]
    var offices: [Line]
    var enterprises: [Line]
    var hidden: Int?

    /// An office or an enterprise with its rates of a month and its places by them.
    struct Unit: Sendable {
        var id: String
        var name: String
        var rates: [FigureKind: Ratio]
        var places: [FigureKind: Int] = [:]
    }

    /// A month's evaluation, the worst first.
    struct Board: Sendable {
        var offices: [Unit]
        var enterprises: [Unit]
    }

    static let enterprisesMax = 200

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let month = visit.query.value("month").flatMap { Month(text: $0) } ?? Month(Day(now))
        let ranking = try await visit.read { session throws(StorageError) in
            try board(of: month, scope: scope, now: now, in: &session)
        }
        let span = "from=\(ChinaTime.date(month.first))&to=\(ChinaTime.date(month.last))"
        let ranked = lines(ranking.enterprises, span: span, key: "unit", page: "/enterprise/")
        let page = EvaluationPage(
            monthTitle: month.title, previous: "/evaluation?month=" + month.previous.text,
            next: month < Month(Day(now)) ? "/evaluation?month=" + month.next.text : nil,
            columns: FigureKind.evaluation.map(\.title),
            offices: lines(ranking.offices, span: span, key: "office", page: nil),
            enterprises: Array(ranked.prefix(enterprisesMax)),
            hidden: ranked.count > enterprisesMax ? ranked.count - enterprisesMax : nil)
        return visit.page("evaluation", page, title: "处置评比", section: .evaluation)
    }

    static func board(
        of month: Month, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Board {
        let window = FigureWindow(month.first, through: month.last, now: max(now, month.first.start))
        let warnings = try FigureSources.histories(window: window, scope: scope, in: &session).map(\.history.warning)
        let names = try FigureSources.offices(in: &session)
        var records: [EnterpriseID: EnterpriseRecord] = [:]
        for record in try FigureSources.roster(scope: scope, now: now, in: &session) { records[record.id] = record }
        var offices: [String: Unit] = [:]
        var enterprises: [String: Unit] = [:]
        for kind in FigureKind.evaluation {
            for row in FigureRules.disposalRows(kind, warnings, window: window) {
                guard let record = records[row.enterprise] else { continue }
                let own = Unit(id: record.id.rawValue, name: record.name, rates: [:])
                enterprises[own.id, default: own].rates[kind, default: .none] += row.ratio
                // A supervision counts for the office of which it was ordered, all else for the regulator.
                let office = row.authority ?? record.regulator
                let unit = Unit(id: office.rawValue, name: names[office]?.name ?? office.rawValue, rates: [:])
                offices[unit.id, default: unit].rates[kind, default: .none] += row.ratio
            }
        }
        return Board(offices: ranked(Array(offices.values)), enterprises: ranked(Array(enterprises.values)))
    }

    /// Worst first by the first figure; every figure has its own places (1, 2, 2, 4).
    private static func ranked(_ units: [Unit]) -> [Unit] {
        var units = units.sorted { $0.id < $1.id }
        for kind in FigureKind.evaluation {
            let places = Ranking.places(units, by: { $0.rates[kind] ?? Ratio.none }, worstFirst: true)
            let ranks = Dictionary(places.map { ($0.unit.id, $0.rank) }, uniquingKeysWith: { first, _ in first })
            for index in units.indices { units[index].places[kind] = ranks[units[index].id] }
        }
        return units.sorted { left, right in
            for kind in FigureKind.evaluation {
                let (one, two) = (left.places[kind] ?? .max, right.places[kind] ?? .max)
                if one != two { return one < two }
            }
            return left.id < right.id
        }
    }

    private static func lines(_ units: [Unit], span: String, key: String, page: String?) -> [Line] {
        units.map { unit in
            Line(
                name: unit.name, address: page.map { $0 + Form.encode(unit.id) },
                cells: FigureKind.evaluation.map { kind in
                    let ratio = unit.rates[kind] ?? Ratio.none
                    return Cell(
                        rank: unit.places[kind].map(String.init) ?? "—",
                        pair: ratio.isCountable ? ratio.pairText : "—", percent: ratio.percentText,
                        address: "/figures/\(kind.rawValue)?\(span)&part=all&\(key)=" + Form.encode(unit.id),
                        isShort: ratio.missing > 0)
                })
        }
    }
}
