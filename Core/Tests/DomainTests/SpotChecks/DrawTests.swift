import Domain
import Kernel
import Testing

@Suite struct DrawTests {
    static let day = Day(number: 20_780)

    static func draw(hash: String, office: AuthorityID = "140500", count: Int = 5, size: Int = 30) -> SpotCheckDraw {
        SpotCheckDraw(
            seed: DrawSeed(day: day, sequence: 12, hash: hash), office: office, officeName: "市局",
            candidates: (0..<size).map { number in
                (EnterpriseID("E\(number)"), "企业\(number)", Day(number: day.number - Int32(number) - 1))
            }, count: count)
    }

    @Test func `the hash agrees with the standard's examples`() {
        func hexadecimal(_ text: String) -> String {
            SHA256.digest(text).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
        #expect(hexadecimal("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hexadecimal("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hexadecimal("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(
            hexadecimal(String(repeating: "a", count: 1_000))
                == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
    }

    @Test func `XC-22 the same seed draws the same names, another seed, day or office others`() {
        let one = Self.draw(hash: "aa")
        #expect(one.drawn.count == 5 && Set(one.drawn).count == 5)
        #expect(one == Self.draw(hash: "aa"))
        let hashes = (0..<40).map { Self.draw(hash: "\($0)").drawn }
        #expect(Set(hashes).count > 35)
        #expect(Self.draw(hash: "aa", office: "140521").drawn != one.drawn)
    }

    private static let workedOut = ["E7", "E6", "E9", "E10", "E8", "E4"]

    @Test func `XC-22 a draw worked out by another program agrees`() {
        // scripts: Python's hashlib and integers, as the page describes it.
        let drawn = Self.draw(hash: String(repeating: "8f2c41", count: 10) + "abcd", count: 6, size: 12).drawn
        #expect(drawn.map(\.rawValue) == Self.workedOut)
    }

    @Test(arguments: 0..<80 as Range<UInt64>)
    func `XC-22 every record can be redrawn, and any change to it is found`(seed: UInt64) throws {
        let registry = RandomRegistry(seed: seed, size: 6...40)
        var generator = SeededGenerator(seed: seed)
        let draw = registry.selection(.city, hash: String(generator.next(), radix: 16)).draw
        let read = try #require(SpotCheckDraw(json: try JSON.parse(draw.json.text)))
        #expect(read == draw && read.differences().isEmpty)
        guard draw.drawn.count >= 2 else { return }
        var swapped = draw
        swapped.drawn.swapAt(0, 1)
        #expect(swapped.differences().count == 1)
        var otherSeed = draw
        otherSeed.seed = DrawSeed(day: draw.seed.day, sequence: 7, hash: draw.seed.hash + "0")
        // Where few are left to choose from, another seed may draw the same by chance.
        if draw.candidates.count > 20, draw.drawn.count >= 4 { #expect(!otherSeed.differences().isEmpty) }
        var heavier = draw
        let first = draw.candidates[0]
        heavier.candidates[0] = .init(
            enterprise: first.enterprise, name: first.name, lastChecked: first.lastChecked, weight: first.weight + 1)
        #expect(heavier.differences().first?.contains("权重应为") == true)
        var dropped = draw
        dropped.drawn.removeLast()
        #expect(dropped.differences().count == 1)
    }

    @Test func `XC-22 the recently checked are drawn less often, in proportion, and yet are within reach`() {
        // 10 checked yesterday (weight 5), 10 long ago (weight 100): of 2,000 first lots some 95 go to the former.
        let day = Self.day
        var recent = 0
        for number in 0..<2_000 {
            let draw = SpotCheckDraw(
                seed: DrawSeed(day: day, sequence: 1, hash: "seed \(number)"), office: "o", officeName: "",
                candidates: (0..<20).map { index in
                    (EnterpriseID("E\(index)"), "", Day(number: day.number - (index < 10 ? 1 : 60)))
                }, count: 1)
            if let drawn = draw.drawn.first, Int(drawn.rawValue.dropFirst()) ?? 99 < 10 { recent += 1 }
        }
        #expect((60...135).contains(recent), "expected 95, got \(recent)")
        let rule = DrawRule.first
        let weights = (0...40).map { rule.weight(lastChecked: Day(number: day.number - $0), on: day) }
        #expect(weights == weights.sorted() && weights.first == 5 && weights[30] == 100 && weights[15] == 50)
        #expect(rule.weight(lastChecked: nil, on: day) == 100)
    }

    @Test func `every candidate of equal weight has an equal chance`() {
        var counts: [EnterpriseID: Int] = [:]
        for number in 0..<2_000 {
            let draw = SpotCheckDraw(
                seed: DrawSeed(day: Self.day, sequence: 1, hash: "\(number)"), office: "o", officeName: "",
                candidates: (0..<10).map { (EnterpriseID("E\($0)"), "", nil) }, count: 3)
            for id in draw.drawn { counts[id, default: 0] += 1 }
        }
        #expect(counts.count == 10 && counts.values.allSatisfy { (510...690).contains($0) })
    }

    @Test func `a file that is none is refused, an unknown version is said to be one`() {
        #expect(SpotCheckDraw(json: ["kind": "other"]) == nil)
        var draw = Self.draw(hash: "aa")
        draw.version = 9
        #expect(draw.differences() == ["不认识算法版本 9"])
    }
}
