import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 履职 for the enterprise and its regulators: the rate with its lists, what is due, who is missing, analyses asked for.
struct DutyDesk: Sendable {
    struct Line: Sendable {
        var enterprise: String
        var hazard: String
        var kind: String
        var span: String
        var person: String
        var due: String
        var state: String
        var stateClass: String
        var address: String
        var hasProblem: Bool
    }
    struct Group: Sendable {
        var title: String
        var rate: String
        var fraction: String
    }
    struct Tab: Sendable {
        var title: String
        var count: Int
        var address: String
        var isCurrent: Bool
    }
    struct Fault: Sendable {
        var enterprise: String
        var text: String
        var since: String
    }
    struct Cause: Sendable {
        var enterprise: String
        var causeTitle: String
        var state: String
        var isLate: Bool
        var address: String
    }
    struct Disposal: Sendable {
        var person: String
        var count: Int
    }

    var span: String
    var previous: String
    var next: String?
    var groups: [Group]
    var tabs: [Tab]
    var lines: [Line]
    var faults: [Fault]
    var causes: [Cause]
    var disposals: [Disposal]
    var rulesAddress: String?
    var isRegulator: Bool

    /// The month that is asked for, this one where none is.
    static func month(_ visit: Visit) -> DutyPeriod {
        let wanted = visit.query.value("month").flatMap { ChinaTime.parseDate($0 + "-01") } ?? Day(visit.now)
        return DutyPeriod.months(1, containing: wanted)
    }

    /// A month's tasks: the figures with the lists behind them, and what runs now.
    struct Tasks: Sendable {
        struct Part: Sendable {
            var name: String
            var title: String
            var tasks: @Sendable (Tasks) -> [DutyListing]
        }

        var figures: DutyFulfilment
        var listings: [String: DutyListing]
        var running: [DutyListing]

        static let parts = [
            Part(name: "running", title: "进行中") { $0.running },
            Part(name: "missed", title: "未完成") { $0.known($0.figures.failed.filter { $0.doneAt == nil }) },
            Part(name: "late", title: "逾期完成") { $0.known($0.figures.failed.filter { $0.doneAt != nil }) },
            Part(name: "done", title: "按时完成") { $0.known($0.figures.fulfilled) },
            Part(name: "out", title: "剔除") { $0.known($0.figures.takenOut) },
        ]

        static func read(
            _ month: DutyPeriod, scope: Scope, now: Timestamp, in session: inout Session
        ) throws(StorageError) -> Tasks {
            let found = try DutyStore.fulfilmentListings(
                from: month.from.start, until: month.until.start, now: now, scope: scope, in: &session)
            var running = DutyStore.Filter()
            running.endingAfter = now
            running.isUndoneOnly = true
            let isCurrent = month.from <= Day(now) && Day(now) < month.until
            return Tasks(
                figures: found.figures, listings: found.listings,
                running: isCurrent ? try DutyStore.list(running, scope: scope, limit: 10_000, in: &session) : [])
        }

        private func known(_ tasks: [DutyTask]) -> [DutyListing] { tasks.compactMap { listings[$0.id] } }
    }

    /// A calendar month; its tasks are those that end within it, and those that run now.
    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let month = month(visit)
        let found = try await visit.read { session throws(StorageError) in
            (
                try Tasks.read(month, scope: scope, now: now, in: &session),
                try session.rows(
                    """
                    SELECT e.name, f.detail, f.first_at FROM finding AS f JOIN enterprise AS e ON e.id = f.enterprise_id
                    WHERE f.rule IN (\(list: ResponsibilityAudit.rules)) AND f.resolved_at IS NULL
                        AND \(scope.enterprises(column: "f.enterprise_id")) ORDER BY f.first_at, f.id LIMIT 200
                    """
                ) { row throws(StorageError) in
                    (row.next() as String, row.next() as String, row.next() as Timestamp)
                }, try RootCauseStore.list(scope: scope, in: &session),
                try DutyDisposal.list(
                    from: month.from.start, until: month.until.start, scope: scope, limit: 5_000, in: &session)
            )
        }
        var page = DutyDesk(found.0, month: month, visit: visit)
        page.faults = found.1.map { Fault(enterprise: $0.0, text: $0.1, since: Wording.stamp($0.2, now: now)) }
        page.causes = found.2.map { form in
            let state =
                form.submittedAt == nil
                ? "待分析，\(Wording.stamp(form.dueAt, now: now)) 前"
                : form.finishedAt == nil ? "整改中，\(form.finishBy.map(ChinaTime.date) ?? "") 前" : "已完成"
            return Cause(
                enterprise: form.enterpriseName,
                causeTitle: "\(form.pointName) 7 日内 \(form.alarms.count) 次\(form.side.label)报警", state: state,
                isLate: form.submittedAt == nil && form.dueAt <= now,
                address: "/duties/cause/" + Form.encode(form.id))
        }
        page.disposals = Dictionary(grouping: found.3, by: \.personName)
            .map { Disposal(person: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.person) < ($0.count, $1.person) }
        return visit.page("duties", page, title: "包保履职", section: .duties)
    }

    init(_ tasks: Tasks, month: DutyPeriod, visit: Visit) {
        let figures = tasks.figures
        let now = visit.now
        span = month.title
        previous = "/duties?month=" + ChinaTime.date(Day(number: month.from.number - 1)).prefix(7)
        next = month.until <= Day(now) ? "/duties?month=" + ChinaTime.date(month.until).prefix(7) : nil
        groups =
            [Group(title: "履职落实率", figures.fulfilled, figures.failed)]
            + ResponsibleRole.allCases.map { role in
                Group(
                    title: role.label, figures.fulfilled.filter { $0.kind.role == role },
                    figures.failed.filter { $0.kind.role == role })
            }
        let wanted = visit.query.value("state") ?? "running"
        let base = "/duties?month=\(month.key)&state="
        tabs = Tasks.parts.map { part in
            Tab(
                title: part.title, count: part.tasks(tasks).count, address: base + part.name,
                isCurrent: part.name == wanted)
        }
        let chosen = (Tasks.parts.first { $0.name == wanted } ?? Tasks.parts[0]).tasks(tasks)
        lines = chosen.prefix(300).map { Line($0, now: now) }
        faults = []
        causes = []
        disposals = []
        rulesAddress = visit.officer.role == .admin ? "/duties/rules" : nil
        isRegulator = visit.officer.role == .duty || visit.officer.role == .admin
    }
}

extension DutyDesk.Group {
    init(title: String, _ fulfilled: [DutyTask], _ failed: [DutyTask]) {
        self.title = title
        let all = fulfilled.count + failed.count
        rate = Wording.percent(fulfilled.count, of: all)
        fraction = "\(fulfilled.count)/\(all)"
    }
}

extension DutyDesk.Line {
    init(_ listing: DutyListing, now: Timestamp) {
        let task = listing.task
        enterprise = listing.enterpriseName
        hazard = listing.hazardName
        kind = task.kind.label
        span = listing.title
        person = (listing.doneBy ?? listing.personName) ?? "\(task.kind.role.label)空缺"
        due = Wording.stamp(task.until, now: now)
        let state = task.state(at: now)
        self.state = state.label + (task.isPartial ? "（期中登记）" : "")
        stateClass = state == .done || state == .open ? "m" : "st"
        address = "/duties/task/" + Form.encode(task.id)
        hasProblem = listing.record?.answers.values.contains(.problem) == true
    }
}
