import Foundation
import Testing

@testable import Sheets

@Suite struct `A table as a spreadsheet` {
    private let sheet = Sheet(
        title: "2026年11月23日抽查情况",
        columns: [
            .init("序号", widthCharacters: 6, isCentred: true), .init("企业名称", widthCharacters: 24),
            .init("抽查完成率"), .init("提交时间", widthCharacters: 20), .init("均值", numberFormat: "0.0"),
        ],
        rows: [
            [.integer(1), .text("=1+1 & <晋沁化工>"), .share(3, 4), .instant(1_764_000_000_000), .number(2.5)],
            [.integer(2), .text("无分母"), .share(0, 0), .empty, .number(.nan)],
        ], footer: ["抽查单位:晋城市应急管理局"])

    private func parts(of bytes: [UInt8]) throws -> [String: String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.xlsx")
        try Data(bytes).write(to: file)
        let unpack = Process()
        unpack.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unpack.arguments = ["python3", "-m", "zipfile", "-e", file.path, folder.path]
        try unpack.run()
        unpack.waitUntilExit()
        #expect(unpack.terminationStatus == 0)
        var found: [String: String] = [:]
        for name in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"] {
            found[name] = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        }
        return found
    }

    @Test func `texts stay texts, numbers are numbers, the heading stays in view`() throws {
        let parts = try parts(of: sheet.xlsx())
        let strings = try #require(parts["xl/sharedStrings.xml"])
        #expect(strings.contains("=1+1 &amp; &lt;晋沁化工&gt;"))
        #expect(strings.contains("<t>—</t>"), "no denominator: neither 0 % nor 100 %")
        let page = try #require(parts["xl/worksheets/sheet1.xml"])
        #expect(!page.contains("<f>"), "no text becomes a formula")
        #expect(page.contains("<v>0.75</v>"))
        #expect(page.contains("ySplit=\"2\"") && page.contains("state=\"frozen\""))
        #expect(page.contains("orientation=\"landscape\""))
        #expect(page.contains("<v>45986</v>"), "2025-11-25 00:00 in China")
        #expect(try #require(parts["xl/workbook.xml"]).contains("name=\"2026年11月23日抽查情况\""))
        #expect(try #require(parts["xl/styles.xml"]).contains("yyyy-mm-dd hh:mm:ss"))
    }

    @Test func `the same table gives the same bytes`() throws {
        #expect(try sheet.xlsx(createdAt: 1_764_000_000) == sheet.xlsx(createdAt: 1_764_000_000))
    }

    @Test func `names of sheets are made acceptable and different`() {
        let titles = ["甲/乙", "甲乙", String(repeating: "长", count: 40), String(repeating: "长", count: 41), ""]
        let names = Workbook.names(of: titles.map { Sheet(title: $0, columns: [], rows: []) })
        #expect(Set(names).count == 5)
        #expect(names.allSatisfy { !$0.isEmpty && $0.utf16.count <= 31 && !$0.contains("/") })
        #expect(throws: SheetFailure.noSheet) { try Workbook(sheets: []).xlsx() }
    }

    @Test func `a row is as high as its longest wrapped text`() throws {
        #expect(RowHeight.lines(of: "值班值守", widthCharacters: 9) == 1)
        #expect(RowHeight.lines(of: "值班值守", widthCharacters: 8) == 2)
        #expect(RowHeight.lines(of: "a\nb", widthCharacters: 8) == 2)
        let columns: [Sheet.Column] = [.init("甲", widthCharacters: 5), .init("乙", widthCharacters: 30)]
        #expect(RowHeight.points(of: ["甲乙丙丁", "丁"], in: columns) == 33)
        #expect(RowHeight.points(of: [String(repeating: "长", count: 9_000)], in: columns) <= 409)
        let page = try #require(try parts(of: sheet.xlsx())["xl/worksheets/sheet1.xml"])
        #expect(page.contains("customHeight=\"1\""))
    }

    @Test func `a text beyond a field's limit is cut visibly, not lost`() throws {
        let long = Sheet(title: "长", columns: [.init("文")], rows: [[.text(String(repeating: "长", count: 40_000))]])
        #expect(try #require(try parts(of: long.xlsx())["xl/sharedStrings.xml"]).contains("……(其余略)"))
    }
}
