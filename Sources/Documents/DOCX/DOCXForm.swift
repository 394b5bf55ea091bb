/// One ruled table with a title and lines under it on A4 landscape, as a DOCX: forms such as the record of spot checks
/// (appendix of the patrol measures), whose columns are given and which are no official documents.
public struct DOCXForm: Hashable, Sendable {
    public var title: String
    public var columns: [String]
    /// Shares of the width.
    public var widths: [Double]
    public var rows: [[String]]
    public var footer: [String]

    public init(title: String, columns: [String], widths: [Double], rows: [[String]], footer: [String]) {
        self.title = title
        self.columns = columns
        self.widths = widths
        self.rows = rows
        self.footer = footer
    }

    /// Twentieths of a point: A4 landscape less 15 mm on each side.
    private static let width = 15_136

    /// The same form gives the same bytes.
    public var file: [UInt8] {
        var zip = ZipWriter()
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
        let package = "http://schemas.openxmlformats.org/package/2006/"
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        zip.add(
            "[Content_Types].xml",
            DOCXDocument.declaration + "<Types xmlns=\"\(package)content-types\">"
                + "<Default Extension=\"rels\" "
                + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/word/document.xml\" ContentType=\"\(word)document.main+xml\"/></Types>")
        zip.add(
            "_rels/.rels",
            DOCXDocument.declaration + "<Relationships xmlns=\"\(package)relationships\"><Relationship Id=\"rId1\" "
                + "Type=\"\(relation)officeDocument\" Target=\"word/document.xml\"/></Relationships>")
        zip.add("word/document.xml", document)
        return zip.finish()
    }

    private var document: String {
        let shares = columns.indices.map { widths.indices.contains($0) ? widths[$0] : 10 }
        let whole = shares.reduce(0, +)
        let spans = shares.map { Int($0 / whole * Double(Self.width)) }
        let rule = "w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\""
        var text = DOCXDocument.declaration + "<w:document xmlns:w=\"\(DOCXBody.namespace)\"><w:body>"
        text += Self.paragraph(title, halfPoints: 36, alignment: "center", font: DOCXStyles.heiti)
        text += "<w:tbl><w:tblPr><w:tblW w:w=\"\(Self.width)\" w:type=\"dxa\"/><w:tblBorders>"
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] { text += "<w:\(side) \(rule)/>" }
        text += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        text += spans.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
        text += Self.row(columns, spans, isHeader: true)
        for cells in rows { text += Self.row(cells, spans, isHeader: false) }
        text += "</w:tbl>"
        for line in footer { text += Self.paragraph(line, halfPoints: 24, alignment: "left", font: DOCXStyles.songti) }
        text += "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
        text += "<w:pgMar w:top=\"1020\" w:right=\"851\" w:bottom=\"1020\" w:left=\"851\" w:header=\"567\" "
        return text + "w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    }

    private static func row(_ cells: [String], _ spans: [Int], isHeader: Bool) -> String {
        let font = isHeader ? DOCXStyles.heiti : DOCXStyles.songti
        var text = "<w:tr><w:trPr><w:cantSplit/>\(isHeader ? "<w:tblHeader/>" : "")</w:trPr>"
        for (index, span) in spans.enumerated() {
            text += "<w:tc><w:tcPr><w:tcW w:w=\"\(span)\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
            text += paragraph(
                index < cells.count ? cells[index] : "", halfPoints: 21,
                alignment: isHeader || index == 0 ? "center" : "left", font: font)
            text += "</w:tc>"
        }
        return text + "</w:tr>"
    }

    private static func paragraph(_ text: String, halfPoints: Int, alignment: String, font: String) -> String {
        var xml = "<w:p><w:pPr><w:jc w:val=\"\(alignment)\"/></w:pPr>"
        if !text.isEmpty {
            xml += "<w:r><w:rPr>\(DOCXStyles.faces(font))<w:sz w:val=\"\(halfPoints)\"/></w:rPr>"
            xml += "<w:t xml:space=\"preserve\">\(Markup.escaped(text))</w:t></w:r>"
        }
        return xml + "</w:p>"
    }
}
