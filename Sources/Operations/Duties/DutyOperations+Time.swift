import Domain
import Kernel
public import Storage

extension DutyOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .duty }

    static let daily = "daily"
    static let remind = "remind"
    static let watch = "watch"
    static let watchEvery = Interval.minutes(10)

    /// Makes sure that the timers run; once at start.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        for id in [daily, watch] {
            guard try !DueStore.isSet(.duty, id: id, in: &session) else { continue }
            try DueStore.set(.duty, id: id, at: context.now, in: &session)
        }
        guard try !DueStore.isSet(.duty, id: remind, in: &session) else { return }
        try armReminder(try DutyStore.rules(in: &session), context: context, in: &session)
    }

    /// Sets the next reminder; also where its time of day was changed.
    static func armReminder(
        _ rules: DutyRules, context: OperationContext, in session: inout Session
    ) throws(StorageError) {
        let today = Day(context.now).start + rules.remindAt
        try DueStore.set(.duty, id: remind, at: today > context.now ? today : today + .days(1), in: &session)
    }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let (rules, now) = (try DutyStore.rules(in: &session), context.now)
        switch id {
        case daily:
            // After an outage each missed day's tasks are made: they fell due whether we ran or not.
            let dueAt = try DueStore.at(.duty, id: daily, in: &session) ?? now
            var day = max(Day(min(dueAt, now)), Day(now - .days(31)))
            while day <= Day(now) {
                try generate(day, rules: rules, context: &context, in: &session)
                day = day.next
            }
            var ids = context.ids
            try ResponsibilityAudit.run(rules, at: now, newID: { ids.next("fi", at: now) }, in: &session)
            context.ids = ids
            // Once a day over everything: an exemption that was lifted makes old alarms count.
            try askForRootCauses(rules, openedSince: .distantPast, context: &context, in: &session)
            try DueStore.set(.duty, id: daily, at: Day(now).next.start, in: &session)
        case remind:
            try remindAll(rules, context: &context, in: &session)
            try armReminder(rules, context: context, in: &session)
        case watch:
            // Only a new alarm can make a new cluster; two rounds back, for what was effective a little earlier.
            let dueAt = try DueStore.at(.duty, id: watch, in: &session) ?? now
            let since = min(dueAt, now) - watchEvery - watchEvery
            try askForRootCauses(rules, openedSince: since, context: &context, in: &session)
            try DueStore.set(.duty, id: watch, at: now + watchEvery, in: &session)
        default:
            try DueStore.set(.duty, id: id, at: nil, in: &session)
        }
    }

    private static func generate(
        _ day: Day, rules: DutyRules, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        for kind in [DutyKind.supervision, .quarterly, .weekly] {
            for period in rules.periods(of: kind, on: day, occasions: []) {
                try generate(kind, period, office: nil, context: &context, in: &session)
            }
        }
        // A time that an office registered is its own enterprises' (XC-11); holidays are everybody's.
        for (office, occasions) in try DutyStore.occasions(from: day, in: &session) {
            for period in rules.periods(of: .holiday, on: day, occasions: occasions) {
                try generate(.holiday, period, office: office, context: &context, in: &session)
            }
        }
    }

    private static func generate(
        _ kind: DutyKind, _ period: DutyPeriod, office: AuthorityID?, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        let count = try DutyStore.generate(kind, period, office: office, at: context.now, in: &session)
        guard count > 0 else { return }
        try context.log(
            stream: "duty", "\(kind.rawValue):\(period.key)", "generated",
            ["count": .integer(Int64(count)), "until": .string(ChinaTime.date(period.until))], in: &session)
    }

    /// One 特殊作业监督 task for each operations person of the enterprise; without any, one for its first source.
    static func declareSpecialWork(
        of enterprise: EnterpriseID, day: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let hazards = try session.rows(
            """
            SELECT min(h.id) FROM hazard AS h JOIN responsibility AS r ON r.hazard_id = h.id
                AND r.role = 'operations' AND r.until_at IS NULL
            WHERE h.enterprise_id = \(enterprise) AND h.in_use = 1 GROUP BY r.person_id
            """
        ) { row throws(StorageError) in row.next() as HazardID }
        var chosen = hazards
        if chosen.isEmpty {
            chosen = try session.rows(
                "SELECT id FROM hazard WHERE enterprise_id = \(enterprise) AND in_use = 1 ORDER BY id LIMIT 1"
            ) { row throws(StorageError) in row.next() as HazardID }
        }
        guard !chosen.isEmpty else { return }
        try DutyStore.generate(.specialWork, .day(day), hazards: chosen, at: context.now, in: &session)
    }

    /// Before it is too late: the persons in office; where an office is vacant, the enterprise.
    private static func remindAll(
        _ rules: DutyRules, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let (now, today) = (context.now, Day(context.now))
        var filter = DutyStore.Filter()
        filter.endingAfter = now
        filter.endingBy = Day(number: today.number + 4).start
        filter.isUndoneOnly = true
        var told: [Recipient: [String]] = [:]
        for listing in try DutyStore.list(filter, scope: .system, limit: 1_000_000, in: &session) {
            let task = listing.task
            guard rules.reminderDay(of: task.kind, until: Day(task.until)) == today else { continue }
            let recipient: Recipient = listing.person.map { .person($0) } ?? .enterprise(task.enterprise)
            let vacant = listing.person == nil ? "(\(task.kind.role.label)空缺)" : ""
            told[recipient, default: []].append("\(listing.hazardName) \(task.kind.label)\(vacant)")
        }
        for (recipient, items) in told.sorted(by: { Recipient.ordered($0.key, $1.key) }) {
            let list = items.prefix(5).joined(separator: "、") + (items.count > 5 ? "等 \(items.count) 项" : "")
            let isPerson = recipient.kind == "person"
            try NoticeOperations.send(
                Notice(
                    key: "duty/remind/\(ChinaTime.date(today))", recipient: recipient,
                    subject: "duties:\(recipient.id)", title: "履职任务即将到期", text: list,
                    address: isPerson ? "/m/duties" : "/duties"), context: &context, in: &session)
        }
    }

    /// Points on which alarms come back: the form opens by itself and is not closed by anything but its answer.
    private static func askForRootCauses(
        _ rules: DutyRules, openedSince: Timestamp, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let now = context.now
        for candidate in try RootCauseStore.candidates(rules, openedSince: openedSince, now: now, in: &session) {
            let id = context.ids.next("rc", at: now)
            let due = now + rules.rootCauseWithin
            try RootCauseStore.insert(candidate, id: id, dueAt: due, at: now, in: &session)
            try context.log(
                stream: "duty", id, "rootCauseAsked",
                [
                    "point": .string(candidate.point.rawValue), "side": .string(candidate.side.rawValue),
                    "alarms": .array(candidate.alarms.map { .string($0.id) }), "due": .integer(due.milliseconds),
                ], in: &session)
            var recipients: [Recipient] = [.enterprise(candidate.enterprise)]
            if let hazard = candidate.hazard {
                let people = try ContactStore.responsible(for: hazard, in: &session)
                recipients += Set(people.values).sorted().map { .person($0) }
            }
            for recipient in recipients {
                let isPerson = recipient.kind == "person"
                try NoticeOperations.send(
                    Notice(
                        key: "rootCause/\(id)", recipient: recipient, subject: "rootCause:\(id)",
                        title: "同一点位 7 日内 \(candidate.alarms.count) 次\(candidate.side.label)报警,须做根因分析",
                        text: "请在 \(ChinaTime.dateTime(due)) 前填写根本原因、整改措施。",
                        address: isPerson ? "/m/duties" : "/duties/cause/\(id)", enterprise: candidate.enterprise),
                    context: &context, in: &session)
            }
        }
        for form in try RootCauseStore.overdue(now: now, in: &session) {
            try RootCauseStore.markOverdue(form.id, at: now, in: &session)
            try context.log(stream: "duty", form.id, "rootCauseOverdue", [:], in: &session)
            let regulator = try session.first("SELECT regulator_id FROM enterprise WHERE id = \(form.enterprise)") {
                row throws(StorageError) in row.next() as AuthorityID
            }
            let recipients: [Recipient] =
                [.enterprise(form.enterprise)]
                + [regulator].compactMap { id in
                    id.map { .authority($0) }
                }
            for recipient in recipients {
                try NoticeOperations.send(
                    Notice(
                        key: "rootCause/\(form.id)/overdue", recipient: recipient, subject: "rootCause:\(form.id)",
                        title: "根因分析逾期", text: "\(form.enterpriseName) \(form.pointName) 反复报警,根因分析未按时提交。",
                        address: "/duties/cause/\(form.id)", enterprise: form.enterprise),
                    context: &context, in: &session)
            }
        }
    }
}
