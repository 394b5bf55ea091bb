import Domain
import Hummingbird
import Kernel
import Storage

/// The rows behind one number. Their sum is the number.
struct FigureListPage: Sendable {
    struct Line: Sendable {
        var enterprise: String
        var enterpriseAddress: String?
        var region: String
        var subject: String
        var subjectAddress: String?
        var at: String
        var ratio: String
        var state: String
        var isShort: Bool
    }

    var title: String
    var partTitle: String
    var back: String
    var parts: [Choice]
    var total: Int
    var sum: String
    var percent: String
    var definition: String
    var lines: [Line]
    var hidden: Int?
    var kind: String
    var from: String
    var to: String
    var unit: String
    var office: String

    static let rowsMax = 500

    /// A figure with a part of the rows behind it.
    struct Found: Sendable {
        var sum: Ratio
        /// Rows of the chosen part, before the limit.
        var total: Int
        var rows: [FigureRow]
        var records: [EnterpriseID: EnterpriseRecord]
        var offices: [AuthorityID: FigureBook.OfficeRecord]
        var divisions: Divisions
        var names: [String: String]

        static func read(
            _ kind: FigureKind, _ filter: FigureFilter, scope: Scope, now: Timestamp, limit: Int, offset: Int = 0,
            in session: inout Session
        ) throws(StorageError) -> Found {
            let all = try FigureStore.rows(kind, window: filter.window(now: now), scope: scope, in: &session)
            let roster = try FigureSources.roster(scope: scope, now: now, in: &session)
            var records: [EnterpriseID: EnterpriseRecord] = [:]
            for record in roster { records[record.id] = record }
            let own = filter.chosen(all, records: records)
            let part = own.filter { row in
                filter.part == "counted" ? row.isCounted : filter.part == "missing" ? row.isMissing : true
            }
            let shown = Array(part.dropFirst(offset).prefix(limit))
            let offices = try FigureSources.offices(in: &session)
            return Found(
                sum: FigureRow.sum(own), total: part.count, rows: shown, records: records, offices: offices,
                divisions: Divisions(offices.values), names: try FigureNames.names(of: shown, in: &session))
        }

        /// What a row is about, in words, and its page.
        func subject(_ row: FigureRow) -> (text: String, address: String?) {
            func named(_ id: String) -> String { names[id] ?? id }
            func address(_ page: String, _ id: String) -> String { page + Form.encode(id) }
            switch row.subject {
            case .enterprise: return ("", nil)
            case .authority(let id): return (offices[id]?.name ?? id.rawValue, nil)
            case .camera(let id): return (named(id), nil)
            case .point(let id): return (named(id.rawValue), address("/point/", id.rawValue))
            case .alarm(let id): return (named(id.rawValue), address("/alarm/", id.rawValue))
            case .warning(let id): return (named(id.rawValue), address("/warning/", id.rawValue))
            case .supervision(let id, let ordinal):
                let office = row.authority.flatMap { offices[$0]?.name } ?? ""
                return ("\(named(id.rawValue)) 督办 \(ordinal + 1) \(office)", address("/warning/", id.rawValue))
            case .duty(let id): return (named(id), nil)
            case .problem(let id): return (named(id), address("/problem/", id))
            }
        }

        func region(_ row: FigureRow) -> String {
            records[row.enterprise].map { divisions.name(of: $0.region) } ?? ""
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        guard let kind = FigureKind(rawValue: visit.parameter("kind")) else { throw PageRefusal.notFound }
        let (scope, now) = (visit.scope, visit.now)
        let filter = FigureFilter(visit.query, now: now)
        let found = try await visit.read { session throws(StorageError) in
            try Found.read(kind, filter, scope: scope, now: now, limit: rowsMax, in: &session)
        }
        let lines = found.rows.map { line($0, kind: kind, found: found) }
        let partTitle =
            filter.part == "counted" ? kind.numeratorTitle : filter.part == "missing" ? "未计入分子的" : kind.denominatorTitle
        let page = FigureListPage(
            title: kind.title, partTitle: partTitle, back: filter.address("/figures"),
            parts: Choice.list(
                [("all", "分母"), ("counted", "分子"), ("missing", "差额")], selected: filter.part),
            total: found.total,
            sum: "\(FigureFilter.shown(found.sum.numerator, kind))/\(FigureFilter.shown(found.sum.denominator, kind)) "
                + FigureFilter.measure(kind),
            percent: found.sum.percentText, definition: "分子：\(kind.numeratorTitle)；分母：\(kind.denominatorTitle)。",
            lines: lines, hidden: found.total > lines.count ? found.total - lines.count : nil, kind: kind.rawValue,
            from: ChinaTime.date(filter.from), to: ChinaTime.date(filter.to), unit: filter.unit ?? "",
            office: filter.office?.rawValue ?? "")
        return visit.page("figure-list", page, title: kind.title, section: .figures)
    }

    private static func line(_ row: FigureRow, kind: FigureKind, found: Found) -> Line {
        let record = found.records[row.enterprise]
        let subject = found.subject(row)
        let isTime = kind.measure == .enterpriseTime || kind.measure == .cameraTime
        let ratio =
            isTime || row.ratio.denominator != 1
            ? "\(FigureFilter.shown(row.ratio.numerator, kind))/\(FigureFilter.shown(row.ratio.denominator, kind))"
            : "\(row.ratio.numerator)/1"
        let isDay = row.at == Day(row.at).start
        return Line(
            enterprise: record?.name ?? "",
            enterpriseAddress: record.map { "/enterprise/" + Form.encode($0.id.rawValue) },
            region: found.region(row), subject: subject.text, subjectAddress: subject.address,
            at: isDay ? ChinaTime.date(Day(row.at)) : ChinaTime.dateTime(row.at), ratio: ratio,
            state: row.isMissing ? (row.isCounted ? "部分计入" : "未计入") : "计入", isShort: row.isMissing)
    }
}
