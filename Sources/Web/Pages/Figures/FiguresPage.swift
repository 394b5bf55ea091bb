import Domain
import Hummingbird
import Kernel
import Storage

/// 统计指标: every rate with its two numbers, each the way to the list behind it.
struct FiguresPage: Sendable {
    struct Line: Sendable {
        var title: String
        var numerator: String
        var denominator: String
        var missing: String?
        var numeratorAddress: String
        var denominatorAddress: String
        var missingAddress: String
        var percent: String
        var isShort: Bool
        var measure: String
        var numeratorTitle: String
        var denominatorTitle: String
    }
    struct Cell: Sendable {
        var text: String
        var address: String
        var isShort: Bool
    }
    struct UnitLine: Sendable {
        var name: String
        var address: String
        var cells: [Cell]
    }

    var from: String
    var to: String
    var unit: String
    var unitName: String?
    var wholeAddress: String
    var lines: [Line]
    var meanClear: String
    var unitTitle: String
    var unitColumns: [String]
    var units: [UnitLine]
    var expected: Int
    var unconnected: Int
    var climbs: [ClimbLine]
    var climbTotal: Int

    /// How often warnings climbed on one day at one office.
    struct ClimbLine: Sendable {
        var day: String
        var office: String
        var warnings: Int
        var nextChannel: Int
        var dutyPhone: Int
        var desk: Int

        init(_ count: ClimbCount) {
            day = ChinaTime.date(count.day)
            office = count.office
            warnings = count.warnings
            nextChannel = count.steps[.nextChannel] ?? 0
            dutyPhone = count.steps[.dutyPhone] ?? 0
            desk = count.steps[.desk] ?? 0
        }
    }

    private static let unitKinds: [FigureKind] = [
        .commitment, .onlineTime, .videoTime, .alarmsCleared, .warningsInTime, .reportsInTime, .duties,
    ]

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let filter = FigureFilter(visit.query, now: now)
        let (table, climbs) = try await visit.read { session throws(StorageError) in
            (
                try FigureTable.read(window: filter.window(now: now), scope: scope, in: &session),
                try ClimbCount.list(
                    from: filter.from.start, until: filter.to.next.start, scope: scope, in: &session)
            )
        }
        var records: [EnterpriseID: EnterpriseRecord] = [:]
        for record in table.roster { records[record.id] = record }
        let lines = FigureKind.allCases.map { kind in
            line(kind, FigureRow.sum(filter.chosen(table.rows[kind] ?? [], records: records)), filter)
        }
        let level = visit.officer.authorityLevel ?? .center
        let unit = filter.unit == nil ? RankedUnit.below(level) : .enterprise
        let last = Day(max(filter.from.start, min(filter.to.start, now)))
        let expected = table.roster.filter { record in
            record.isExpected(on: last)
                && (filter.unit.map { record.id.rawValue == $0 || record.region.hasPrefix($0) } ?? true)
        }
        let page = FiguresPage(
            from: ChinaTime.date(filter.from), to: ChinaTime.date(filter.to), unit: filter.unit ?? "",
            unitName: filter.unit.map { name($0, table: table, records: records) },
            wholeAddress: "/figures?from=\(ChinaTime.date(filter.from))&to=\(ChinaTime.date(filter.to))", lines: lines,
            meanClear: table.clearTime.meanTime.map(Wording.length) ?? "—",
            unitTitle: unit.title, unitColumns: unitKinds.map(\.title),
            units: unitLines(unit, table: table, filter: filter, records: records), expected: expected.count,
            unconnected: expected.count { !$0.isExpectedOnline(on: last) }, climbs: climbs.map(ClimbLine.init),
            climbTotal: climbs.reduce(0) { $0 + $1.steps.values.reduce(0, +) })
        return visit.page("figures", page, title: "统计指标", section: .figures)
    }

    private static func name(
        _ unit: String, table: FigureTable, records: [EnterpriseID: EnterpriseRecord]
    ) -> String {
        records[EnterpriseID(unit)]?.name ?? table.divisions.name(of: unit)
    }

    private static func line(_ kind: FigureKind, _ ratio: Ratio, _ filter: FigureFilter) -> Line {
        let path = "/figures/" + kind.rawValue
        return Line(
            title: kind.title, numerator: FigureFilter.shown(ratio.numerator, kind),
            denominator: FigureFilter.shown(ratio.denominator, kind),
            missing: ratio.missing > 0 ? FigureFilter.shown(ratio.missing, kind) : nil,
            numeratorAddress: filter.address(path, part: "counted"),
            denominatorAddress: filter.address(path, part: "all"),
            missingAddress: filter.address(path, part: "missing"), percent: ratio.percentText,
            isShort: ratio.isCountable && !ratio.isWhole, measure: FigureFilter.measure(kind),
            numeratorTitle: kind.numeratorTitle, denominatorTitle: kind.denominatorTitle)
    }

    private static func unitLines(
        _ unit: RankedUnit, table: FigureTable, filter: FigureFilter, records: [EnterpriseID: EnterpriseRecord]
    ) -> [UnitLine] {
        var sums: [String: [FigureKind: Ratio]] = [:]
        for kind in unitKinds {
            for row in filter.chosen(table.rows[kind] ?? [], records: records) {
                guard let record = records[row.enterprise] else { continue }
                let id = unit.id(of: record)
                sums[id, default: [:]][kind, default: .none] += row.ratio
            }
        }
        return sums.keys.sorted().prefix(400).map { id in
            UnitLine(
                name: name(id, table: table, records: records), address: filter.address("/figures", unit: id),
                cells: unitKinds.map { kind in
                    let ratio = sums[id]?[kind] ?? Ratio.none
                    return Cell(
                        text: ratio.percentText,
                        address: filter.address("/figures/" + kind.rawValue, part: "all", unit: id),
                        isShort: ratio.isCountable && !ratio.isWhole)
                })
        }
    }
}
