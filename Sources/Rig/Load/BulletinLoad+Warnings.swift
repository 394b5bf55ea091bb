import Domain
import Kernel
import Operations
import Storage

extension BulletinLoad {
    /// What is done with a source at an instant.
    struct Turn: Sendable {
        enum Act: Sendable {
            case level(Level)
            case acknowledge, report, approve, feedBack
        }
        var at: Timestamp
        var source: Int
        var act: Act
    }

    /// Three warnings a hundred enterprises and day: seven of ten stay yellow, two become orange, one red. Most fall
    /// within two hours, some stand into the next day; most are acknowledged, reported and approved in time.
    func warnings(_ random: inout SeededGenerator) -> [Turn] {
        var turns: [Turn] = []
        for day in allDays {
            for index in 0..<enterprises where random.chance(0.03) {
                let source = sources(of: index).lowerBound
                var at = day.start + .minutes(Int64(random.integer(0...1_400)))
                func add(_ act: Turn.Act, after minutes: ClosedRange<Int>, _ random: inout SeededGenerator) {
                    at = at + .minutes(Int64(random.integer(minutes)))
                    turns.append(Turn(at: at, source: source, act: act))
                }
                add(.level(.yellow), after: 0...0, &random)
                if random.chance(0.9) { add(.acknowledge, after: 2...25, &random) }
                let draw = random.unit()
                let peak: Level = draw < 0.1 ? .red : draw < 0.3 ? .orange : .yellow
                if peak > .yellow { add(.level(peak), after: 1...30, &random) }
                let stays = random.chance(0.04)
                if peak > .yellow { add(.level(.yellow), after: stays ? 900...1_500 : 5...110, &random) }
                add(.level(.blue), after: stays ? 900...1_500 : 5...60, &random)
                if random.chance(0.92) { add(.report, after: 15...55, &random) }
                if peak > .yellow, random.chance(0.9) { add(.feedBack, after: 30...600, &random) }
                add(.approve, after: 30...300, &random)
            }
        }
        return turns.filter { $0.at < Self.now }.sorted { ($0.at, $0.source) < ($1.at, $1.source) }
    }

    /// Tells the turns through the operations that everybody uses, with what falls due between them.
    func tell(_ turns: ArraySlice<Turn>, isLast: Bool, in session: inout Session) throws(StorageError) {
        for (place, turn) in zip(turns.indices, turns) {
            var context = OperationContext(
                now: turn.at, actor: "model", ids: IdentifierSource(seed: UInt64(place)))
            try passTime(to: turn.at, in: &session)
            let hazard = HazardID(Self.hazard(turn.source))
            if case .level(let level) = turn.act {
                try WarningOperations.riskChanged(
                    hazard: hazard, to: level, cause: .null, context: &context, in: &session)
                continue
            }
            let open = try WarningOperations.episodes(of: hazard, context: &context, in: &session).open
            for warning in open {
                for command in commands(turn, warning) {
                    // What the rules refuse did not happen: too early, or already done.
                    _ = try? WarningOperations.perform(
                        command, on: warning.id, scope: .system, context: &context, in: &session)
                }
            }
        }
        if isLast { try passTime(to: Self.now, in: &session) }
    }

    private func commands(_ turn: Turn, _ warning: Warning) -> [WarningCommand] {
        let index = Int(warning.enterprise.rawValue.dropFirst()) ?? 0
        switch turn.act {
        case .level: return []
        case .acknowledge: return [.acknowledge(by: PersonID(Self.person(index, 2)), note: "已派人")]
        case .report: return [.report(by: "safety", result: "已降压", cause: "阀门内漏", measures: "更换阀门")]
        case .approve: return [.approveReport(by: "county")]
        case .feedBack:
            return warning.supervisions.filter { $0.fedBackAt == nil }.map {
                .feedBack(by: $0.authority, text: "已到场核查")
            }
        }
    }

    private func passTime(to instant: Timestamp, in session: inout Session) throws(StorageError) {
        while let row = try DueStore.due(.warning, through: instant, limit: 1, in: &session).first {
            var context = OperationContext(
                now: row.at, actor: "system", ids: IdentifierSource(seed: UInt64(bitPattern: row.at.milliseconds)))
            try WarningOperations.elapse(WarningID(row.id), context: &context, in: &session)
        }
    }
}
