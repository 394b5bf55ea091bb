import Domain

/// A table with thin rules on all sides, header rows repeated on each page, rows never split.
struct DOCXTable {
    private static let width = 8_844
    private let table: DocumentTable
    private let widths: [Int]
    private let heading: TableHeading

    init(_ table: DocumentTable) {
        self.table = table
        widths = TableHeading.widths(table.columns, whole: Self.width)
        heading = TableHeading(table.columns)
    }

    var text: String {
        var layout = DOCXBody.Layout()
        layout.indent = ""
        layout.alignment = "center"
        layout.keepsNext = true
        layout.before = 80
        layout.line = 480
        var text = DOCXBody.paragraph([DOCXBody.run(table.title, font: DOCXStyles.heiti, halfPoints: 28)], layout)
        let rule = "w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\""
        text += "<w:tbl><w:tblPr><w:tblW w:w=\"\(Self.width)\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>"
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] { text += "<w:\(side) \(rule)/>" }
        text += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/>"
        text += "<w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
        text += widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>" + header
        if table.rows.isEmpty {
            text += row(
                cell(table.whenEmpty, width: Self.width, properties: "<w:gridSpan w:val=\"\(table.columns.count)\"/>"))
        }
        for cells in table.rows { text += row(body(cells, font: nil)) }
        for cells in table.totals { text += row(body(cells, font: DOCXStyles.heiti)) }
        text += "</w:tbl>"
        var after = DOCXBody.Layout()
        after.indent = ""
        after.line = table.note == nil ? 160 : 400
        let note = table.note.map { DOCXBody.run("注：" + $0, halfPoints: 24) }
        return text + DOCXBody.paragraph([note].compactMap(\.self), after)
    }

    private var header: String {
        guard !heading.upper.isEmpty else {
            return row(zip(table.columns, widths).map { title($0.title, $1) }.joined(), isHeader: true)
        }
        var (first, second, place) = ("", "", 0)
        for upper in heading.upper {
            let span = widths[place..<place + upper.span]
            if upper.isWhole {
                first += title(upper.title, span.reduce(0, +), "<w:vMerge w:val=\"restart\"/>")
                second += title("", span.reduce(0, +), "<w:vMerge/>")
            } else {
                first += title(upper.title, span.reduce(0, +), "<w:gridSpan w:val=\"\(upper.span)\"/>")
                for (offset, width) in span.enumerated() {
                    second += title(table.columns[place + offset].title, width)
                }
            }
            place += upper.span
        }
        return row(first, isHeader: true) + row(second, isHeader: true)
    }

    private func title(_ text: String, _ width: Int, _ properties: String = "") -> String {
        cell(text, width: width, properties: properties, font: DOCXStyles.heiti)
    }

    private func body(_ cells: [DocumentTable.Cell], font: String?) -> String {
        var text = ""
        for (index, column) in table.columns.enumerated() {
            let content = index < cells.count ? cells[index] : DocumentTable.Cell("")
            let alignment =
                switch column.alignment {
                case .leading: "left"
                case .center: "center"
                case .trailing: "right"
                }
            text += cell(
                content.text, width: widths[index], alignment: alignment,
                font: content.isBold ? DOCXStyles.heiti : font)
        }
        return text
    }

    private func cell(
        _ text: String, width: Int, properties: String = "", alignment: String = "center", font: String? = nil
    ) -> String {
        var layout = DOCXBody.Layout()
        layout.indent = ""
        layout.alignment = alignment
        layout.line = 360
        return "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>\(properties)<w:vAlign w:val=\"center\"/>"
            + "</w:tcPr>"
            + DOCXBody.paragraph([DOCXBody.run(text, font: font, halfPoints: 24)], layout) + "</w:tc>"
    }

    private func row(_ cells: String, isHeader: Bool = false) -> String {
        "<w:tr><w:trPr><w:cantSplit/>\(isHeader ? "<w:tblHeader/>" : "")</w:trPr>\(cells)</w:tr>"
    }
}
