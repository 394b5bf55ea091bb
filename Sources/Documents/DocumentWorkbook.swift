public import Domain
public import Sheets

/// Every table of the document, and the figures of every chart, as sheets of one XLSX.
public struct DocumentWorkbook {
    public static let contentType = Workbook.contentType

    /// nil where the document has neither table nor chart.
    public static func file(_ document: Document) throws(SheetFailure) -> [UInt8]? {
        let sheets = document.tables.map { sheet($0, of: document) } + document.charts.map(sheet)
        guard !sheets.isEmpty else { return nil }
        return try Workbook(sheets: sheets).xlsx()
    }

    private static func sheet(_ table: DocumentTable, of document: Document) -> Sheet {
        let sum = Double(max(1, table.columns.reduce(0) { $0 + $1.width }))
        return Sheet(
            title: table.title,
            columns: table.columns.map { column in
                Sheet.Column(
                    column.group.map { $0 + " " + column.title } ?? column.title,
                    widthCharacters: max(8, Double(column.width) / sum * 96), isCentred: column.alignment == .center)
            },
            rows: (table.rows + table.totals).map { row in row.map(cell) },
            notes: [document.caution, HTMLDocument.plainTitle(document), table.note].compactMap(\.self))
    }

    private static func cell(_ cell: DocumentTable.Cell) -> Sheet.Cell {
        guard let number = cell.number else { return cell.text.isEmpty ? .empty : .text(cell.text) }
        if cell.text.hasSuffix("%") { return .share(Int64((number * 100).rounded()), 10_000) }
        return number == number.rounded() && number.magnitude < 1e15 ? .integer(Int64(number)) : .number(number)
    }

    private static func sheet(_ chart: DocumentChart) -> Sheet {
        Sheet(
            title: chart.title,
            columns: [Sheet.Column("", widthCharacters: 24)]
                + chart.series.map { series in
                    Sheet.Column((series.name.isEmpty ? chart.title : series.name) + "（\(chart.unit)）")
                },
            rows: chart.labels.enumerated().map { index, label in
                [.text(label)]
                    + chart.series.map { series in
                        index < series.values.count ? series.values[index].map { .number($0) } ?? .empty : .empty
                    }
            })
    }
}
