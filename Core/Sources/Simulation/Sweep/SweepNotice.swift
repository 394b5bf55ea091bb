import Domain
import Kernel

/// One thing that the law wants to happen, or that happened, in a form in which both can be laid side by side.
struct SweepNotice: Hashable {
    enum Kind: Hashable {
        case raised(Level, to: Set<Recipient>)
        case changed(from: Level, to: Level, told: Set<Recipient>)
        case cleared
        case alarmLinked(AlarmID)
        case alarmCleared(AlarmID)
        case allClear(reportDueAt: Timestamp)
        case caution(Level, Int64, to: Set<Recipient>, isLate: Bool)
        case supervision(Level, of: AuthorityID, isLate: Bool)
        case reportOverdue
        case acknowledged(PersonID)
        case reported(isLate: Bool)
        case returned(reportDueAt: Timestamp)
        case approved
        case fedBack(AuthorityID)
        case closed
        case noted
    }

    let at: Timestamp
    let source: Int
    let ordinal: Int64
    let kind: Kind

    /// What an event of the log says; nil where it names somebody twice.
    static func kind(of event: WarningEvent) -> Kind? {
        func once(_ recipients: [Recipient]) -> Set<Recipient>? {
            let set = Set(recipients)
            return set.count == recipients.count ? set : nil
        }
        switch event {
        case .raised(let raised): return once(raised.recipients).map { .raised(raised.level, to: $0) }
        case .changed(let change):
            return once(change.recipients).map { .changed(from: change.from, to: change.to, told: $0) }
        case .cleared: return .cleared
        case .alarmLinked(let alarm): return .alarmLinked(alarm)
        case .alarmCleared(let alarm): return .alarmCleared(alarm)
        case .allClear(let due): return .allClear(reportDueAt: due)
        case .cautioned(let caution):
            return once(caution.recipients).map {
                .caution(caution.level, caution.count, to: $0, isLate: caution.isLate)
            }
        case .supervisionOrdered(let level, let authority, let isLate):
            return .supervision(level, of: authority, isLate: isLate)
        case .reportOverdue: return .reportOverdue
        case .acknowledged(let person, _): return .acknowledged(person)
        case .reported(let report): return .reported(isLate: report.isLate)
        case .reportReturned(_, _, let due): return .returned(reportDueAt: due)
        case .reportApproved: return .approved
        case .fedBack(_, let authority, _): return .fedBack(authority)
        case .closed: return .closed
        case .progressed, .annotated: return .noted
        }
    }
}
