import Documents
import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Sheets
import Storage

/// The day's records in exactly the form of the appendix (domain §10.8): a spreadsheet, or a page to print.
struct SpotCheckExport: Sendable {
    struct Record: Sendable {
        var cells: [String]
    }

    var title: String
    var columns: [String]
    var records: [Record]
    var office: String
    var inspectors: String
    var contact: String
    var back: String

    static func xlsx(_ visit: Visit) async throws -> Response {
        let (page, day) = try await load(visit)
        let columns = zip(page.columns, Self.widths).enumerated().map { index, pair in
            Sheets.Sheet.Column(pair.0, widthCharacters: pair.1, isCentred: index == 0 || (4...6).contains(index))
        }
        let rows = page.records.map { record in record.cells.enumerated().map { cell($1, column: $0) } }
        let sheet = Sheets.Sheet(title: page.title, columns: columns, rows: rows, footer: [page.foot])
        let bytes: [UInt8]
        do throws(SheetFailure) {
            bytes = try sheet.xlsx(createdAt: visit.now.milliseconds / 1_000)
        } catch { throw PageRefusal.refused(error.text) }
        return visit.file(bytes, name: "抽查情况-\(ChinaTime.date(day)).xlsx", type: Workbook.contentType)
    }

    static func docx(_ visit: Visit) async throws -> Response {
        let (page, day) = try await load(visit)
        let form = DOCXForm(
            title: page.title, columns: page.columns, widths: Self.widths, rows: page.records.map(\.cells),
            footer: [page.foot])
        return visit.file(
            form.file, name: "抽查情况-\(ChinaTime.date(day)).docx", type: DOCXDocument.contentType)
    }

    private static let widths: [Double] = [6, 22, 16, 20, 12, 12, 10, 30, 22, 14, 20, 26]
    private var foot: String { "抽查单位:\(office)    抽查人员:\(inspectors)    联系方式:\(contact)" }

    /// Numbers stay numbers.
    private static func cell(_ text: String, column: Int) -> Sheets.Sheet.Cell {
        guard column == 0 || column == 6, let number = Int64(text) else { return .text(text) }
        return .integer(number)
    }

    static func printed(_ visit: Visit) async throws -> Response {
        let (page, _) = try await load(visit)
        return visit.page("check-print", page, title: page.title, section: .checks, frame: .bare)
    }

    static func load(_ visit: Visit) async throws -> (SpotCheckExport, Day) {
        guard let day = ChinaTime.parseDate(visit.query["day"]),
            let office = visit.query.value("office").map({ AuthorityID($0) }) ?? visit.officer.authority
        else { throw PageRefusal.notFound }
        let scope = visit.scope
        let found = try await visit.read { session throws(StorageError) in
            (
                try SpotCheckRecordStore.submitted(by: office, on: day, scope: scope, in: &session),
                try CheckOffice.find(office, in: &session)?.name
            )
        }
        guard let name = found.1, !found.0.isEmpty || office == visit.officer.authority else {
            throw PageRefusal.notFound
        }
        func joined(_ texts: [String]) -> String {
            var seen: [String] = []
            for text in texts where !text.isEmpty && !seen.contains(text) { seen.append(text) }
            return seen.joined(separator: "、")
        }
        let page = SpotCheckExport(
            title: SpotCheckRecord.title(day), columns: SpotCheckRecord.columns,
            records: found.0.enumerated().map { Record(cells: $1.record.cells(number: $0 + 1)) }, office: name,
            inspectors: joined(found.0.map(\.record.inspectors)), contact: joined(found.0.map(\.record.contact)),
            back: "/checks?day=\(ChinaTime.date(day))&office=" + Form.encode(office.rawValue))
        return (page, day)
    }
}

extension Visit {
    /// A file to keep; the name may be Chinese (RFC 6266).
    func file(_ bytes: [UInt8], name: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .contentDisposition: "attachment; filename*=UTF-8''" + Form.encode(name),
                .cacheControl: "no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
