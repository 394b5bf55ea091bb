import Kernel
import Testing

@Suite struct CSVTests {
    private func read(_ bytes: [UInt8]) throws(CSVError) -> [[String]] {
        var reader = try CSVReader(bytes)
        var rows: [[String]] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }
    private func read(_ text: String) throws(CSVError) -> [[String]] { try read(Array(text.utf8)) }

    @Test(
        arguments: [
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]), ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}名称,值\n", [["名称", "值"]]), ("\"a,b\",\"c\"\"d\",\"e\nf\"\n", [["a,b", "c\"d", "e\nf"]]),
            (",\n", [["", ""]]), ("\"\",\n", [["", ""]]), ("a\n\nb", [["a"], [""], ["b"]]), ("", []),
            ("a,", [["a", ""]]),
        ] as [(String, [[String]])])
    func `RFC 4180 is read`(text: String, rows: [[String]]) throws { #expect(try read(text) == rows) }

    @Test(
        arguments: [
            ("a\nb\"c\n", 2), ("\"a\" b\n", 1), ("x\n\"a\n", 2), ("a\rb", 1), ("a\u{0}", 1),
        ] as [(String, Int)])
    func `what is not RFC 4180 is refused with its row`(text: String, row: Int) {
        do throws(CSVError) {
            _ = try read(text)
            Issue.record("accepted")
        } catch { #expect(error.row == row) }
    }

    @Test func `GB18030 is named, not guessed at`() {
        // 名称 in GBK
        do throws(CSVError) {
            _ = try read([0x61, 0x0A, 0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0x31])
            Issue.record("accepted")
        } catch { #expect(error.line.hasPrefix("第 2 行:文件像是 GB18030(GBK)编码")) }
        do throws(CSVError) {
            _ = try read([0xFF, 0xFE, 0x61, 0x00])
            Issue.record("accepted")
        } catch { #expect(error.reason.contains("UTF-16")) }
    }

    @Test func `what is written is read back, and no cell becomes a formula`() throws {
        let cells = ["a", "b,c", "d\"e", "f\ng", ""]
        #expect(try read(CSVWriter.line(cells)) == [cells])
        #expect(CSVWriter.line(["=1+1", "-5", "+x"]) == "'=1+1,-5,'+x\r\n")
    }
}
