public import Domain

/// The document as DOCX: an own writer of Office Open XML, because nothing else writes 版头, red rule and 版记.
/// The fonts are named as the standard wants them; the reader's computer has them, or puts its own in their place.
public struct DOCXDocument {
    public static let contentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    /// The same document gives the same bytes.
    public static func file(_ document: Document) -> [UInt8] {
        var body = DOCXBody(document)
        body.write()
        let pages = DOCXPages(document)
        var zip = ZipWriter()
        zip.add("[Content_Types].xml", contentTypes(charts: body.charts.count))
        zip.add("_rels/.rels", relationships(packageParts))
        zip.add("docProps/core.xml", properties(document))
        zip.add("word/document.xml", body.file(section: pages.section))
        zip.add("word/styles.xml", DOCXStyles.file)
        zip.add("word/settings.xml", settings)
        zip.add("word/fontTable.xml", DOCXStyles.fontTable)
        zip.add("word/footer1.xml", pages.footer(isEven: false))
        zip.add("word/footer2.xml", pages.footer(isEven: true))
        zip.add("word/footer3.xml", pages.firstFooter)
        zip.add("word/header1.xml", pages.header)
        var parts = bodyParts
        for (index, chart) in body.charts.enumerated() {
            zip.add("word/charts/chart\(index + 1).xml", DOCXChart(chart).file)
            parts.append(("rIdChart\(index + 1)", "chart", "charts/chart\(index + 1).xml"))
        }
        zip.add("word/_rels/document.xml.rels", relationships(parts))
        return zip.finish()
    }

    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    private static let package = "http://schemas.openxmlformats.org/package/2006/"

    private typealias Part = (id: String, type: String, target: String)
    private static let packageParts: [Part] = [
        ("rId1", "officeDocument", "word/document.xml"), ("rId2", "core-properties", "docProps/core.xml"),
    ]
    private static let bodyParts: [Part] = [
        ("rIdStyles", "styles", "styles.xml"), ("rIdSettings", "settings", "settings.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"), ("rIdOdd", "footer", "footer1.xml"),
        ("rIdEven", "footer", "footer2.xml"), ("rIdFirst", "footer", "footer3.xml"),
        ("rIdHeader", "header", "header1.xml"),
    ]

    private static func relationships(_ parts: [Part]) -> String {
        declaration + "<Relationships xmlns=\"\(package)relationships\">"
            + parts.map { part in
                let base = part.type == "core-properties" ? package + "relationships/metadata/" : office
                return "<Relationship Id=\"\(part.id)\" Type=\"\(base)\(part.type)\" Target=\"\(part.target)\"/>"
            }.joined() + "</Relationships>"
    }

    private static func contentTypes(charts: Int) -> String {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
        var parts: [(String, String)] = [
            ("/word/document.xml", word + "document.main+xml"), ("/word/styles.xml", word + "styles+xml"),
            ("/word/settings.xml", word + "settings+xml"), ("/word/fontTable.xml", word + "fontTable+xml"),
            ("/word/footer1.xml", word + "footer+xml"), ("/word/footer2.xml", word + "footer+xml"),
            ("/word/footer3.xml", word + "footer+xml"), ("/word/header1.xml", word + "header+xml"),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ]
        for number in 0..<charts {
            parts.append(
                (
                    "/word/charts/chart\(number + 1).xml",
                    "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
                ))
        }
        return declaration + "<Types xmlns=\"\(package)content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + parts.map { "<Override PartName=\"\($0.0)\" ContentType=\"\($0.1)\"/>" }.joined() + "</Types>"
    }

    private static func properties(_ document: Document) -> String {
        let title = Markup.escaped(HTMLDocument.plainTitle(document))
        var text = declaration
        text += "<cp:coreProperties xmlns:cp=\"\(package)metadata/core-properties\" "
        text += "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        text += "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>\(title)</dc:title>"
        text += "<dc:creator>\(Markup.escaped(document.issuer))</dc:creator><dc:language>zh-CN</dc:language>"
        return text + "</cp:coreProperties>"
    }

    private static let settings =
        declaration + """
            <w:settings xmlns:w="\(DOCXBody.namespace)"><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>\
            <w:characterSpacingControl w:val="compressPunctuation"/><w:compat>\
            <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>\
            </w:compat></w:settings>
            """
}
