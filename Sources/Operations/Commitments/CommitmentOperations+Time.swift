public import Domain
public import Kernel
public import Storage

extension CommitmentOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .commitment }

    static let daily = "daily"
    static let watch = "watch"
    static let doneKey = "commitment.done"

    /// Makes sure that the two timers run; once at start.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        for id in [daily, watch] {
            guard try !DueStore.isSet(.commitment, id: id, in: &session) else { continue }
            try DueStore.set(.commitment, id: id, at: context.now, in: &session)
        }
    }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let rules = try CommitmentStore.rules(in: &session)
        switch id {
        case daily:
            try runDay(rules, context: &context, in: &session)
            try DueStore.set(.commitment, id: daily, at: rules.nextStep(after: context.now), in: &session)
        case watch:
            let isDone = try compareSome(rules, context: &context, in: &session)
            let pause = isDone ? rules.watchEvery : .milliseconds(200)
            try DueStore.set(.commitment, id: watch, at: context.now + pause, in: &session)
        default:
            try DueStore.set(.commitment, id: id, at: nil, in: &session)
        }
    }

    /// What fell due since the last time: days are begun, the forgetful reminded, the missing listed. An outage of
    /// several days makes up each of them.
    private static func runDay(
        _ rules: CommitmentRules, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let now = context.now
        let last = try SettingStore.text(doneKey, in: &session).flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
        // Set up in the middle of a day: today counts, but nobody was asked for anything before.
        if last == nil { try begin(Day(now), in: &session) }
        let start = max(last ?? now, now - .days(31))
        for step in rules.steps(after: start, through: now) {
            switch step {
            case .begin(let day): try begin(day, in: &session)
            case .remind(let day, let time):
                try remind(day, time: time, rules: rules, context: &context, in: &session)
            case .listMissing(let day): try listMissing(day, context: &context, in: &session)
            }
        }
        try SettingStore.set(doneKey, String(now.milliseconds), at: now, in: &session)
    }

    /// Who must commit is known from here on: the model looks at the sources again when that falls due. At midnight
    /// itself it may have looked before the day was begun, and would not come back by itself.
    private static func begin(_ day: Day, in session: inout Session) throws(StorageError) {
        try CommitmentStore.begin(day, in: &session)
        try RiskStore.callForAssessment(at: CommitmentRules.deadline(of: day), in: &session)
    }

    /// To the enterprises, and to their principals, that have not committed yet.
    private static func remind(
        _ day: Day, time: Interval, rules: CommitmentRules, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        for line in try CommitmentStore.rate(day, scope: .system, in: &session).missing {
            let left = (CommitmentRules.deadline - time).minutes
            try tell(
                line.enterprise, day: day, key: "remind-\(time.minutes)", title: "今日安全承诺还没有提交",
                text: "距 10:00:00 还有 \(left) 分钟,以系统收到为准。", context: &context, in: &session)
        }
    }

    private static func tell(
        _ enterprise: EnterpriseID, day: Day, key: String, title: String, text: String,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let principals = try DelegationStore.principals(of: enterprise, in: &session)
        let recipients: [(Recipient, String)] =
            [(.enterprise(enterprise), "/commitment")] + principals.map { (.person($0.id), "/m/commitment") }
        for (recipient, address) in recipients {
            try NoticeOperations.send(
                Notice(
                    key: "commitment/\(enterprise)/\(ChinaTime.date(day))/\(key)", recipient: recipient,
                    subject: "commitment:\(enterprise)", title: title, text: text, address: address,
                    enterprise: enterprise), context: &context, in: &session)
        }
    }

    /// At ten each office that sees a missing enterprise gets the list.
    private static func listMissing(
        _ day: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let rate = try CommitmentStore.rate(day, scope: .system, in: &session)
        let names = Dictionary(
            rate.missing.map { ($0.enterprise, $0.name) }, uniquingKeysWith: { first, _ in first })
        try context.log(
            stream: "commitment", ChinaTime.date(day), "closed",
            [
                "must": .integer(Int64(rate.must.count)), "onTime": .integer(Int64(rate.onTime.count)),
                "delegates": .integer(Int64(rate.delegates.count)), "missing": .integer(Int64(rate.missing.count)),
                "released": .integer(Int64(rate.released.count)),
            ], in: &session)
        guard !names.isEmpty else { return }
        let pairs = try session.rows(
            """
            SELECT v.authority_id, v.enterprise_id FROM visibility AS v
            JOIN authority AS a ON a.id = v.authority_id AND a.level IN ('province', 'city', 'county', 'park')
            ORDER BY v.authority_id, v.enterprise_id
            """
        ) { row throws(StorageError) in (row.next() as AuthorityID, row.next() as EnterpriseID) }
        var missing: [(authority: AuthorityID, names: [String])] = []
        for (authority, enterprise) in pairs {
            guard let name = names[enterprise] else { continue }
            if missing.last?.authority == authority {
                missing[missing.count - 1].names.append(name)
            } else {
                missing.append((authority, [name]))
            }
        }
        for item in missing {
            let list =
                item.names.prefix(10).joined(separator: "、")
                + (item.names.count > 10 ? "等 \(item.names.count) 家" : "")
            try NoticeOperations.send(
                Notice(
                    key: "commitment/missing/\(ChinaTime.date(day))", recipient: .authority(item.authority),
                    subject: "commitments:\(ChinaTime.date(day))", title: "10 时未承诺 \(item.names.count) 家",
                    text: "\(ChinaTime.date(day)) 10:00:00 前未收到安全承诺:\(list)。",
                    address: "/commitments?day=\(ChinaTime.date(day))&state=missing"),
                context: &context, in: &session)
        }
    }

    /// The promises of today beside the data, every few minutes of the day; a hundred a transaction, so that no reading
    /// waits long behind it. True where this round is over.
    private static func compareSome(
        _ rules: CommitmentRules, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Bool {
        let (day, now) = (Day(context.now), context.now)
        let cursor = try SettingStore.text(cursorKey, in: &session) ?? ""
        if cursor.isEmpty { try CommitmentFactsReader.noteMovements(day, at: now, in: &session) }
        let records = try CommitmentStore.current(
            day: day, after: EnterpriseID(cursor), limit: compareBatch, scope: .system, in: &session)
        try compare(records, of: day, rules: rules, context: &context, in: &session)
        let isDone = records.count < compareBatch
        let next = isDone ? "" : records.last?.enterprise.rawValue ?? ""
        try SettingStore.set(cursorKey, next, at: now, in: &session)
        return isDone
    }

    private static let cursorKey = "commitment.compared"
    private static let compareBatch = 100

    /// 催办: the regulator reminds by hand; at most once in five minutes an enterprise.
    public static func urge(
        _ enterprise: EnterpriseID, by editor: RegistryEditor, from office: String, context: inout OperationContext,
        in session: inout Session
    ) throws(CommitmentFailure) {
        guard editor.role == .duty else { throw .forbidden("催办由监管部门发出") }
        let day = Day(context.now)
        let line = try CommitmentFailure.storing { () throws(StorageError) in
            try CommitmentStore.line(of: enterprise, day: day, scope: editor.scope, in: &session)
        }
        guard let line else { throw .notFound }
        guard line.standing == nil else { throw .refused("这家企业今天已经承诺") }
        guard !line.isReleased else { throw .refused("这家企业在长期停产报备中,不用承诺") }
        try CommitmentFailure.storing { () throws(StorageError) in
            let slot = context.now.milliseconds / Interval.minutes(5).milliseconds
            try tell(
                enterprise, day: day, key: "urge-\(slot)", title: "催办:今日安全承诺",
                text: "\(office)催办:请立即提交今日安全承诺。", context: &context, in: &session)
            try context.log(
                stream: "commitment", enterprise.rawValue, "urged", ["day": .string(ChinaTime.date(day))],
                in: &session)
        }
    }

    /// The conventions, by an administrator.
    public static func set(
        _ rules: CommitmentRules, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(CommitmentFailure) {
        guard editor.role == .admin else { throw .forbidden("约定由管理员设定") }
        guard rules.objections.isEmpty else { throw .refused(rules.objections.joined(separator: ";")) }
        try CommitmentFailure.storing { () throws(StorageError) in
            try CommitmentStore.set(rules, at: context.now, in: &session)
            try context.log(stream: "commitment", "rules", "rulesSet", rules.json, in: &session)
            try DueStore.set(.commitment, id: daily, at: rules.nextStep(after: context.now), in: &session)
        }
    }
}
