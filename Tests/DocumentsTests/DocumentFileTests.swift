import CZlib
import Documents
import Domain
import Foundation
import FoundationXML
import Testing

@Suite struct DocumentFileTests {
    /// An own reader of the central directory: name and inflated bytes of each entry.
    static func entries(_ zip: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
        func number(_ offset: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(zip[offset + $1]) << ($1 * 8) }
        }
        let end = try #require(stride(from: zip.count - 22, through: 0, by: -1).first { number($0, 4) == 0x0605_4b50 })
        var place = number(end + 16, 4)
        return try (0..<number(end + 10, 2)).map { _ in
            try #require(number(place, 4) == 0x0201_4b50)
            let (method, sum, packed, size) = (
                number(place + 10, 2), number(place + 16, 4), number(place + 20, 4), number(place + 24, 4)
            )
            let length = number(place + 28, 2)
            let name = String(decoding: zip[place + 46..<place + 46 + length], as: UTF8.self)
            let start = number(place + 42, 4)
            #expect(number(start, 4) == 0x0403_4b50)
            let body = start + 30 + number(start + 26, 2) + number(start + 28, 2)
            let bytes = method == 0 ? Array(zip[body..<body + packed]) : inflate(Array(zip[body..<body + packed]), size)
            let check = unsafe bytes.withUnsafeBufferPointer { source in
                Int(unsafe crc32(0, source.baseAddress, UInt32(source.count)))
            }
            #expect(bytes.count == size && check == sum, "\(name)")
            place += 46 + length + number(place + 30, 2) + number(place + 32, 2)
            return (name, bytes)
        }
    }

    static func inflate(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe fengsui_inflate_init_raw(&stream) == Z_OK else { return [] }
        defer { _ = unsafe inflateEnd(&stream) }
        var (input, output) = (bytes, [UInt8](repeating: 0, count: size))
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                _ = unsafe CZlib.inflate(&stream, Z_FINISH)
            }
        }
        return output
    }

    static func text(_ document: Document, _ part: String) throws -> String {
        let found = try entries(DOCXDocument.file(document)).first { $0.name == part }
        return String(decoding: try #require(found).bytes, as: UTF8.self)
    }

    @Test("Every part is there, whole and well-formed", arguments: Sample.all)
    func parts(document: Document) throws {
        let entries = try Self.entries(DOCXDocument.file(document))
        for entry in entries {
            #expect(XMLParser(data: Data(entry.bytes)).parse(), "\(entry.name)")
        }
        let names = Set(entries.map(\.name))
        #expect(names.count == entries.count)
        let types = String(decoding: try #require(entries.first).bytes, as: UTF8.self)
        for name in names where name.hasSuffix(".xml") && name != "[Content_Types].xml" {
            #expect(types.contains("PartName=\"/\(name)\""), "\(name)")
        }
        let relations = try Self.text(document, "word/_rels/document.xml.rels")
        for piece in relations.split(separator: "Target=\"").dropFirst() {
            #expect(names.contains("word/" + piece.prefix { $0 != "\"" }))
        }
        #expect(names.filter { $0.hasPrefix("word/charts/") }.count == document.charts.count)
    }

    @Test("The same document gives the same bytes", arguments: Sample.all)
    func deterministic(document: Document) throws {
        let again = try #require(Document(json: document.json))
        #expect(DOCXDocument.file(document) == DOCXDocument.file(again))
        #expect(HTMLDocument.file(document) == HTMLDocument.file(again))
        #expect(try DocumentWorkbook.file(document) == DocumentWorkbook.file(again))
    }

    @Test func `JC-21 GB/T 9704 margins, line pitch, fonts, number, rule, page numbers at the outer side`() throws {
        let body = try Self.text(Sample.bulletin, "word/document.xml")
        #expect(body.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"))
        #expect(body.contains("w:top=\"2098\" w:right=\"1474\"") && body.contains("w:left=\"1588\""))
        #expect(body.contains("w:line=\"580\" w:lineRule=\"exact\""))
        #expect(body.contains("晋市应急危化发〔2026〕118号") && !body.contains("[2026]"))
        #expect(body.contains("方正小标宋简体") && body.contains("楷体_GB2312") && body.contains("黑体"))
        #expect(body.contains("w:color=\"E60012\""))
        #expect(body.contains("<w:tblHeader/>") && body.contains("<w:cantSplit/>"))
        #expect(body.contains("抄送：省应急管理厅，市政府办公室，局危化科。") && body.contains("2026年11月23日印发"))
        #expect(body.contains("（此件公开发布）") && body.contains("附件：1.抽查情况表"))
        #expect(try Self.text(Sample.bulletin, "word/styles.xml").contains("仿宋_GB2312"))
        #expect(try Self.text(Sample.bulletin, "word/settings.xml").contains("<w:evenAndOddHeaders/>"))
        #expect(try Self.text(Sample.bulletin, "word/footer1.xml").contains("<w:jc w:val=\"right\"/>"))
        #expect(try Self.text(Sample.bulletin, "word/footer2.xml").contains("<w:jc w:val=\"left\"/>"))
        #expect(try Self.text(Sample.bulletin, "word/header1.xml").contains("演示数据"))
    }

    @Test func `headings are numbered by depth, empty manual fields do not appear, what people added says so`() {
        let page = HTMLDocument.article(Sample.bulletin)
        #expect(page.contains("一、安全承诺率") && page.contains("（一）长期离线") && page.contains("（二）已报备"))
        #expect(!page.contains("人工补充"))
        let filled = Sample.bulletin.applying([DocumentEdit(key: "more", text: "寒潮将至。")])
        #expect(HTMLDocument.article(filled).contains("寒潮将至。（人工补充）"))
    }

    @Test func `text from outside cannot become markup, links exist only on the page`() throws {
        var document = Sample.report
        document.sections = [
            DocumentSection(
                key: "x\"", title: "<script>",
                blocks: [
                    .text("a & b <b> \u{1}\u{FFFE}"),
                    .paragraph(Paragraph([TextRun("3", link: "/figures?a=1&b=\"2")])),
                ])
        ]
        let page = HTMLDocument.article(document)
        #expect(page.contains("&lt;script&gt;") && !page.contains("<script>"))
        #expect(page.contains("href=\"/figures?a=1&amp;b=&quot;2\""))
        #expect(!HTMLDocument.article(document, isLinked: false).contains("href"))
        #expect(XMLParser(data: Data(try Self.text(document, "word/document.xml").utf8)).parse())
    }

    @Test func `the last words stay with the signature, on the printed page and in the DOCX`() throws {
        var document = Sample.bulletin
        document.sections.append(DocumentSection(key: "end", title: "附则", blocks: [.text("最后一段。")]))
        let page = HTMLDocument.article(document)
        let last = try #require(page.range(of: "<div class=\"gw-last\">"))
        #expect(page[last.upperBound...].contains("最后一段。") && !page[..<last.lowerBound].contains("最后一段。"))
        let body = try Self.text(document, "word/document.xml")
        let paragraph = try #require(body.components(separatedBy: "</w:p>").first { $0.contains("最后一段。") })
        #expect(paragraph.contains("<w:keepNext/>"))
        // A table takes the signature with it only by its own page break.
        document.sections.append(
            DocumentSection(
                key: "table", title: "表",
                blocks: [.table(DocumentTable(title: "表", columns: [.init("甲")], rows: [["1"]]))]))
        let tail = HTMLDocument.article(document)
        let end = try #require(tail.range(of: "<div class=\"gw-last\">"))
        #expect(!tail[end.upperBound...].contains("<table>"))
    }

    @Test func `the title breaks evenly and never inside a number`() {
        let page = HTMLDocument.article(Sample.bulletin)
        #expect(page.contains("关于11月22日危险化学品安全生产<br>风险监测预警系统运行情况的通报"))
    }
}
