import Domain
import Kernel
import Testing

@Suite struct SiteCheckFormTests {
    private let now = Timestamp(milliseconds: 1_800_000_000_000)

    private var form: SiteCheckForm {
        SiteCheckForm(
            blocks: Dictionary(uniqueKeysWithValues: SiteCheckBlock.allCases.map { ($0, "已查,正常") }),
            conclusion: "属实", checkers: "李岩", checkedAt: now, photos: ["f1"])
    }

    @Test func `XC-06 four blocks, photos and who checked are all needed`() {
        #expect(throws: Never.self) { try form.check(at: now) }
        for block in SiteCheckBlock.allCases {
            var lacking = form
            lacking.blocks[block] = " "
            #expect(throws: SiteCheckForm.Refusal.blockMissing(block)) { try lacking.check(at: now) }
        }
        var lacking = form
        lacking.photos = []
        #expect(throws: SiteCheckForm.Refusal.photosMissing) { try lacking.check(at: now) }
        lacking = form
        lacking.checkers = ""
        #expect(throws: SiteCheckForm.Refusal.checkersMissing) { try lacking.check(at: now) }
        #expect(throws: SiteCheckForm.Refusal.inFuture) { try form.check(at: now - .seconds(1)) }
    }
}
