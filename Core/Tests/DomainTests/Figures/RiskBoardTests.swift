import Domain
import Kernel
import Testing

@Suite struct RiskBoardTests {
    static let start = (Day(year: 2026, month: 3, day: 2) ?? Day(number: 0)).start

    private func stretch(
        _ hazard: HazardID, _ level: Level, _ from: Int64, _ until: Int64?, of enterprise: EnterpriseID = "e"
    ) -> RiskStretch {
        RiskStretch(
            hazard: hazard, enterprise: enterprise, level: level, from: Self.start + .minutes(from),
            until: until.map { Self.start + .minutes($0) })
    }

    @Test func `A34 orange and above means orange and red, yellow is not in it`() {
        #expect(Level.allCases.filter(RiskEpisode.isConsiderable) == [.orange, .red])
        let episodes = RiskEpisode.all(of: [
            stretch("h", .yellow, 0, 10), stretch("h", .orange, 10, 20), stretch("h", .yellow, 20, 60),
        ])
        #expect(episodes.map(\.peak) == [.orange])
        #expect(episodes.first?.from == Self.start + .minutes(10))
    }

    @Test func `A25 one unbroken stretch of an enterprise counts once at its highest level`() {
        let episodes = RiskEpisode.all(of: [
            stretch("h1", .orange, 0, 30), stretch("h1", .red, 30, 40), stretch("h1", .orange, 40, 50),
            stretch("h2", .orange, 45, 90), stretch("h3", .orange, 120, nil),
            stretch("h9", .orange, 10, 20, of: "other"),
        ])
        #expect(episodes.count == 3)
        let own = episodes.filter { $0.enterprise == "e" }
        #expect(own.map(\.peak) == [.red, .orange] && own.map(\.hazards) == [["h1", "h2"], ["h3"]])
        #expect(own[0].until == Self.start + .minutes(90) && own[1].until == nil)
    }

    @Test func `A25 a source back within ten minutes was not interrupted, a minute later it was`() {
        #expect(RiskEpisode.all(of: [stretch("h", .orange, 0, 30), stretch("h", .orange, 40, 50)]).count == 1)
        #expect(RiskEpisode.all(of: [stretch("h", .orange, 0, 30), stretch("h", .orange, 41, 50)]).count == 2)
        // Two sources that do not overlap are two episodes.
        #expect(RiskEpisode.all(of: [stretch("h", .orange, 0, 30), stretch("k", .orange, 31, 50)]).count == 2)
    }

    private func count(_ unit: String, _ red: Int, _ orange: Int, _ enterprises: Int = 1) -> RiskCount {
        RiskCount(
            unit: unit, name: unit, red: red, orange: orange,
            enterprises: (0..<enterprises).map { EnterpriseID("\(unit)-\($0)") })
    }

    @Test func `TB-11 A25 red before orange before enterprises, ties at the tenth place are all on the board`() {
        let counts =
            (0..<9).map { count("u\($0)", 9 - $0, 0) }
            + [count("x", 0, 5, 2), count("y", 0, 5, 2), count("z", 0, 5, 1), count("none", 0, 0, 0)]
        let board = MonthBoard(counts)
        #expect(board.listed.map(\.count.unit) == (0..<9).map { "u\($0)" } + ["x", "y"])
        #expect(board.listed.suffix(2).map(\.rank) == [10, 10])
        #expect(board.places.last?.rank == 12)
        #expect(!board.lists("none"))
    }

    @Test func `A26 who had none is never on the board, even of a short one`() {
        #expect(MonthBoard([count("a", 0, 0, 0), count("b", 0, 1)]).listed.map(\.count.unit) == ["b"])
    }

    @Test func `A25 with two lists who stands on either is on the board`() {
        let counts = [count("a", 2, 0), count("b", 1, 0), count("c", 0, 9), count("d", 0, 1)]
        let board = MonthBoard(counts, rules: .init(length: 1, splitBoards: true))
        #expect(board.listed.map(\.count.unit) == ["a", "c"])
        #expect(MonthBoard(counts, rules: .init(length: 1)).listed.map(\.count.unit) == ["a"])
    }

    @Test func `TB-12 TB-13 TB-14 caution, criticism, interview by months in a row; a gap begins anew`() throws {
        var boards: [Month: MonthBoard] = [:]
        let january = try #require(Month(year: 2026, month: 1))
        for offset in [0, 1, 2, 3, 5] { boards[january.advanced(by: offset)] = MonthBoard([count("A市", 1, 0)]) }
        boards[january.advanced(by: 4)] = MonthBoard([])
        let steps = (0...5).map { Ladder(january.advanced(by: $0), boards: boards)?.standings.first?.step }
        #expect(steps == [.caution, .criticism, .interview, .interview, nil, .caution])
    }

    @Test func `TB-15 SZ-13 the same ladder one level down: counties of a province or city, enterprises of a county`() {
        #expect(Ladder.unit(for: .ministry) == .city)
        #expect(Ladder.unit(for: .province) == .county)
        #expect(Ladder.unit(for: .city) == .county)
        #expect(Ladder.unit(for: .county) == .enterprise)
        #expect(Ladder.unit(for: .park) == .enterprise)
    }

    @Test func `TB-12 boards and ladder over random years agree with a second, naive book`() throws {
        var random = SeededGenerator(seed: 2_026)
        let units = (0..<18).map { "u\($0)" }
        for _ in 0..<40 {
            var boards: [Month: MonthBoard] = [:]
            var naive: [[String: Bool]] = []
            let first = try #require(Month(year: 2024, month: 7))
            for offset in 0..<24 {
                let counts = units.map { unit in
                    count(unit, random.integer(0...2), random.integer(0...2), random.integer(1...3))
                }
                boards[first.advanced(by: offset)] = MonthBoard(counts)
                // On the board: fewer than ten are strictly better, and there is something to count.
                func isBetter(_ left: RiskCount, _ right: RiskCount) -> Bool {
                    if left.red != right.red { return left.red > right.red }
                    if left.orange != right.orange { return left.orange > right.orange }
                    return left.enterprises.count > right.enterprises.count
                }
                var onBoard: [String: Bool] = [:]
                for own in counts {
                    let better = counts.count { $0.red + $0.orange > 0 && isBetter($0, own) }
                    onBoard[own.unit] = own.red + own.orange > 0 && better < 10
                }
                naive.append(onBoard)
            }
            var running: [String: Int] = [:]
            for offset in 0..<24 {
                for unit in units { running[unit] = naive[offset][unit] == true ? (running[unit] ?? 0) + 1 : 0 }
                let ladder = try #require(Ladder(first.advanced(by: offset), boards: boards))
                let found = Dictionary(
                    ladder.standings.map { ($0.place.count.unit, $0.months) }, uniquingKeysWith: { first, _ in first })
                #expect(found == running.filter { $0.value > 0 })
                for standing in ladder.standings {
                    let expected: LadderStep =
                        standing.months == 1 ? .caution : standing.months == 2 ? .criticism : .interview
                    #expect(standing.step == expected)
                }
            }
        }
    }

    @Test func `months follow one another through the year's end`() throws {
        let december = try #require(Month(text: "2026-12"))
        #expect(december.next.text == "2027-01" && december.next.previous == december)
        #expect(december.last.components.day == 31)
        #expect(Month(text: "2026-13") == nil && Month(text: "26-1") == nil)
    }
}
