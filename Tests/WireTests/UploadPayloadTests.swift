import Domain
import Kernel
import Testing

@testable import Wire

@Suite struct UploadPayloadTests {
    static func items(_ generator: inout SeededGenerator, codes: Int) -> [UploadPayload.Item] {
        (0..<generator.integer(0...60)).map { _ in
            let value = generator.pick([
                (generator.unit() * 10_000).rounded() / 100, generator.unit(), 0, -0.0, 1e300, -12.5, .infinity,
                Double(generator.integer(-5...5)),
            ])
            return UploadPayload.Item(
                code: generator.integer(0...codes - 1),
                at: Timestamp(milliseconds: 1_790_000_000_000 + Int64(generator.integer(-90_000_000...300_000))),
                claimedAt: generator.chance(0.1) ? Timestamp(milliseconds: 1_800_000_000_000) : nil, value: value,
                quality: generator.pick(Quality.allCases), isBackfill: generator.chance(0.2),
                isMarkIgnored: generator.chance(0.1),
                reported: generator.chance(0.3) ? generator.pick(PointState.allCases) : nil)
        }
    }

    @Test func `what was written is read back, to the last bit`() throws {
        var generator = SeededGenerator(seed: 5)
        let names = ["L01", "", "液位-1", "140525001001G0001T01"]
        var directory = PointDirectory()
        for name in names { directory.add(name) }
        let received = Timestamp(milliseconds: 1_790_000_000_123)
        for _ in 0..<500 {
            let items = Self.items(&generator, codes: names.count)
            let bytes = UploadPayload.encode(items, received: received, directory: directory)
            let decoded = try UploadPayload.decode(bytes)
            #expect(decoded.received == received)
            try #require(decoded.items.count == items.count)
            for (found, item) in zip(decoded.items, items) {
                #expect(decoded.codes[found.code] == names[item.code] && found.at == item.at)
                #expect(found.value.bitPattern == item.value.bitPattern && found.quality == item.quality)
                #expect(found.claimedAt == item.claimedAt && found.reported == item.reported)
                #expect(found.isBackfill == item.isBackfill && found.isMarkIgnored == item.isMarkIgnored)
            }
        }
    }

    @Test func `a damaged payload is refused or read, never a trap`() {
        var generator = SeededGenerator(seed: 6)
        var directory = PointDirectory()
        for name in ["L01", "T01"] { directory.add(name) }
        for _ in 0..<3_000 {
            let items = Self.items(&generator, codes: 2)
            var bytes = UploadPayload.encode(items, received: Timestamp(milliseconds: 0), directory: directory)
            for _ in 0..<generator.integer(1...3) {
                let place = generator.integer(0...bytes.count - 1)
                if generator.chance(0.3) {
                    bytes.removeSubrange((place + 1)...)
                } else {
                    bytes[place] = UInt8(generator.integer(0...255))
                }
            }
            _ = try? UploadPayload.decode(bytes)
        }
    }

    @Test func `a figure of an instrument takes few bytes`() {
        var directory = PointDirectory()
        directory.add("140525001001G0001L01")
        let items = (0..<60).map { index in
            UploadPayload.Item(
                code: 0, at: Timestamp(milliseconds: 1_790_000_000_000 + Int64(index) * 1_000), claimedAt: nil,
                value: Double(785 + index % 3) / 100, quality: .good, isBackfill: false, isMarkIgnored: false,
                reported: nil)
        }
        let bytes = UploadPayload.encode(
            items, received: Timestamp(milliseconds: 1_790_000_060_000), directory: directory)
        #expect(bytes.count < 60 * 8)
    }

    @Test func `a directory finds ten thousand codes and nothing else`() {
        var directory = PointDirectory()
        for number in 0..<10_000 { #expect(directory.add("1405250010\(number)") == number) }
        #expect(directory.add("14052500107") == 7 && directory.count == 10_000)
        for number in 0..<10_000 { #expect(directory.place(of: "1405250010\(number)") == number) }
        for number in 10_000..<11_000 { #expect(directory.place(of: "1405250010\(number)") == nil) }
        #expect(directory.place(of: "") == nil && directory.code(at: 9_999) == "14052500109999")
    }
}
