import Domain
import Kernel
import Testing

@Suite struct FigureRulesTests {
    static let day = Day(year: 2026, month: 11, day: 22) ?? Day(number: 0)
    static let start = day.start

    private func enterprise(
        _ id: EnterpriseID, longStops: SpanSet = .empty, isConnected: Bool = true
    ) -> EnterpriseRecord {
        EnterpriseRecord(
            id: id, name: id.rawValue, region: "140521", regulator: "county", createdAt: Self.start - .days(90),
            connectedAt: isConnected ? Self.start - .days(80) : nil, longStops: longStops)
    }

    private func window(_ days: Int32 = 1, now: Timestamp? = nil) -> FigureWindow {
        FigureWindow(
            Self.day, through: Day(number: Self.day.number + days - 1), now: now ?? Self.start + .days(40))
    }

    @Test func `A23 a stopped enterprise still counts, one filed out for long over the whole day does not`() {
        let whole = SpanSet([(Self.start - .days(10))..<(Self.start + .days(40))])
        let half = SpanSet([(Self.start + .hours(1))..<(Self.start + .days(40))])
        #expect(enterprise("a").isExpected(on: Self.day))
        #expect(!enterprise("b", longStops: whole).isExpected(on: Self.day))
        #expect(enterprise("c", longStops: half).isExpected(on: Self.day))
    }

    @Test func `TB-04 only what came in time counts as committed; late ones and delegates' stand apart`() {
        let facts: [FigureRules.PromiseFact] = [
            .init(enterprise: "a", day: Self.day, promise: .onTime),
            .init(enterprise: "b", day: Self.day, promise: .late),
            .init(enterprise: "c", day: Self.day, promise: .byDelegate),
            .init(enterprise: "d", day: Self.day, promise: nil),
        ]
        func sum(_ kind: FigureKind, _ delegatesCount: Bool = false) -> Ratio {
            FigureRow.sum(FigureRules.commitmentRows(kind, facts, delegatesCount: delegatesCount))
        }
        #expect(sum(.commitment) == Ratio(1, 4))
        #expect(sum(.commitment, true) == Ratio(2, 4))
        #expect(sum(.commitmentLate) == Ratio(1, 4))
    }

    @Test func `what was registered during the day is due from then on`() {
        var late = enterprise("a")
        late.createdAt = Self.start + .hours(12)
        let rows = FigureRules.onlineRows(
            of: [late], online: ["a": SpanSet([(Self.start + .hours(12))..<(Self.start + .hours(18))])], filed: [:],
            window: window())
        #expect(rows.map(\.ratio) == [Ratio(6 * 3_600_000, 12 * 3_600_000)])
    }

    @Test func `a day through midnight is split to the second, and a running day counts what has passed`() {
        let online = ["a": SpanSet([(Self.start - .hours(1))..<(Self.start + .hours(30))])] as [EnterpriseID: SpanSet]
        let rows = FigureRules.onlineRows(of: [enterprise("a")], online: online, filed: [:], window: window(2))
        #expect(
            rows.map(\.ratio) == [
                Ratio(86_400_000, 86_400_000), Ratio(6 * 3_600_000, 86_400_000),
            ])
        let running = FigureRules.onlineRows(
            of: [enterprise("a")], online: online, filed: [:], window: window(1, now: Self.start + .seconds(3_601)))
        #expect(running.map(\.ratio) == [Ratio(3_601_000, 3_601_000)])
    }

    @Test func `what was never connected counts neither above nor below the line of time on line`() {
        #expect(
            FigureRules.onlineRows(
                of: [enterprise("a", isConnected: false)], online: [:], filed: [:], window: window()) == [])
    }

    @Test func `nine tenths of the time due make an enterprise one that was on line, a second less does not`() {
        func rows(_ seconds: Int64) -> [FigureRow] {
            FigureRules.sharesReached(
                FigureRules.onlineRows(
                    of: [enterprise("a")], online: ["a": SpanSet([Self.start..<(Self.start + .seconds(seconds))])],
                    filed: [:], window: window()))
        }
        #expect(FigureRow.sum(rows(77_760)) == Ratio(1, 1))
        #expect(FigureRow.sum(rows(77_759)) == Ratio(0, 1))
    }

    @Test func `A32 a filing never lifts a rate above the whole, over random spans`() {
        var random = SeededGenerator(seed: 3)
        func spans() -> SpanSet {
            SpanSet(
                (0..<random.integer(0...6)).map { _ in
                    let from = Self.start + .seconds(Int64(random.integer(-90_000...170_000)))
                    return from..<(from + .seconds(Int64(random.integer(0...90_000))))
                })
        }
        for _ in 0..<2_000 {
            let (online, filed) = (spans(), spans())
            let window = window()
            let ratio = FigureRules.onlineTime(online, filed: filed, in: window)
            #expect(ratio.numerator >= 0 && ratio.numerator <= ratio.denominator)
            // Against counting the seconds one by one.
            var (present, due) = (Int64(0), Int64(0))
            for second in stride(from: Int64(0), to: 86_400, by: 600) {
                let block = SpanSet([(Self.start + .seconds(second))..<(Self.start + .seconds(second + 600))])
                let open = block.subtracting(filed)
                due += open.length.milliseconds
                present += open.length.milliseconds - open.subtracting(online).length.milliseconds
            }
            #expect(ratio == Ratio(present, due))
        }
    }

    @Test func `the parts add up to the whole, over random cameras and days`() {
        var random = SeededGenerator(seed: 9)
        let roster = (0..<20).map { enterprise(EnterpriseID("e\($0)")) }
        let cameras = (0..<60).map { index in
            FigureRules.CameraTime(
                id: "c\(index)", enterprise: EnterpriseID("e\(index % 20)"), registeredAt: Self.start - .days(1),
                online: SpanSet([Self.start..<(Self.start + .seconds(Int64(random.integer(0...260_000))))]),
                filed: .empty)
        }
        let rows = FigureRules.videoRows(of: roster, cameras: cameras, window: window(3))
        let parts = Dictionary(grouping: rows) { $0.enterprise }.values.map(FigureRow.sum)
        let days = Dictionary(grouping: rows) { $0.at }.values.map(FigureRow.sum)
        #expect(parts.reduce(Ratio.none, +) == FigureRow.sum(rows))
        #expect(days.reduce(Ratio.none, +) == FigureRow.sum(rows))
        #expect(FigureRow.sum(rows).denominator == 60 * 3 * 86_400_000)
    }

    @Test func `an alarm counts in the period in which it opened, cleared by the period's end`() {
        func alarm(_ id: AlarmID, _ opened: Int64, _ cleared: Int64?) -> FigureRules.AlarmFact {
            FigureRules.AlarmFact(
                id: id, enterprise: "a", point: "p", openedAt: Self.start + .seconds(opened),
                clearedAt: cleared.map { Self.start + .seconds($0) })
        }
        let alarms = [
            alarm("before", -1, 60), alarm("first", 0, 60), alarm("last", 86_399, 86_400),
            alarm("open", 100, nil), alarm("next", 86_400, 86_460),
        ]
        let rows = FigureRules.clearedRows(alarms, window: window())
        #expect(FigureRow.sum(rows) == Ratio(1, 3))
        #expect(FigureRules.clearTime(alarms, window: window()) == Ratio(60_000, 1))
        let next = FigureRules.clearedRows(alarms, window: FigureWindow(Self.day.next, now: Self.start + .days(3)))
        #expect(FigureRow.sum(next) == Ratio(1, 1))
    }
}
