import Kernel
import Testing

@Suite struct IdentifierSourceTests {
    @Test func `ids sort by time and repeat with the seed`() {
        var source = IdentifierSource(seed: 7)
        var again = IdentifierSource(seed: 7)
        var last = ""
        for step in 0..<2_000 as Range<Int64> {
            let instant = Timestamp(milliseconds: 1_772_416_800_000 + step)
            let id = source.next("W", at: instant)
            #expect(id == again.next("W", at: instant))
            #expect(id.count == 21 && id > last)
            last = id
        }
    }
}
