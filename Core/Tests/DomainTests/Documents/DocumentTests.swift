import Domain
import Kernel
import Testing

@Suite struct DocumentTests {
    @Test func `A30 a number stands in six-cornered brackets, without a leading zero`() {
        #expect(DocumentNumber(code: "晋市应急危化发", year: 2021, number: 110).text == "晋市应急危化发〔2021〕110号")
        #expect("晋应急发[2021]148号".withNumberBrackets == "晋应急发〔2021〕148号")
        #expect("依据（2021）12号和晋应急发(2020)167号".withNumberBrackets == "依据〔2021〕12号和晋应急发〔2020〕167号")
        #expect("企业（集团）2021年(12)家".withNumberBrackets == "企业（集团）2021年(12)家")
        #expect("见[2021]".withNumberBrackets == "见[2021]")
    }

    @Test func `numerals and dates of official documents`() {
        #expect([1, 10, 11, 20, 21, 99].map(ChineseNumeral.text) == ["一", "十", "十一", "二十", "二十一", "九十九"])
        #expect(Day(year: 2026, month: 1, day: 5)!.chineseDate == "2026年1月5日")
        #expect((1...4).map { DocumentSection.label(position: 2, level: $0) } == ["二、", "（二）", "2.", "（2）"])
    }

    @Test func `a document comes back from its text as it was, whatever it holds`() throws {
        var document = BulletinTests.document(.openToPublic)
        document.number = DocumentNumber(code: "甲", year: 2026, number: 3)
        document.addressees = ["各县"]
        document.attachments = ["名单"]
        document.signature = "局"
        document.date = BulletinTests.day
        document.printedOn = BulletinTests.day
        document.printer = "办公室"
        document.signers = [DocumentSigner(role: "值班人", name: "冯远")]
        document.caution = "演示数据"
        document.opening = [
            .paragraph(Paragraph([TextRun("84", isBold: true, link: "/x"), "家"])),
            .chart(
                DocumentChart(
                    kind: .line, title: "率", unit: "%", labels: ["1", "2"], series: [.init("甲", [1.5, nil])])),
            .table(
                DocumentTable(
                    title: "表", columns: [.init("名", group: "组", alignment: .trailing, width: 3), .init("数")],
                    rows: [["甲", .count(3, link: "/y")]], totals: [["计", .init("—")]], note: "注")),
        ]
        let text = document.json.text
        #expect(Document(json: try JSON.parse(text)) == document)
        #expect(document.json.text == text)
    }

    @Test func `periods follow each other without gap or overlap`() {
        for kind in BulletinKind.allCases where kind.isPeriodic {
            var period = BulletinPeriod.containing(Day(year: 2028, month: 3, day: 1)!, kind: kind)
            for _ in 0..<30 {
                let before = period.previous(kind: kind)
                #expect(before.until == period.from && before.dayCount > 0)
                #expect(before.days.allSatisfy { BulletinPeriod.containing($0, kind: kind) == before })
                period = before
            }
        }
    }
}
