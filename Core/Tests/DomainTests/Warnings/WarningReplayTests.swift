import Kernel
import Testing

@testable import Domain

/// The log holds events as JSON; what is read back must be what was written, and the state is the events applied.
@Suite struct WarningReplayTests {
    /// Every case once; a new case does not compile here until it is listed.
    private static func example(_ number: Int, _ chance: inout SeededGenerator) -> WarningEvent? {
        switch number {
        case 0:
            .raised(
                .init(
                    hazard: HazardID(text(&chance)), enterprise: EnterpriseID(text(&chance)),
                    ordinal: Int64(chance.integer(1...99)), level: chance.pick(Level.warnings),
                    issued: levels(&chance), recipients: recipients(&chance), rules: rules(&chance),
                    cause: cause(&chance)))
        case 1:
            .changed(
                .init(
                    from: chance.pick(Level.allCases), to: chance.pick(Level.allCases), issued: levels(&chance),
                    resumed: levels(&chance), lapsed: levels(&chance), recipients: recipients(&chance),
                    cause: cause(&chance)))
        case 2: .cleared
        case 3: .alarmLinked(AlarmID(text(&chance)))
        case 4: .alarmCleared(AlarmID(text(&chance)))
        case 5: .allClear(reportDueAt: instant(&chance))
        case 6:
            .cautioned(
                .init(
                    level: chance.pick(Level.warnings), count: Int64(chance.integer(1...9_999)),
                    recipients: recipients(&chance), isLate: chance.chance(0.5)))
        case 7:
            .supervisionOrdered(
                level: chance.pick(Level.warnings), of: AuthorityID(text(&chance)), isLate: chance.chance(0.5))
        case 8: .reportOverdue
        case 9: .acknowledged(by: PersonID(text(&chance)), note: text(&chance))
        case 10: .progressed(by: text(&chance), text: text(&chance))
        case 11:
            .reported(
                .init(
                    by: text(&chance), result: text(&chance), cause: text(&chance), measures: text(&chance),
                    isLate: chance.chance(0.5)))
        case 12: .reportReturned(by: text(&chance), note: text(&chance), reportDueAt: instant(&chance))
        case 13: .reportApproved(by: text(&chance))
        case 14:
            .fedBack(
                supervision: chance.integer(0...40), by: AuthorityID(text(&chance)), text: text(&chance))
        case 15: .annotated(by: text(&chance), text: text(&chance))
        case 16: .closed
        default: nil
        }
    }

    private static func place(of event: WarningEvent) -> Int {
        switch event {
        case .raised: 0
        case .changed: 1
        case .cleared: 2
        case .alarmLinked: 3
        case .alarmCleared: 4
        case .allClear: 5
        case .cautioned: 6
        case .supervisionOrdered: 7
        case .reportOverdue: 8
        case .acknowledged: 9
        case .progressed: 10
        case .reported: 11
        case .reportReturned: 12
        case .reportApproved: 13
        case .fedBack: 14
        case .annotated: 15
        case .closed: 16
        }
    }

    private static let alphabet: [Character] = [
        "a", "Z", "0", "危", "险", "\"", "\\", "/", "\n", "\r", "\t", "\u{1}", "\u{1F}", "\u{7F}", "é", "🏭", "\u{3000}",
        "\u{2028}", " ", "{", ",",
    ]

    private static func text(_ chance: inout SeededGenerator) -> String {
        String((0..<chance.integer(0...12)).map { _ in chance.pick(alphabet) })
    }

    private static func instant(_ chance: inout SeededGenerator) -> Timestamp {
        Timestamp(milliseconds: Int64(chance.integer(0...4_000_000_000_000)))
    }

    private static func levels(_ chance: inout SeededGenerator) -> [Level] {
        Level.warnings.filter { _ in chance.chance(0.5) }
    }

    private static func recipients(_ chance: inout SeededGenerator) -> [Recipient] {
        (0..<chance.integer(0...4)).map { _ in
            switch chance.integer(0...2) {
            case 0: .person(PersonID(text(&chance)))
            case 1: .authority(AuthorityID(text(&chance)))
            default: .enterprise(EnterpriseID(text(&chance)))
            }
        }
    }

    private static func rules(_ chance: inout SeededGenerator) -> DisposalRules {
        var rules = DisposalRules.statutory
        rules.version = Int64(chance.integer(0...9))
        for level in Level.warnings {
            rules.clocks[level].cautionPeriod = .milliseconds(Int64(chance.integer(60_000...3_600_000)))
            rules.additionalRecipients[level] = recipients(&chance)
        }
        rules.cascadeLowerTimers = chance.chance(0.5)
        rules.approvalTakenAsGiven = chance.chance(0.5)
        return rules
    }

    private static func cause(_ chance: inout SeededGenerator) -> JSON {
        switch chance.integer(0...3) {
        case 0: .null
        case 1: ["score": .number(Double(chance.integer(0...200)) + 0.25), "text": .string(text(&chance))]
        case 2: .array([.bool(true), .integer(-1), .string(text(&chance))])
        default: .object([])
        }
    }

    @Test(arguments: 1...40)
    func `every event reads back from the text of the log as it was`(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        var number = 0
        while let event = Self.example(number, &chance) {
            #expect(Self.place(of: event) == number)
            let stored = event.payload.text
            #expect(WarningEvent(kind: event.kind, payload: try JSON.parse(stored)) == event, "\(stored)")
            number += 1
        }
        #expect(number == 17)
    }

    @Test func `an event that lacks a member, or is of an unknown kind, is not read`() throws {
        var chance = SeededGenerator(seed: 7)
        var number = 0
        while let event = Self.example(number, &chance) {
            for member in event.payload.members ?? [] {
                let rest = JSON.object((event.payload.members ?? []).filter { $0.key != member.key })
                #expect(WarningEvent(kind: event.kind, payload: rest) == nil, "\(event.kind) without \(member.key)")
            }
            number += 1
        }
        #expect(WarningEvent(kind: "frobnicated", payload: [:]) == nil)
        #expect(WarningEvent(kind: "acknowledged", payload: ["by": 3, "note": ""]) == nil)
    }

    @Test(arguments: 1...60)
    func `the state is the events applied again from their JSON`(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        var sample = WarningSample(chance.pick(Level.warnings), openAlarms: chance.chance(0.4) ? ["a0"] : [])
        var minutes: Int64 = 0
        for step in 0..<80 where sample.warning.closedAt == nil {
            minutes += Int64(chance.integer(0...50))
            let before = sample.warning
            do throws(WarningRefusal) {
                try sample.perform(Self.command(step, sample.warning, &chance), at: minutes)
            } catch {
                #expect(sample.warning == before, "a refusal changed something")
            }
            if step % 16 == 15 { try #require(try Self.replay(sample.events) == sample.warning) }
        }
        #expect(try Self.replay(sample.events) == sample.warning)
    }

    private static func command(
        _ step: Int, _ warning: Warning, _ chance: inout SeededGenerator
    ) -> WarningCommand {
        switch chance.integer(0...11) {
        case 0, 1, 2: .setLevel(chance.pick(Level.allCases), openAlarms: [], cause: .integer(Int64(step)))
        case 3: .alarmOpened(AlarmID("a\(step)"))
        case 4, 5: .alarmCleared(warning.openAlarms.min() ?? "none")
        case 6: .elapse
        case 7: .recover
        case 8: .acknowledge(by: "u1", note: "\(step)")
        case 9: WarningSample.report
        case 10: chance.chance(0.5) ? .approveReport(by: "o") : .returnReport(by: "o", note: "x")
        default: .feedBack(by: chance.pick(["county", "city", "province"]), text: "")
        }
    }

    private static func replay(_ events: [(at: Timestamp, event: WarningEvent)]) throws -> Warning {
        var warning: Warning?
        for (at, event) in events {
            let read = try #require(WarningEvent(kind: event.kind, payload: try JSON.parse(event.payload.text)))
            if case .raised(let raised) = read {
                warning = Warning(id: "w1", raised: raised, at: at)
            } else {
                warning?.apply(read, at: at)
            }
        }
        return try #require(warning)
    }
}
