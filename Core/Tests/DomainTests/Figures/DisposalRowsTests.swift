import Domain
import Kernel
import Testing

/// How disposal and supervision went is ranked (disposal measures Art. 16).
@Suite struct DisposalRowsTests {
    private let window = FigureWindow(
        from: WarningSample.start - .hours(1), until: WarningSample.start + .hours(20),
        now: WarningSample.start + .hours(30))

    private func sum(_ kind: FigureKind, _ warnings: [Warning], _ window: FigureWindow? = nil) -> Ratio {
        FigureRow.sum(FigureRules.disposalRows(kind, warnings, window: window ?? self.window))
    }

    private func quick() throws -> Warning {
        var sample = WarningSample(.orange)
        try sample.level(.blue, at: 30)
        try sample.perform(WarningSample.report, at: 40)
        return sample.warning
    }

    private func slow() throws -> Warning {
        var sample = WarningSample(.red)
        for minutes: Int64 in stride(from: 30, through: 150, by: 30) { try sample.perform(.elapse, at: minutes) }
        try sample.level(.blue, at: 160)
        try sample.perform(.elapse, at: 220)
        return sample.warning
    }

    @Test func `YJ-25 disposal, report and feedback in time are counted with both numbers`() throws {
        let warnings = [try quick(), try slow(), WarningSample(.yellow).warning]
        #expect(sum(.warningsDisposed, warnings) == Ratio(2, 3))
        #expect(sum(.warningsInTime, warnings) == Ratio(1, 2))
        #expect(sum(.reportsInTime, warnings) == Ratio(1, 2))
        #expect(sum(.supervisionsFedBack, warnings) == Ratio(0, 1))
        let supervision = FigureRules.disposalRows(.supervisionsFedBack, warnings, window: window).first
        #expect(supervision?.authority == "province")
    }

    @Test func `A2 YJ-25 a fall below the timed level counts as disposed, though the warning stands`() throws {
        var sample = WarningSample(.red)
        try sample.level(.orange, at: 20)
        #expect(sum(.warningsDisposed, [sample.warning]) == Ratio(1, 1))
        #expect(sum(.warningsInTime, [sample.warning]) == Ratio(1, 1))
        #expect(sum(.reportsInTime, [sample.warning]) == .none)
    }

    @Test func `YJ-25 the case counts in its own window: raised, all clear, ordered`() throws {
        let warnings = [try slow()]
        let early = FigureWindow(
            from: WarningSample.start, until: WarningSample.start + .minutes(1), now: window.now)
        #expect(sum(.warningsDisposed, warnings, early) == Ratio(1, 1))
        #expect(sum(.reportsInTime, warnings, early) == .none)
        let later = FigureWindow(
            from: WarningSample.start + .minutes(1), until: WarningSample.start + .hours(5), now: window.now)
        #expect(sum(.warningsDisposed, warnings, later) == .none)
        #expect(sum(.reportsInTime, warnings, later) == Ratio(0, 1))
        #expect(sum(.supervisionsFedBack, warnings, later) == Ratio(0, 1))
    }

    @Test func `A33 every source's warning is a case of its own, replayed to an instant and no further`() throws {
        var sample = WarningSample(.orange)
        try sample.level(.red, at: 10)
        try sample.level(.yellow, at: 20)
        let history = try #require(
            WarningHistory(id: "w1", events: sample.events, now: WarningSample.start + .minutes(15)))
        #expect(history.warning.level == .red)
        #expect(history.stretches.map(\.level) == [.orange, .red] && history.stretches.last?.until == nil)
        let whole = try #require(WarningHistory(id: "w1", events: sample.events, now: .distantFuture))
        #expect(whole.peak(from: WarningSample.start, until: WarningSample.start + .minutes(10)) == .orange)
        #expect(whole.peak(from: WarningSample.start + .minutes(20), until: .distantFuture) == .yellow)
        #expect(WarningHistory(id: "w1", events: sample.events, now: WarningSample.start - .seconds(1)) == nil)
    }
}
