import Domain
import Kernel
import Testing

@testable import Wire

/// The scanner against the JSON reader of the kernel and against damage; seeded.
@Suite struct ScannerAgreementTests {
    static func randomJSON(_ generator: inout SeededGenerator, depth: Int = 0) -> JSON {
        switch generator.integer(0...(depth > 3 ? 4 : 6)) {
        case 0: return .null
        case 1: return .bool(generator.chance(0.5))
        case 2: return .integer(Int64(bitPattern: generator.next()) >> Int64(generator.integer(0...63)))
        case 3: return .number((generator.unit() - 0.5) * [1, 1e-7, 1e10, 1e300][generator.integer(0...3)])
        case 4: return .string(randomText(&generator))
        case 5: return .array((0..<generator.integer(0...4)).map { _ in randomJSON(&generator, depth: depth + 1) })
        default:
            return .object(
                (0..<generator.integer(0...4)).map { index in
                    JSON.Member(randomText(&generator) + String(index), randomJSON(&generator, depth: depth + 1))
                })
        }
    }

    static func randomText(_ generator: inout SeededGenerator) -> String {
        (0..<generator.integer(0...6)).map { _ in
            generator.pick(["a", "\"", "\\", "\n", "液", "é", "\u{1F600}", "{", "]"])
        }
        .joined()
    }

    static func randomValue(_ generator: inout SeededGenerator) -> JSON {
        var members = [
            JSON.Member("targetCode", .string(generator.pick(["L01", "T01", "P\"1", "压力1"]))),
            JSON.Member("value", .number((generator.unit() * 1_000_000).rounded() / 1_000)),
            JSON.Member("collectTime", .integer(1_790_000_000_000 + Int64(generator.integer(0...1_000_000)))),
            JSON.Member("quality", .string(generator.pick(Quality.allCases).rawValue)),
        ]
        if generator.chance(0.3) { members.append(JSON.Member("backfill", .bool(generator.chance(0.5)))) }
        if generator.chance(0.3) { members.append(JSON.Member("x" + randomText(&generator), randomJSON(&generator))) }
        return .object(members.sorted { _, _ in generator.chance(0.5) })
    }

    static func randomUpload(_ generator: inout SeededGenerator) -> JSON {
        var members = [
            JSON.Member("dataSourceCode", .string("GW-液氨")),
            JSON.Member("seq", .integer(Int64(generator.integer(0...99)))),
            JSON.Member("type", "realtime"),
            JSON.Member("datas", .array((0..<generator.integer(0...8)).map { _ in randomValue(&generator) })),
        ]
        if generator.chance(0.5) { members.append(JSON.Member("y", randomJSON(&generator))) }
        return .object(members)
    }

    static let directory = UploadScannerTests.directory("L01", "T01", "P\"1", "压力1")

    @Test func `on random uploads it reads what the JSON reader reads`() throws {
        var generator = SeededGenerator(seed: 1)
        var message = UploadMessage()
        for _ in 0..<1_500 {
            let text = Self.randomUpload(&generator).text
            let json = try JSON.parse(text)
            try UploadScanner.scan([UInt8](text.utf8), directory: Self.directory, into: &message)
            let datas = json["datas"]?.array ?? []
            #expect(message.seq == json["seq"]?.integer && message.rejected.isEmpty)
            try #require(message.values.count == datas.count)
            for (value, expected) in zip(message.values, datas) {
                #expect(Self.directory.code(at: Int(value.point)) == expected["targetCode"]?.string)
                #expect(value.value == expected["value"]?.double)
                #expect(value.claimedAt.milliseconds == expected["collectTime"]?.integer)
                #expect(value.quality.rawValue == expected["quality"]?.string)
                #expect(value.isMarkedBackfill == (expected["backfill"]?.bool ?? false))
            }
        }
    }

    @Test func `damaged uploads never trap, and what it takes is JSON`() throws {
        var generator = SeededGenerator(seed: 2)
        var message = UploadMessage()
        var taken = 0
        for _ in 0..<6_000 {
            var bytes = [UInt8](Self.randomUpload(&generator).text.utf8)
            for _ in 0..<generator.integer(1...3) where !bytes.isEmpty {
                let place = generator.integer(0...bytes.count - 1)
                switch generator.integer(0...4) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(UInt8(generator.integer(0...255)), at: place)
                case 2: bytes[place] ^= 1 << UInt8(generator.integer(0...7))
                case 3: bytes.removeSubrange(place...)
                default: bytes[place] = generator.pick([UInt8]("{}[]\",:\\0-.eE \u{0}tn".utf8))
                }
            }
            let isJSON = (try? JSON.parse(bytes)) != nil
            do {
                try UploadScanner.scan(bytes, directory: Self.directory, into: &message)
                taken += 1
                // The kernel's reader also refuses repeated unknown members; the scanner does not look at those.
                #expect(isJSON || Self.hasRepeatedMember(bytes))
            } catch .notJSON(_, let offset) {
                #expect(!isJSON && offset <= bytes.count)
            } catch {}
        }
        #expect(taken > 100)
    }

    static func hasRepeatedMember(_ bytes: [UInt8]) -> Bool {
        do {
            _ = try JSON.parse(bytes)
            return false
        } catch { return error.reason.contains("两次") || error.reason.contains("超出范围") }
    }

    @Test func `numbers are read as the library reads them, to the last bit`() throws {
        var generator = SeededGenerator(seed: 3)
        var texts = [
            "0", "-0", "0.0", "1e5", "9007199254740993", "123456789012345678", "1234567890123456789", "0.1", "5e-324",
            "1.7976931348623157e308", "2.2250738585072011e-308", "0.000001", "1e22", "1e23", "8.5", "100E-2",
        ]
        for _ in 0..<20_000 {
            let digits = (0..<generator.integer(1...20)).map { _ in String(generator.integer(0...9)) }.joined()
            let whole = String(generator.integer(0...999))
            let exponent = generator.chance(0.4) ? "e\(generator.integer(-30...30))" : ""
            texts.append(whole + (generator.chance(0.7) ? "." + digits : "") + exponent)
        }
        for text in texts {
            let bytes = [UInt8](text.utf8)
            var scanner = ByteScanner()
            let number = try scanner.number(bytes.span)
            #expect(scanner.index == bytes.count && number.double == Double(text), "\(text)")
        }
    }

    @Test func `times are read as the kernel reads them`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            let instant = Timestamp(milliseconds: Int64(generator.integer(0...4_000_000_000_000)))
            var text = [UInt8](
                generator.pick([
                    ChinaTime.rfc3339(instant), ChinaTime.dateTime(instant),
                    ChinaTime.dateTime(instant, separator: "T") + ".25Z",
                    ChinaTime.dateTime(instant, separator: "T") + "-03:30",
                ]).utf8)
            if generator.chance(0.5) {
                text[generator.integer(0...text.count - 1)] = generator.pick([UInt8]("0159:-+TZ. ".utf8))
            }
            let string = String(decoding: text, as: UTF8.self)
            let expected = ChinaTime.parseRFC3339(string) ?? ChinaTime.parseDateTime(string)
            #expect(UploadTime.read(text.span, 0..<text.count) == expected, "\(string)")
        }
    }
}
