import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Sheets
import Storage

/// A list of the API: filters, rows, and the record that says what a row is. The page's list, the JSON, the CSV and the
/// spreadsheet are the same rows.
struct APIListing<Row: Sendable>: Sendable {
    /// Rows of a part of the list.
    struct Part: Sendable {
        var rows: [Row]
        /// How many there are in all; nil where nobody counts them.
        var total: Int?
    }

    /// What of the list is wanted.
    struct Range: Sendable {
        var limit: Int
        var offset: Int
    }

    var path: String
    var operation: String
    var tag: APITag
    var title: String
    var detail = ""
    var roles = Set(AccountRole.allCases)
    var filters: [APIParameter] = []
    var record: APIRecord<Row>
    /// The page that shows this list.
    var page: String?
    var load: @Sendable (APICall, Range) async throws -> Part

    var route: APIRoute {
        APIRoute(
            method: .get, path: path, operation: operation, tag: tag, title: title, detail: detail, roles: roles,
            parameters: filters + APIPaging.parameters, answer: .list(record.shape),
            problems: [.parameter, .tooMany] + (path.contains("{") ? [.notFound] : []),
            page: page
        ) { call, _ in
            switch call.query["format"] {
            case "csv", "xlsx": try await download(call)
            default: try await part(call)
            }
        }
    }

    private func part(_ call: APICall) async throws -> Response {
        let size = Int(call.query["size"]) ?? APIPaging.sizeUsual
        let page = Int(call.query["page"]) ?? 1
        // One more than is shown tells whether the list goes on, also where nobody counts.
        let found = try await load(call, Range(limit: size + 1, offset: (page - 1) * size))
        let rows = found.rows.prefix(size)
        let hasMore = found.rows.count > size
        var next: JSON = .null
        if hasMore {
            let kept = Pager.address(
                call.visit.path, call.query, keeping: filters.filter { $0.place == .query }.map(\.name) + ["size"])
            next = .string(kept + (kept.contains("?") ? "&" : "?") + "page=\(page + 1)")
        }
        return call.answer([
            "items": .array(rows.map { record.json($0) }), "page": .integer(Int64(page)),
            "size": .integer(Int64(size)), "total": found.total.map { .integer(Int64($0)) } ?? .null, "next": next,
        ])
    }

    private func download(_ call: APICall) async throws -> Response {
        let found = try await load(call, Range(limit: APIPaging.downloadMax + 1, offset: 0))
        guard found.rows.count <= APIPaging.downloadMax else {
            throw Problem(.tooMany, "超过 \(APIPaging.downloadMax) 行，请缩小范围后再下载")
        }
        let columns = record.printed
        let rows = found.rows.map { row in columns.map { $0.cell(row) } }
        let name = "\(title)-\(ChinaTime.date(Day(call.now)))"
        if call.query["format"] == "csv" {
            let text = APIPaging.csv(columns.map(\.title), rows)
            return call.visit.file([0xEF, 0xBB, 0xBF] + Array(text.utf8), name: name + ".csv", type: APIPaging.csvType)
        }
        let sheet = Sheets.Sheet(
            title: title,
            columns: columns.map { Sheets.Sheet.Column($0.title, widthCharacters: $0.widthCharacters) },
            rows: rows, notes: [note(call, count: rows.count)])
        do throws(SheetFailure) {
            let bytes = try sheet.xlsx(createdAt: call.now.milliseconds / 1_000)
            return call.visit.file(bytes, name: name + ".xlsx", type: Workbook.contentType)
        } catch { throw Problem(.refused, error.text) }
    }

    /// Which part of the world the table shows, under which filters.
    private func note(_ call: APICall, count: Int) -> String {
        var parts = ["\(call.officer.organization) \(call.officer.name)", ChinaTime.dateTime(call.now), "\(count) 行"]
        for filter in filters where filter.place == .query {
            guard let value = call.query.value(filter.name) else { continue }
            var word = value
            if case .choice(let words) = filter.form { word = words.first { $0.word == value }?.title ?? value }
            parts.append("\(filter.title.prefix { $0 != "；" })：\(word)")
        }
        return parts.joined(separator: " · ")
    }
}

/// What every list of the API shares.
enum APIPaging {
    static let sizeUsual = 50
    static let sizeMax = 500
    static let pageMax = 10_000
    static let downloadMax = 50_000
    static let csvType = "text/csv; charset=utf-8"

    static let parameters = [
        APIParameter("page", "第几页，从 1 起", .integer(1...Int64(pageMax))),
        APIParameter("size", "每页几项，不写为 \(sizeUsual)", .integer(1...Int64(sizeMax))),
        APIParameter(
            "format", "json（不写）为一页；csv、xlsx 为符合条件的全部，最多 \(downloadMax) 行",
            .choice([("json", "JSON"), ("csv", "CSV"), ("xlsx", "XLSX")])),
    ]

    static func csv(_ heads: [String], _ rows: [[Sheets.Sheet.Cell]]) -> String {
        var text = CSVWriter.line(heads)
        for row in rows { text += CSVWriter.line(row.map(cell)) }
        return text
    }

    private static func cell(_ cell: Sheets.Sheet.Cell) -> String {
        switch cell {
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): number.isFinite ? Wording.figure(number) : ""
        case .share(let part, let whole): Ratio(part, whole).percentText
        case .instant(let milliseconds): ChinaTime.dateTime(Timestamp(milliseconds: milliseconds))
        case .empty: ""
        }
    }
}

extension APIListing.Part {
    /// A list that is whole in memory.
    init(_ all: [Row], _ range: APIListing.Range) {
        self.init(rows: Array(all.dropFirst(range.offset).prefix(range.limit)), total: all.count)
    }
}
