import Domain
import Kernel
import Testing

@Suite struct QualityFindingTests {
    private let now = Timestamp(milliseconds: 1_800_000_000_000)

    private func after(_ steps: [(QualityFinding.Command, QualityFinding.Actor, String)]) throws -> QualityFinding {
        var finding = QualityFinding(rule: .replayed)
        for (command, actor, account) in steps {
            finding.apply(try finding.decide(command, by: actor, account: account, at: now), by: account)
        }
        return finding
    }

    @Test func `SJ-27 handed down with three days, rectified, checked again and closed, or back once more`() throws {
        let handed = try after([(.assign(deadline: nil, advice: ""), .authority, "a")])
        #expect(handed.state == .assigned && handed.deadline == now + .days(3))
        #expect(!handed.isOverdue(at: now + .days(3) - .milliseconds(1)) && handed.isOverdue(at: now + .days(3)))
        let failed = try after([
            (.assign(deadline: nil, advice: ""), .authority, "a"), (.rectify("换了仪表"), .enterprise, "e"),
            (.recheck(isPassed: false, note: "仍在重复"), .authority, "a"),
        ])
        #expect(failed.state == .assigned && failed.reopenedCount == 1)
        let closed = try after([
            (.assign(deadline: nil, advice: ""), .authority, "a"), (.rectify("换了仪表"), .enterprise, "e"),
            (.recheck(isPassed: true, note: ""), .authority, "a"),
        ])
        #expect(closed.state == .closed)
        #expect(throws: QualityFinding.Refusal.wrongState(.closed)) {
            try closed.decide(.rectify("再改"), by: .enterprise, account: "e", at: now)
        }
        #expect(try after([(.dismiss("仪表校验时的标准信号"), .authority, "a")]).state == .dismissed)
    }

    @Test func `XC-36 the registration centre assigns, advises and checks, but neither supervises nor dismisses`()
        throws
    {
        let finding = try after([
            (.assign(deadline: nil, advice: "比对 DCS 历史"), .center, "c"), (.advise("先封存网关日志"), .center, "c"),
        ])
        #expect(finding.state == .assigned)
        for command in [QualityFinding.Command.supervise("督办"), .dismiss("误判")] {
            #expect(throws: QualityFinding.Refusal.self) {
                try finding.decide(command, by: .center, account: "c", at: now)
            }
        }
    }

    @Test func `QY-05 an enterprise can only say what it has done, never close or dismiss`() throws {
        let finding = try after([(.assign(deadline: nil, advice: ""), .authority, "a")])
        let refused: [QualityFinding.Command] = [
            .assign(deadline: nil, advice: ""), .advise("x"), .recheck(isPassed: true, note: ""), .dismiss("x"),
            .supervise("x"), .reopen("x"), .vanish,
        ]
        for command in refused {
            #expect(throws: QualityFinding.Refusal.self, "\(command)") {
                try finding.decide(command, by: .enterprise, account: "e", at: now)
            }
        }
        #expect(throws: QualityFinding.Refusal.blank("整改情况")) {
            try finding.decide(.rectify("  "), by: .enterprise, account: "e", at: now)
        }
    }

    @Test func `what the register shows to be gone closes by itself, what values showed does not`() throws {
        var entry = QualityFinding(rule: .limitsMissing)
        entry.apply(try entry.decide(.vanish, by: .system, account: "system", at: now), by: "system")
        #expect(entry.state == .closed)
        #expect(throws: QualityFinding.Refusal.self) {
            try QualityFinding(rule: .replayed).decide(.vanish, by: .system, account: "system", at: now)
        }
    }

    @Test func `SJ-24 half the points of an enterprise silent in the same minute and a half`() {
        let together = (0..<6).map { now + .seconds(Int64($0) * 15) }
        #expect(MassOffline.find(offline: together, watched: 12)?.points == 6)
        #expect(MassOffline.find(offline: together, watched: 13) == nil)
        let spread = (0..<6).map { now + .minutes(Int64($0)) }
        #expect(MassOffline.find(offline: spread, watched: 12) == nil)
        #expect(MassOffline.find(offline: Array(together.prefix(4)), watched: 4) == nil)
    }
}
