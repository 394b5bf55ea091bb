import Domain

/// `word/document.xml`.
struct DOCXBody {
    static let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    /// How one paragraph stands. Children are written in the order that the schema wants.
    struct Layout {
        var style: String?
        var keepsNext = false
        var border = ""
        /// In twentieths of a point.
        var before = 0
        var after = 0
        /// nil: as high as it needs to be.
        var line: Int? = 580
        var indent = "<w:ind w:firstLine=\"640\" w:firstLineChars=\"200\"/>"
        var alignment: String?
        var tabs = ""
    }

    let document: Document
    private(set) var charts: [DocumentChart] = []
    private var output = ""

    init(_ document: Document) { self.document = document }

    func file(section: String) -> String {
        DOCXDocument.declaration + "<w:document xmlns:w=\"\(Self.namespace)\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
            + "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
            + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
            + "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><w:body>"
            + output + section + "</w:body></w:document>"
    }

    mutating func write() {
        head()
        if !document.addressees.isEmpty {
            var layout = Layout()
            layout.indent = ""
            put(DocumentParts.addressees(document), layout)
        }
        let items = DocumentFlow(document).items
        for (index, item) in items.enumerated() { write(item, isLast: index == items.count - 1) }
        foot()
    }

    /// The last words stay with the signature: it never stands on a page without any.
    private mutating func write(_ item: DocumentFlow.Item, isLast: Bool) {
        var layout = Layout()
        layout.keepsNext = isLast
        switch item {
        case .heading(let level, let label, let title, _):
            layout.style = String(min(4, level))
            layout.keepsNext = true
            let font = level == 1 ? DOCXStyles.heiti : level == 2 ? DOCXStyles.kaiti : DOCXStyles.fangsong
            put([run(label + title, font: font)], layout)
        case .paragraph(let paragraph):
            put(paragraph.runs.map { run($0.text, isBold: $0.isBold) }, layout)
        case .table(let table): output += DOCXTable(table).text
        case .chart(let chart, let number):
            charts.append(chart)
            draw(chart, number: number)
        case .advice(let label, let advice):
            let lead = label + (advice.addressee.isEmpty ? "" : advice.addressee + "：")
            put([run(lead, font: DOCXStyles.kaiti), run(advice.text)], layout)
        case .manual(let field):
            for line in DocumentParts.lines(of: field) { put(line, layout) }
        }
    }

    // MARK: 版头

    private mutating func head() {
        switch document.form {
        case .redHead:
            mark(before: 1_984)
            blank(2)
            var layout = Layout()
            layout.indent = ""
            layout.alignment = "center"
            // 4 mm under the number, as wide as the type area.
            layout.border = "<w:bottom w:val=\"single\" w:sz=\"16\" w:space=\"11\" w:color=\"\(Typography.red)\"/>"
            put(document.number?.text ?? "", layout)
            blank(2)
        case .letter:
            var layout = Layout()
            layout.indent = "<w:ind w:left=\"-397\" w:right=\"-397\"/>"
            layout.alignment = "center"
            layout.line = nil
            layout.border =
                "<w:bottom w:val=\"thickThinSmallGap\" w:sz=\"24\" w:space=\"11\" "
                + "w:color=\"\(Typography.red)\"/>"
            put([markRun], layout)
            layout = Layout()
            layout.indent = ""
            layout.alignment = "right"
            put(document.number?.text ?? "", layout)
            blank(1)
        case .plain:
            var layout = Layout()
            layout.indent = ""
            layout.alignment = "center"
            layout.line = nil
            let half = Int(min(30, Typography.markPoints(document.mark)) * 2)
            put([run(document.mark, font: DOCXStyles.biaosong, halfPoints: half)], layout)
            layout.alignment = "left"
            layout.tabs = "<w:tab w:val=\"right\" w:pos=\"8700\"/>"
            layout.line = 480
            layout.border = "<w:bottom w:val=\"single\" w:sz=\"16\" w:space=\"4\" w:color=\"000000\"/>"
            let left = DocumentParts.masthead(document)
            put([run(left, halfPoints: 28), Self.tab, run(document.date?.chineseDate ?? "", halfPoints: 28)], layout)
        }
        title()
    }

    private mutating func mark(before: Int) {
        var layout = Layout()
        layout.indent = ""
        layout.alignment = "center"
        layout.before = before
        layout.line = nil
        put([markRun], layout)
    }

    private var markRun: String {
        run(
            document.mark, font: DOCXStyles.biaosong, halfPoints: Int(Typography.markPoints(document.mark) * 2),
            color: Typography.red)
    }

    private mutating func title() {
        let lines = Typography.titleLines(document.title)
        guard !lines.isEmpty else { return }
        var layout = Layout()
        layout.indent = ""
        layout.alignment = "center"
        layout.line = 680
        if document.form == .plain { layout.before = 240 }
        for (index, line) in lines.enumerated() {
            layout.after = index == lines.count - 1 ? (document.form == .plain ? 240 : 580) : 0
            put([run(line, font: DOCXStyles.biaosong, halfPoints: 44)], layout)
            layout.before = 0
        }
    }

    // MARK: What follows the text

    private mutating func foot() {
        let attachments = DocumentParts.attachments(document)
        for (index, line) in attachments.enumerated() {
            var layout = Layout()
            layout.before = index == 0 ? 580 : 0
            put(line, layout)
        }
        var layout = Layout()
        layout.alignment = "right"
        layout.keepsNext = true
        if let signature = document.signature {
            layout.before = 580
            layout.indent = rightIndent(DocumentParts.signatureIndent(document))
            put(signature, layout)
        }
        if document.signature != nil || document.form != .plain, let date = document.date {
            layout.before = document.signature == nil ? 580 : 0
            layout.keepsNext = false
            layout.indent = rightIndent(4)
            put(date.chineseDate, layout)
        }
        if let annotation = document.publicity.annotation { put("（\(annotation)）", Layout()) }
        signers()
        colophon()
    }

    private func rightIndent(_ characters: Double) -> String {
        "<w:ind w:right=\"\(Int(characters * 320))\" w:rightChars=\"\(Int(characters * 100))\"/>"
    }

    private mutating func signers() {
        guard !document.signers.isEmpty else { return }
        var layout = Layout()
        layout.indent = ""
        layout.before = 580
        let line = document.signers.map { $0.role + "：" + ($0.name.isEmpty ? "　　　" : $0.name) }
        put(line.joined(separator: "　　"), layout)
    }

    /// 版记: a table at the foot of the last page's type area, thick rules outside, a thin one between. LibreOffice
    /// before 24 sets it where the text ends.
    private mutating func colophon() {
        guard !document.copies.isEmpty || document.printer != nil else { return }
        func rule(_ side: String, _ eighths: Int) -> String {
            "<w:\(side) w:val=\"single\" w:sz=\"\(eighths)\" w:space=\"0\" w:color=\"000000\"/>"
        }
        var layout = Layout()
        layout.indent = "<w:ind w:left=\"280\" w:right=\"280\"/>"
        layout.line = 500
        layout.tabs = "<w:tab w:val=\"right\" w:pos=\"8560\"/>"
        output += "<w:tbl><w:tblPr><w:tblpPr w:leftFromText=\"180\" w:rightFromText=\"180\" w:vertAnchor=\"margin\" "
        output += "w:horzAnchor=\"margin\" w:tblpXSpec=\"center\" w:tblpYSpec=\"bottom\"/>"
        output += "<w:tblW w:w=\"8844\" w:type=\"dxa\"/><w:tblBorders>\(rule("top", 8))\(rule("bottom", 8))"
        output += "\(rule("insideH", 6))</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        output += "<w:gridCol w:w=\"8844\"/></w:tblGrid>"
        var lines: [[String]] = []
        if !document.copies.isEmpty { lines.append([run(DocumentParts.copies(document), halfPoints: 28)]) }
        if let printer = document.printer {
            lines.append([
                run(printer, halfPoints: 28), Self.tab, run(DocumentParts.printed(document), halfPoints: 28),
            ])
        }
        for line in lines {
            output += "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"8844\" w:type=\"dxa\"/></w:tcPr>"
            put(line, layout)
            output += "</w:tc></w:tr>"
        }
        output += "</w:tbl>"
        var last = Layout()
        last.line = 20
        last.indent = ""
        put([], last)
    }

    // MARK: Paragraphs

    private mutating func blank(_ count: Int) {
        var layout = Layout()
        layout.indent = ""
        for _ in 0..<count { put([], layout) }
    }

    private mutating func put(_ text: String, _ layout: Layout) { put([run(text)], layout) }

    private mutating func put(_ runs: [String], _ layout: Layout) { output += Self.paragraph(runs, layout) }

    static func paragraph(_ runs: [String], _ layout: Layout) -> String {
        var text = "<w:p><w:pPr>"
        if let style = layout.style { text += "<w:pStyle w:val=\"\(style)\"/>" }
        if layout.keepsNext { text += "<w:keepNext/>" }
        if !layout.border.isEmpty { text += "<w:pBdr>\(layout.border)</w:pBdr>" }
        if !layout.tabs.isEmpty { text += "<w:tabs>\(layout.tabs)</w:tabs>" }
        text += "<w:spacing w:before=\"\(layout.before)\" w:after=\"\(layout.after)\" "
        text += layout.line.map { "w:line=\"\($0)\" w:lineRule=\"exact\"/>" } ?? "w:line=\"240\" w:lineRule=\"auto\"/>"
        text += layout.indent.isEmpty ? "<w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/>" : layout.indent
        if let alignment = layout.alignment { text += "<w:jc w:val=\"\(alignment)\"/>" }
        return text + "</w:pPr>" + runs.joined() + "</w:p>"
    }

    static let tab = "<w:r><w:tab/></w:r>"

    static func run(
        _ text: String, font: String? = nil, halfPoints: Int? = nil, isBold: Bool = false, color: String? = nil
    ) -> String {
        guard !text.isEmpty else { return "" }
        var properties = font.map(DOCXStyles.faces) ?? ""
        if isBold { properties += "<w:b/>" }
        if let color { properties += "<w:color w:val=\"\(color)\"/>" }
        if let halfPoints { properties += "<w:sz w:val=\"\(halfPoints)\"/><w:szCs w:val=\"\(halfPoints)\"/>" }
        return "<w:r>" + (properties.isEmpty ? "" : "<w:rPr>\(properties)</w:rPr>")
            + "<w:t xml:space=\"preserve\">\(Markup.escaped(text))</w:t></w:r>"
    }

    private func run(
        _ text: String, font: String? = nil, halfPoints: Int? = nil, isBold: Bool = false, color: String? = nil
    ) -> String {
        Self.run(text, font: font, halfPoints: halfPoints, isBold: isBold, color: color)
    }

    private mutating func draw(_ chart: DocumentChart, number: Int) {
        var layout = Layout()
        layout.indent = ""
        layout.alignment = "center"
        layout.keepsNext = true
        layout.before = 120
        put([run(DocumentParts.caption(chart), font: DOCXStyles.heiti, halfPoints: 28)], layout)
        // 156 mm wide; English metric units.
        let width = 5_616_000
        let height = DOCXChart(chart).heightUnits
        let name = Markup.escaped(ChartPicture(chart).spoken)
        layout.line = nil
        layout.keepsNext = false
        layout.before = 0
        put(
            [
                "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"\(width)\" "
                    + "cy=\"\(height)\"/><wp:docPr id=\"\(number)\" name=\"图\(number)\" descr=\"\(name)\"/>"
                    + "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
                    + "uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">"
                    + "<c:chart r:id=\"rIdChart\(number)\"/>"
                    + "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
            ], layout)
    }
}
