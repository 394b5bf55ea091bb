public import Domain

/// The document as HTML: part of a page of ours, or a whole file for the printer.
public struct HTMLDocument {
    private let document: Document
    /// Whether figures lead to their lists; on paper nothing leads anywhere.
    private let isLinked: Bool
    private var output = ""

    private init(_ document: Document, isLinked: Bool) {
        self.document = document
        self.isLinked = isLinked
    }

    /// `<article class="gw">`, to stand in a page that has `DocumentStyle.css`.
    public static func article(_ document: Document, isLinked: Bool = true) -> String {
        var writer = HTMLDocument(document, isLinked: isLinked)
        writer.write()
        return writer.output
    }

    /// A file by itself: what Chromium prints. The same document gives the same bytes.
    public static func file(_ document: Document) -> String {
        """
        <!doctype html>
        <html lang="zh-CN"><head><meta charset="utf-8"><title>\(Markup.escaped(Self.plainTitle(document)))</title>
        <style>
        \(DocumentStyle.css)
        \(DocumentStyle.page(isLetter: document.form == .letter, caution: document.caution))
        </style></head><body>
        \(article(document, isLinked: false))
        <script>\(DocumentStyle.footScript)</script>
        </body></html>

        """
    }

    static func plainTitle(_ document: Document) -> String {
        let title = document.title.filter { $0 != "\n" }
        return title.isEmpty ? document.mark : title
    }

    private mutating func write() {
        output += "<article class=\"gw \(document.form.rawValue)\">"
        if let caution = document.caution { output += "<p class=\"gw-caution noi\">\(Markup.escaped(caution))</p>" }
        head()
        if !document.addressees.isEmpty {
            output += "<p class=\"noi\">\(Markup.escaped(DocumentParts.addressees(document)))</p>"
        }
        var items = DocumentFlow(document).items
        let last = items.last.flatMap { $0.isText ? items.popLast() : nil }
        for item in items { write(item) }
        output += "<div class=\"gw-last\">"
        if let last { write(last) }
        foot()
        output += "</div>"
        output += "</article>\n"
    }

    private mutating func head() {
        let mark = Markup.escaped(document.mark)
        let size = Markup.number(Typography.markPoints(document.mark))
        switch document.form {
        case .redHead:
            output += "<div class=\"gw-mark\" style=\"font-size:\(size)pt\">\(mark)</div>"
            output += "<p class=\"gw-no\">\(number)</p><hr class=\"gw-rule\">"
        case .letter:
            output += "<div class=\"gw-mark\" style=\"font-size:\(size)pt\">\(mark)</div><hr class=\"gw-rule\">"
            output += "<p class=\"gw-no\">\(number)</p>"
        case .plain:
            let small = Markup.number(min(30, Typography.markPoints(document.mark)))
            output += "<div class=\"gw-mark\" style=\"font-size:\(small)pt\">\(mark)</div>"
            output += "<div class=\"gw-masthead\"><span>\(Markup.escaped(DocumentParts.masthead(document)))"
            output += "</span><span>\(document.date?.chineseDate ?? "")</span></div>"
        }
        let lines = Typography.titleLines(document.title).map(Markup.escaped)
        if !lines.isEmpty { output += "<h2 class=\"gw-title\">\(lines.joined(separator: "<br>"))</h2>" }
    }

    /// A number not yet given keeps its line.
    private var number: String { document.number.map { Markup.escaped($0.text) } ?? "&nbsp;" }

    private mutating func write(_ item: DocumentFlow.Item) {
        switch item {
        case .heading(let level, let label, let title, let key):
            let tag = "h\(min(6, level + 2))"
            output += "<\(tag) id=\"s-\(Markup.escaped(key))\">\(label)\(Markup.escaped(title))</\(tag)>"
        case .paragraph(let paragraph): output += "<p>\(runs(paragraph.runs))</p>"
        case .table(let table): write(table)
        case .chart(let chart, _):
            output += "<figure><figcaption>\(Markup.escaped(DocumentParts.caption(chart)))</figcaption>"
            output += ChartPicture(chart).svg + "</figure>"
        case .advice(let label, let advice): write(label, advice)
        case .manual(let field):
            for line in DocumentParts.lines(of: field) {
                output += "<p><span class=\"gw-hand\">\(Markup.escaped(line))</span></p>"
            }
        }
    }

    private mutating func write(_ label: String, _ advice: Advice) {
        output += "<p><span class=\"kai\">\(label)"
        if !advice.addressee.isEmpty { output += Markup.escaped(advice.addressee) + "：" }
        output += "</span>"
        let text = Markup.escaped(advice.text)
        output += advice.isEdited && isLinked ? "<span class=\"gw-hand\">\(text)</span>" : text
        if isLinked, let source = advice.source {
            output += "<a href=\"\(Markup.escaped(source))\">\(Markup.escaped(advice.sourceTitle ?? "来处"))</a>"
        }
        output += "</p>"
    }

    private func runs(_ runs: [TextRun]) -> String {
        runs.map { run in
            var text = Markup.escaped(run.text)
            if run.isBold { text = "<b>\(text)</b>" }
            if isLinked, let link = run.link { text = "<a href=\"\(Markup.escaped(link))\">\(text)</a>" }
            return text
        }.joined()
    }

    private mutating func write(_ table: DocumentTable) {
        output += "<div class=\"gw-scroll\"><table><caption>\(Markup.escaped(table.title))</caption><colgroup>"
        for width in TableHeading.widths(table.columns, whole: 1_000) {
            output += "<col style=\"width:\(Markup.number(Double(width) / 10))%\">"
        }
        output += "</colgroup><thead>"
        let heading = TableHeading(table.columns)
        if heading.upper.isEmpty {
            output += "<tr>" + table.columns.map { "<th scope=\"col\">\(Markup.escaped($0.title))</th>" }.joined()
            output += "</tr>"
        } else {
            output += "<tr>"
            for cell in heading.upper {
                let title = Markup.escaped(cell.title)
                output +=
                    cell.isWhole
                    ? "<th scope=\"col\" rowspan=\"2\">\(title)</th>"
                    : "<th scope=\"colgroup\" colspan=\"\(cell.span)\">\(title)</th>"
            }
            output += "</tr><tr>"
            for column in table.columns where column.group != nil {
                output += "<th scope=\"col\">\(Markup.escaped(column.title))</th>"
            }
            output += "</tr>"
        }
        output += "</thead><tbody>"
        if table.rows.isEmpty {
            output += "<tr><td colspan=\"\(table.columns.count)\">\(Markup.escaped(table.whenEmpty))</td></tr>"
        }
        for row in table.rows { write(row, table.columns) }
        output += "</tbody>"
        if !table.totals.isEmpty {
            output += "<tfoot>"
            for row in table.totals { write(row, table.columns) }
            output += "</tfoot>"
        }
        output += "</table></div>"
        if let note = table.note { output += "<p class=\"gw-note\">注：\(Markup.escaped(note))</p>" }
    }

    private mutating func write(_ row: [DocumentTable.Cell], _ columns: [DocumentTable.Column]) {
        output += "<tr>"
        for (index, column) in columns.enumerated() {
            let cell = index < row.count ? row[index] : DocumentTable.Cell("")
            switch column.alignment {
            case .leading: output += "<td class=\"l\">"
            case .center: output += "<td>"
            case .trailing: output += "<td class=\"r\">"
            }
            output += runs([TextRun(cell.text, isBold: cell.isBold, link: cell.link)]) + "</td>"
        }
        output += "</tr>"
    }

    private mutating func foot() {
        for line in DocumentParts.attachments(document) { output += "<p>\(Markup.escaped(line))</p>" }
        if document.signature != nil || (document.date != nil && document.form != .plain) {
            output += "<div class=\"gw-sign\">"
            if let signature = document.signature {
                let indent = Markup.number(DocumentParts.signatureIndent(document))
                output += "<p style=\"padding-right:\(indent)em\">\(Markup.escaped(signature))</p>"
            }
            if let date = document.date { output += "<p style=\"padding-right:4em\">\(date.chineseDate)</p>" }
            output += "</div>"
        }
        if let annotation = document.publicity.annotation { output += "<p>（\(annotation)）</p>" }
        if !document.signers.isEmpty {
            output += "<div class=\"gw-foot\">"
            for signer in document.signers {
                let name = signer.name.isEmpty ? "　　　" : Markup.escaped(signer.name)
                output += "<span>\(Markup.escaped(signer.role))：\(name)</span>"
            }
            output += "</div>"
        }
        guard !document.copies.isEmpty || document.printer != nil else { return }
        output += "<div class=\"gw-end\">"
        if !document.copies.isEmpty {
            output += "<div><span>\(Markup.escaped(DocumentParts.copies(document)))</span></div>"
        }
        if let printer = document.printer {
            output += "<div><span>\(Markup.escaped(printer))</span>"
            output += "<span>\(DocumentParts.printed(document))</span></div>"
        }
        output += "</div>"
    }
}
