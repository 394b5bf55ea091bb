import Domain
import Kernel

/// One line of a drill's output: contracts name the members and their order.
enum DrillLine {
    static func write(_ event: String, at instant: Timestamp, _ members: [JSON.Member], to output: inout [UInt8]) {
        let head = [JSON.Member("at", .string(ChinaTime.rfc3339(instant))), JSON.Member("event", .string(event))]
        JSON.object(head + members).write(to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    /// What a warning's event prints: itself, then a line for each who is told.
    static func write(_ event: WarningEvent, of hazard: HazardID, at instant: Timestamp, to output: inout [UInt8]) {
        let place = JSON.Member("hazard", .string(hazard.rawValue))
        func line(_ word: String, _ members: JSON.Member...) {
            write(word, at: instant, [place] + members, to: &output)
        }
        func level(_ level: Level) -> JSON.Member { JSON.Member("level", .string(level.name)) }
        func sent(_ reached: Level, _ recipients: [Recipient]) {
            for recipient in recipients { line("sent", level(reached), JSON.Member("to", .string(recipient.id))) }
        }
        switch event {
        case .raised(let raised):
            line("raised", level(raised.level))
            sent(raised.level, raised.recipients)
        case .changed(let change):
            line("changed", JSON.Member("from", .string(change.from.name)), level(change.to))
            sent(change.to, change.recipients)
        case .cleared: line("cleared")
        case .cautioned(let caution):
            for recipient in caution.recipients {
                let members = [
                    place, level(caution.level), JSON.Member("to", .string(recipient.id)),
                    JSON.Member("count", .integer(caution.count)),
                ]
                write(
                    "caution", at: instant, caution.isLate ? members + [JSON.Member("late", true)] : members,
                    to: &output)
            }
        case .supervisionOrdered(let reached, let authority, _):
            line("supervision", level(reached), JSON.Member("by", .string(authority.rawValue)))
        case .reportOverdue: line("reportOverdue")
        case .acknowledged(let person, _): line("acknowledged", JSON.Member("by", .string(person.rawValue)))
        case .reported(let report): line("reported", JSON.Member("late", .bool(report.isLate)))
        case .fedBack(_, let authority, _): line("fedBack", JSON.Member("by", .string(authority.rawValue)))
        case .closed: line("closed")
        case .alarmLinked, .alarmCleared, .allClear, .progressed, .reportReturned, .reportApproved, .annotated: break
        }
    }
}
