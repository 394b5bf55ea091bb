public import Domain
public import Kernel
public import Storage

/// Who must act every day is seen to have acted: the named inspector signed in, warnings were opened, filings decided
/// (SZ-01, JC-11); reminded before it is too late.
public enum AttendanceOperations {
    /// In the afternoon and the evening: offices whose patrols are not done, inspectors who have not come, filings that
    /// wait. Once an office and hour.
    static func remind(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        let day = Day(context.now)
        let stamp = "\(ChinaTime.date(day)):\(String(ChinaTime.clock(context.now).prefix(2)))"
        for row in try PatrolStore.days(day, isOpenOnly: true, scope: .system, in: &session) where !row.isComplete {
            let left = row.progress.missing(row.quota)
            try tell(
                row.office, "patrol:\(stamp)", "今天的巡查还差 \(left) 次", "24:00 截止,已巡 \(row.donePatrols) 次",
                context: &context, in: &session)
        }
        let named = try AttendanceStore.inspectors(on: day, scope: .system, in: &session)
        let present = try AttendanceStore.presence(on: day, scope: .system, in: &session)
        for (office, inspectors) in Dictionary(grouping: named, by: \.authority).sorted(by: { $0.key < $1.key })
        where !inspectors.contains(where: { present[$0.account] != nil }) {
            let names = inspectors.map(\.name).joined(separator: "、")
            try tell(
                office, "signIn:\(stamp)", "专人今天还没有登录", names, context: &context, in: &session)
        }
        for (office, count) in try waitingFilings(context.now, in: &session).sorted(by: { $0.key < $1.key }) {
            try tell(
                office, "filings:\(stamp)", "有 \(count) 份报备等着确认", "请在时限内确认或退回", address: "/filings",
                context: &context, in: &session)
        }
    }

    private static func waitingFilings(
        _ now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [AuthorityID: Int] {
        let rows = try session.rows(
            """
            SELECT regulator_id, count(*) FROM filing_decision WHERE decided_at IS NULL GROUP BY regulator_id
            """
        ) { row throws(StorageError) in (row.next() as AuthorityID, row.next() as Int) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    static let closedKey = "attendance.closedThrough"

    /// Closes every day that is over and was not closed, whether patrols were due on it or not: a county without a
    /// park has no patrols, but people who must sign in.
    /// - Parameter oldestOpen: the first day with open patrols, for a database of before the mark was kept.
    static func close(
        before today: Day, oldestOpen: Day?, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let known = try SettingStore.text(closedKey, in: &session).flatMap { Int32($0) }
        let first = known.map { $0 + 1 } ?? oldestOpen?.number ?? today.number
        var day = Day(number: max(first, today.number - PatrolOperations.madeUpDaysMax))
        while day < today {
            try close(day, context: &context, in: &session)
            day = day.next
        }
        try SettingStore.set(closedKey, String(today.number - 1), at: context.now, in: &session)
    }

    /// A day is over: what was not done is written down, once, and the office is told.
    private static func close(
        _ day: Day, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let offices = try AttendanceStore.working(in: &session)
        let named = Dictionary(
            grouping: try AttendanceStore.inspectors(on: day, scope: .system, in: &session), by: \.authority)
        let present = try AttendanceStore.presence(on: day, scope: .system, in: &session)
        let unread = try AttendanceStore.unreadWarnings(on: day, in: &session)
        let undecided = try AttendanceStore.undecidedFilings(on: day, in: &session)
        let late = try AttendanceStore.lateFollowUps(on: day, in: &session)
        for (office, name) in offices.sorted(by: { $0.key < $1.key }) {
            var found: [(AttendanceFinding.Kind, Int, String)] = []
            if let inspectors = named[office] {
                let absent = inspectors.filter { present[$0.account] == nil }
                if absent.count == inspectors.count {
                    found.append((.noSignIn, absent.count, absent.map(\.name).joined(separator: "、")))
                }
            } else {
                found.append((.noInspector, 1, "没有登记每日登录系统的专人"))
            }
            if let count = unread[office] { found.append((.warningsUnread, count, "预警 \(count) 条超时未查看")) }
            if let count = undecided[office] { found.append((.filingsUndecided, count, "报备 \(count) 份超时")) }
            if let count = late[office] { found.append((.followUpLate, count, "跟踪巡查 \(count) 次逾期")) }
            for (kind, count, detail) in found {
                try record(
                    kind, office: office, name: name, day: day, count: count, detail: detail, context: &context,
                    in: &session)
            }
        }
    }

    static func record(
        _ kind: AttendanceFinding.Kind, office: AuthorityID, name: String, day: Day, count: Int, detail: String,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try AttendanceStore.record(
            AttendanceFinding(
                authority: office, authorityName: name, day: day, kind: kind, count: count, detail: detail),
            at: context.now, in: &session)
        try context.log(
            stream: "patrol", "attendance:\(office)", kind.rawValue,
            ["day": .string(ChinaTime.date(day)), "count": .integer(Int64(count)), "detail": .string(detail)],
            in: &session)
        try tell(
            office, "finding:\(kind.rawValue):\(ChinaTime.date(day))", "考勤异常:\(kind.label)",
            "\(ChinaTime.date(day)) \(detail)", address: "/attendance", context: &context, in: &session)
    }

    private static func tell(
        _ office: AuthorityID, _ key: String, _ title: String, _ text: String, address: String = "/patrols",
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try NoticeOperations.send(
            Notice(
                key: key, recipient: .authority(office), subject: "attendance:\(office)", title: title, text: text,
                address: address), context: &context, in: &session)
    }

    /// Names the person who signs in for an office every day (SZ-01). The account belongs to that office.
    public static func name(
        _ account: AccountID, for office: AuthorityID, from day: Day, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) {
        let found = try ProblemFailure.storing { () throws(StorageError) in
            try session.first(
                """
                SELECT 1 FROM account WHERE id = \(account) AND authority_id = \(office) AND role = 'duty'
                    AND disabled_at IS NULL AND \(scope.offices(column: "authority_id"))
                """
            ) { row throws(StorageError) in row.next() as Int }
        }
        guard found != nil else { throw .unsuitable("专人要是本单位在用的值守员账号") }
        let id = context.ids.next("in", at: context.now)
        try ProblemFailure.storing { () throws(StorageError) in
            try AttendanceStore.insert(
                id: id, account: account, authority: office, from: day, until: nil, by: context.actor,
                at: context.now, in: &session)
            try context.log(
                stream: "patrol", "inspector:\(office)", "inspectorNamed",
                ["account": .string(account.rawValue), "from": .string(ChinaTime.date(day))], in: &session)
        }
    }

    public static func dismiss(
        _ id: String, scope: Scope, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        let count = try ProblemFailure.storing { () throws(StorageError) in
            try AttendanceStore.end(id, scope: scope, on: Day(context.now), in: &session)
        }
        guard count > 0 else { throw .notFound }
        try ProblemFailure.storing { () throws(StorageError) in
            try context.log(stream: "patrol", "inspector:\(id)", "inspectorDismissed", [:], in: &session)
        }
    }
}
