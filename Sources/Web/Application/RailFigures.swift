import Domain
import Kernel
import Storage

/// The figures on the rail: work only, and only for the sections that the role's rail shows.
enum RailFigures {
    private static let counted: Set<Section> = [
        .warnings, .card, .inbox, .exemptions, .filings, .commitment, .duties, .tasks, .problems, .checks, .calls,
    ]

    private static func shown(to role: AccountRole) -> Set<Section> {
        counted.intersection(Section.rail(for: role).joined())
    }

    static func areShown(to role: AccountRole) -> Bool { !shown(to: role).isEmpty }

    static func read(
        for officer: Officer, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Section: Int] {
        let (shown, scope) = (shown(to: officer.role), officer.scope)
        func shows(_ sections: Section...) -> Bool { !shown.isDisjoint(with: sections) }
        var found: [Section: Int] = [:]
        if shows(.warnings, .card) {
            var filter = WarningFilter()
            filter.isOpenOnly = true
            let count = try WarningList.count(filter, scope: scope, in: &session)
            (found[.warnings], found[.card]) = (count, count)
        }
        if shows(.inbox) { found[.inbox] = try Inbox.unreadCount(scope: scope, in: &session) }
        if shows(.exemptions) { found[.exemptions] = try ExemptionListing.waiting(scope: scope, in: &session) }
        if shows(.filings) { found[.filings] = try FilingListing.waiting(scope: scope, in: &session) }
        if shows(.commitment, .duties, .tasks) {
            let waiting = try DutyWaiting.read(scope: scope, now: now, in: &session)
            (found[.commitment], found[.duties], found[.tasks]) = (waiting.commitment, waiting.duties, waiting.duties)
        }
        if shows(.problems) {
            found[.problems] = try ProblemListing.waiting(for: officer.authority, scope: scope, in: &session)
        }
        if shows(.checks, .calls) {
            let waiting = try SpotCheckWaiting.read(scope: scope, now: now, in: &session)
            (found[.checks], found[.calls]) = (waiting.checks, waiting.calls)
        }
        return found.filter { shown.contains($0.key) }
    }
}
