import Domain
import Kernel
import Testing

/// How disposal and supervision went is ranked (disposal measures Art. 16).
@Suite struct DisposalFiguresTests {
    private func figures(_ warnings: Warning...) -> DisposalFigures {
        var figures = DisposalFigures()
        for warning in warnings { figures.add(warning) }
        return figures
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
        let figures = figures(try quick(), try slow(), WarningSample(.yellow).warning)
        #expect(figures.disposed.count == 2 && figures.disposed.total == 3)
        #expect(figures.disposedInTime.count == 1 && figures.disposedInTime.total == 2)
        #expect(figures.reportedInTime.count == 1 && figures.reportedInTime.total == 2)
        #expect(figures.supervisionsFedBack.count == 0 && figures.supervisionsFedBack.total == 1)
    }

    @Test func `YJ-25 equal units share a rank, the next is skipped, and who has nothing to count has none`() throws {
        let good = figures(try quick())
        let even = figures(try quick(), try slow())
        let ranking = DisposalFigures.ranking(
            ["a": good, "b": even, "c": even, "d": figures(try slow()), "e": figures()], by: \.reportedInTime)
        #expect(ranking.map(\.unit) == ["d", "b", "c", "a"])
        #expect(ranking.map(\.rank) == [1, 2, 2, 4])
    }
}
