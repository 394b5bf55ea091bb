import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 我的履职: a responsible person's duties, what was done about alarms and warnings, analyses asked for, special work.
struct DutyPhone: Sendable {
    struct Task: Sendable {
        var taskTitle: String
        var hazard: String
        var span: String
        var due: Int64?
        var dueText: String
        var state: String
        var isLate: Bool
        var address: String?
    }
    struct Cause: Sendable {
        var causeTitle: String
        var dueText: String
        var due: Int64
        var isLate: Bool
        var address: String
    }
    struct Disposal: Sendable {
        var line: String
        var address: String
    }
    struct Option: Sendable {
        var value: String
        var title: String
    }

    var open: [Task]
    var done: [Task]
    var rate: String
    var fraction: String
    var causes: [Cause]
    var disposals: [Disposal]
    var disposalCount: Int
    var works: [Option]
    var hazards: [Option]
    var workDone: [String]
    var hasCommitment: Bool
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        guard let person = visit.officer.person else { throw PageRefusal.notFound }
        let (scope, now) = (visit.scope, visit.now)
        let from = Day(number: Day(now).number - 100).start
        let enterprise = try await CommitmentPhone.enterprise(of: visit)
        let found = try await visit.read { session throws(StorageError) in
            var filter = DutyStore.Filter()
            filter.person = person
            filter.endingAfter = from
            return (
                try DutyStore.list(filter, scope: scope, limit: 200, in: &session),
                try RootCauseStore.list(isOpenOnly: true, scope: scope, in: &session),
                try DutyDisposal.list(
                    person: person, from: Day(number: Day(now).number - 29).start, until: now + .seconds(1),
                    scope: scope, limit: 50, in: &session),
                try HazardListing.all(.init(), scope: scope, limit: 100, in: &session),
                try enterprise.flatMap { id throws(StorageError) in
                    try SpecialWorkStore.list(of: id, day: Day(now), scope: .enterprise(id), in: &session)
                } ?? []
            )
        }
        let page = DutyPhone(found.0, found.1, found.2, found.3, found.4, person: person, visit: visit)
        return visit.page("phone-duties", page, title: "履职", section: .tasks, frame: .phone)
    }

    init(
        _ rows: [DutyListing], _ forms: [RootCauseForm], _ deeds: [DutyDisposal], _ sources: [HazardListing],
        _ records: [SpecialWorkRecord], person: PersonID, visit: Visit
    ) {
        let now = visit.now
        let mine = rows.filter { $0.task.doneAt != nil || $0.person == person }
        open = mine.filter { $0.task.doneAt == nil && $0.task.from <= now }.map { Task($0, now: now) }
        done = mine.filter { $0.task.doneAt != nil }.reversed().prefix(20).map { Task($0, now: now) }
        let window = Day(number: Day(now).number - 90).start..<now
        let figures = DutyFulfilment(mine.map(\.task), window: window, now: now) { _ in false }
        rate = Wording.percent(figures.numerator, of: figures.denominator)
        fraction = "\(figures.numerator)/\(figures.denominator)"
        causes = forms.map { form in
            Cause(
                causeTitle: "\(form.pointName) 7 日内 \(form.alarms.count) 次\(form.side.label)报警",
                dueText: form.submittedAt == nil ? Wording.remaining(form.dueAt - now) : "已分析，待整改完成",
                due: form.dueAt.milliseconds, isLate: form.submittedAt == nil && form.dueAt <= now,
                address: "/duties/cause/" + Form.encode(form.id))
        }
        disposals = deeds.prefix(10).map { deed in
            let isWarning = deed.kind == .acknowledgedWarning || deed.kind == .reportedWarning
            return Disposal(
                line: "\(Wording.stamp(deed.at, now: now)) \(deed.kind.label) · \(deed.hazardName)",
                address: (isWarning ? "/warning/" : "/alarm/") + Form.encode(deed.id))
        }
        disposalCount = deeds.count
        works = CommitmentCount.specialWork.map { Option(value: $0.rawValue, title: $0.label) }
        hazards = sources.map { Option(value: $0.id.rawValue, title: $0.name) }
        workDone = records.map {
            "\(Wording.stamp($0.recordedAt, now: now)) \($0.work.label) · \($0.place) · 票号 \($0.permit)"
        }
        hasCommitment = true
        csrf = visit.officer.csrf
    }
}

extension DutyPhone.Task {
    init(_ listing: DutyListing, now: Timestamp) {
        let task = listing.task
        taskTitle = task.kind.label
        hazard = listing.hazardName
        span = listing.title
        let state = task.state(at: now)
        self.state =
            state.label + (task.isPartial ? "（期中登记，不计入）" : "")
            + (task.doneAt.map { " " + Wording.stamp($0, now: now) } ?? "")
        isLate = state == .late || state == .missed
        due = task.doneAt == nil ? task.until.milliseconds : nil
        dueText = Wording.remaining(task.until - now)
        address = "/m/duties/task/" + Form.encode(task.id)
    }
}
