public import Domain
public import Kernel
public import Storage

/// The daily patrols: generated at 0:00, handed in, reminded of, closed at 24:00. Each function runs inside one
/// transaction of the caller.
public enum PatrolOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .patrol }

    /// The rows of `due`: one for midnight, one for the next reminder.
    static let dailyID = "daily"
    static let reminderID = "reminder"
    /// After an outage no more days than this are made up.
    static let madeUpDaysMax: Int32 = 62

    /// Sets the two timers where they do not run. At start.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        if try !DueStore.isSet(.patrol, id: dailyID, in: &session) {
            try DueStore.set(.patrol, id: dailyID, at: Day(context.now).start, in: &session)
        }
        if try !DueStore.isSet(.patrol, id: reminderID, in: &session) {
            try armReminder(context: context, in: &session)
        }
    }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        if id == dailyID {
            try beginDay(context: &context, in: &session)
            try DueStore.set(.patrol, id: dailyID, at: Day(context.now).next.start, in: &session)
        } else {
            try AttendanceOperations.remind(context: &context, in: &session)
            try armReminder(context: context, in: &session)
        }
    }

    /// Sets the next reminder; also where the hours were changed.
    static func armReminder(
        context: OperationContext, in session: inout Session
    ) throws(StorageError) {
        let hours = try InspectionSettingsStore.load(in: &session).reminderHours
        let today = Day(context.now)
        let times = [today, today.next].flatMap { day in hours.map { day.start + .hours(Int64($0)) } }
        try DueStore.set(.patrol, id: reminderID, at: times.filter { $0 > context.now }.min(), in: &session)
    }

    /// Generates today's tasks, those of days that were missed, and closes what is past. Twice a day it does nothing.
    public static func beginDay(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        let today = Day(context.now)
        let last = try PatrolStore.lastDay(in: &session) ?? Day(number: today.number - 1)
        let first = max(last.number + 1, today.number - madeUpDaysMax)
        if first <= today.number {
            let directory = AuthorityDirectory(try RegistryQueries.authorities(scope: .system, in: &session))
            let calendar = try SpecialPeriodStore.calendar(in: &session)
            let facts = try PatrolFactsReader.all(at: today.start, in: &session)
            for number in first...today.number {
                try generate(
                    Day(number: number), today: today, directory: directory, calendar: calendar, facts: facts,
                    context: &context, in: &session)
            }
        }
        try generateFollowUps(on: today, context: &context, in: &session)
        try close(before: today, context: &context, in: &session)
    }

    private static func generate(
        _ day: Day, today: Day, directory: AuthorityDirectory, calendar: SpecialCalendar,
        facts: [AuthorityID: PatrolFacts], context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        var count: Int64 = 0
        for office in directory.authorities.values.sorted(by: { $0.id < $1.id })
        where directory.patrolOffice(of: office.id) == office.id {
            let objects = directory.patrolObjects(of: office.id)
            let periods = calendar.periods(for: directory.lineage(of: office.id).map(\.id))
            let quota = PatrolQuota(level: office.level, objects: objects, factor: periods.factor(day))
            guard quota.available > 0 else { continue }
            let isNew = try PatrolStore.insertDay(
                day, office: office.id, quota: quota, reason: periods.reason(day), isMadeUp: day < today,
                at: context.now, in: &session)
            guard isNew > 0 else { continue }
            count += 1
            // A day that is over has no tasks any more; its row says that it was short.
            guard day == today else { continue }
            let ranked = PatrolPriority.ranked(objects, facts: facts, on: day)
            let suggested = PatrolPriority.suggested(ranked, quota: quota)
            let names = Set(suggested.map(\.object.id))
            let rest = ranked.filter { !names.contains($0.object.id) }
            for (rank, candidate) in (suggested + rest).enumerated() {
                let isSuggested = rank < suggested.count
                // What comes on top of an ordinary day is the special period's (XC-11).
                let isExtra = isSuggested && rank >= quota.ordinary
                try PatrolStore.insertTask(
                    id: context.ids.next("pt", at: context.now), office: office.id, day: day,
                    kind: isExtra ? .special : .routine, rank: rank + 1, isSuggested: isSuggested,
                    candidate: candidate, in: &session)
            }
        }
        try context.log(
            stream: "patrol", "day:\(ChinaTime.date(day))", "generated",
            ["offices": .integer(count), "madeUp": .bool(day < today)], in: &session)
    }

    /// Serious problems whose deadline has passed and that nobody has verified: patrolled again within 3 days (XC-12).
    private static func generateFollowUps(
        on today: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let due = try session.rows(
            """
            SELECT p.id, p.finder_id, o.authority_id, p.content, p.deadline FROM problem AS p
            JOIN problem_office AS o ON o.problem_id = p.id AND o.position = 1
            WHERE p.severity <> 'general' AND p.stage IN ('ordered','rectified') AND p.deadline < \(today.start)
            ORDER BY p.deadline, p.id
            """
        ) { row throws(StorageError) in
            (
                problem: row.next() as ProblemID, finder: row.next() as AuthorityID, subject: row.next() as AuthorityID,
                text: row.next() as String, deadline: row.next() as Timestamp
            )
        }
        guard !due.isEmpty else { return }
        let directory = AuthorityDirectory(try RegistryQueries.authorities(scope: .system, in: &session))
        for item in due {
            // What it may not patrol cannot be followed up by a patrol: the problem's own deadlines go on.
            guard let office = directory.patrolOffice(of: item.finder),
                directory.patrolObjects(of: office).contains(where: { $0.id == item.subject })
            else { continue }
            let isNew = try PatrolStore.insertFollowUp(
                id: context.ids.next("pt", at: context.now), office: office, day: today, subject: item.subject,
                problem: item.problem, explanation: "重大问题整改期满:\(item.text)",
                dueAt: FollowUp.dueAt(deadline: item.deadline), in: &session)
            guard isNew else { continue }
            try NoticeOperations.send(
                Notice(
                    key: "followUp:\(item.problem):\(item.deadline.milliseconds)", recipient: .authority(office),
                    subject: "problem:\(item.problem)", title: "要做问题跟踪巡查", text: item.text,
                    address: "/patrols"), context: &context, in: &session)
        }
    }

    /// What was not reached by 24:00 is written down and told (XC-14…16).
    private static func close(
        before today: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let open = try PatrolStore.unclosed(before: today, in: &session)
        try AttendanceOperations.close(
            before: today, oldestOpen: open.map(\.day).min(), context: &context, in: &session)
        for row in open {
            try PatrolStore.close(office: row.office, day: row.day, at: context.now, in: &session)
            guard !row.isComplete else { continue }
            let detail =
                "\(ChinaTime.date(row.day)) 巡查 \(row.doneDivisions)/\(row.neededDivisions) 个下级单位、"
                + "\(row.donePatrols)/\(row.neededPatrols) 次"
            try AttendanceOperations.record(
                .patrolShort, office: row.office, name: row.officeName, day: row.day,
                count: row.progress.missing(row.quota), detail: detail, context: &context, in: &session)
        }
    }

    /// A patrol that was made. What is wrong becomes a problem of the patrolled office, sent at once where serious
    /// (XC-18); a follow-up says what became of its problem.
    /// - Parameter acting: the officer's own office; the ministry's officers work on its centre's task (XC-35).
    @discardableResult
    public static func submit(
        _ sheet: PatrolSheet, by acting: AuthorityID, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) -> PatrolID {
        let directory = AuthorityDirectory(
            try ProblemFailure.storing { () throws(StorageError) in
                try RegistryQueries.authorities(scope: .system, in: &session)
            })
        guard let office = directory.patrolOffice(of: acting) else { throw .forbidden("本单位没有巡查任务") }
        guard let object = directory.patrolObjects(of: office).first(where: { $0.id == sheet.subject }) else {
            throw .unsuitable(PatrolRefusal.notDirect.reason)
        }
        let items = try ProblemFailure.storing { () throws(StorageError) in
            try PatrolItem.all(of: office, in: &session)
        }
        do throws(PatrolRefusal) { try sheet.check(items: items.map(\.id)) } catch { throw .unsuitable(error.reason) }
        let id = PatrolID(context.ids.next("pa", at: context.now))
        let today = Day(context.now)
        try follow(sheet, office: office, context: &context, in: &session)
        try ProblemFailure.storing { () throws(StorageError) in
            try PatrolStore.insert(
                sheet, id: id, office: office, acting: acting, day: today, object: object, by: context.actor,
                at: context.now, in: &session)
            try context.log(
                stream: "patrol", id.rawValue, "submitted",
                [
                    "office": .string(office.rawValue), "subject": .string(sheet.subject.rawValue),
                    "kind": .string(sheet.kind.rawValue), "answers": .array(sheet.answers.map(\.json)),
                    "inspector": .string(sheet.inspector),
                    "problem": sheet.followed.map { .string($0.rawValue) } ?? .null,
                    "conclusion": sheet.conclusion.map { .string($0.rawValue) } ?? .null,
                ], in: &session)
            _ = try PatrolStore.recount(office: office, day: today, at: context.now, in: &session)
        }
        for answer in sheet.abnormal {
            try ProblemOperations.raise(
                ProblemDraft(
                    source: .patrol(id.rawValue), subject: .authority(sheet.subject),
                    severity: answer.severity ?? .general, topic: answer.item,
                    text: "\(answer.title):\(answer.note)", finder: office,
                    rectification: .atOnce), context: &context, in: &session)
        }
        return id
    }

    /// What a follow-up found becomes the re-check of its problem. Of one that is re-checked already, 已整改 only
    /// confirms what is on record.
    private static func follow(
        _ sheet: PatrolSheet, office: AuthorityID, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        guard sheet.kind == .followUp, let problem = sheet.followed, let conclusion = sheet.conclusion else { return }
        var filter = ProblemListing.Filter()
        filter.id = problem
        let found = try ProblemFailure.storing { () throws(StorageError) in
            try ProblemListing.all(filter, scope: .authority(office), limit: 1, in: &session).first
        }
        guard let found else { throw .notFound }
        let isVerified = found.stage == .rechecked || found.stage == .closed
        if conclusion == .rectified, isVerified { return }
        try ProblemOperations.perform(
            .recheck(conclusion, note: sheet.conclusionNote, next: nil, by: office), on: problem,
            scope: .authority(office), context: &context, in: &session)
    }

    /// Regions below an office that come up again and again: candidates for a bulletin (XC-19b).
    public static func bulletinCandidates(
        of office: AuthorityID, on day: Day, in session: inout Session
    ) throws(StorageError) -> [AuthorityID: [BulletinCandidateRules.Reason]] {
        let facts = try ProblemListing.candidateFacts(finder: office, on: day, in: &session)
        return BulletinCandidateRules.standard.candidates(facts, on: day)
    }

    /// An office adds an item of its own; the four of the law cannot be taken away (XC-38).
    public static func addItem(
        _ title: String, to office: AuthorityID, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        guard title.contains(where: { !$0.isWhitespace }), title.count <= 40 else {
            throw .unsuitable("巡查项写 1 到 40 个字")
        }
        let id = context.ids.next("pi", at: context.now)
        try ProblemFailure.storing { () throws(StorageError) in
            try PatrolItem.insert(
                id: id, office: office, title: title, by: context.actor, at: context.now, in: &session)
            try context.log(
                stream: "patrol", id, "itemAdded",
                ["office": .string(office.rawValue), "title": .string(title)], in: &session)
        }
    }

    public static func retireItem(
        _ id: String, of office: AuthorityID, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        guard PatrolTopic(rawValue: id) == nil else { throw .forbidden("法定四项不能删除") }
        let count = try ProblemFailure.storing { () throws(StorageError) in
            try PatrolItem.retire(id, office: office, at: context.now, in: &session)
        }
        guard count > 0 else { throw .notFound }
        try ProblemFailure.storing { () throws(StorageError) in
            try context.log(
                stream: "patrol", id, "itemRetired", ["office": .string(office.rawValue)], in: &session)
        }
    }
}
