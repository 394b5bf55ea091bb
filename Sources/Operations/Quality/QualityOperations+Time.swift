public import Domain
public import Kernel
public import Storage

extension QualityOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .quality }

    /// The daily timer's id in `due`.
    public static let dailyID = "daily"
    /// When a finished day is asked for: late values of its last minutes have come. [本项目约定]
    static let askAfterMidnight = Interval.minutes(20)
    /// So many missed days are made up after an outage. [本项目约定]
    static let daysMadeUp: Int32 = 3

    /// Arms the daily timer where there is none yet; once at start.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        guard try !DueStore.isSet(.quality, id: dailyID, in: &session) else { return }
        try DueStore.set(
            .quality, id: dailyID, at: Day(context.now).start + askAfterMidnight, in: &session)
    }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        if id == dailyID { return try askForDay(context: &context, in: &session) }
        guard id.hasPrefix(timerPrefix) else {
            return try DueStore.set(.quality, id: id, at: nil, in: &session)
        }
        try overdue(QualityFindingID(String(id.dropFirst(timerPrefix.count))), context: &context, in: &session)
    }

    /// Puts yesterday, and days missed before it, into the scanner's book. The reading itself is done elsewhere: a
    /// timer must not hold up other timers.
    private static func askForDay(
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let today = Day(context.now)
        let yesterday = Day(number: today.number - 1)
        let last = try QualityScanStore.lastAsked(in: &session)
        let oldest = yesterday.number - daysMadeUp + 1
        var day = Day(number: max(oldest, last.map { $0.number + 1 } ?? yesterday.number))
        while day <= yesterday {
            try QualityScanStore.ask(day: day, at: context.now, in: &session)
            day = day.next
        }
        try QualityDayStore.prune(before: today, in: &session)
        try QualityStore.prune(before: today, in: &session)
        try DueStore.set(.quality, id: dailyID, at: today.next.start + askAfterMidnight, in: &session)
    }

    /// The deadline has passed: the office is told, and a serious matter becomes a problem under supervision.
    private static func overdue(
        _ id: QualityFindingID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try DueStore.set(.quality, id: timerPrefix + id.rawValue, at: nil, in: &session)
        guard let stored = try QualityFindingStore.find(id, scope: .system, in: &session),
            stored.finding.isOverdue(at: context.now),
            try QualityFindingStore.markOverdue(id, at: context.now, in: &session)
        else { return }
        try QualityFindingStore.addStep(
            id, .init(kind: "overdue", at: context.now, actor: context.actor, note: "整改期限已过"), in: &session)
        try context.log(stream: "quality", id.rawValue, "overdue", [:], in: &session)
        guard
            let enterprise = try RegistryQueries.enterprise(stored.subject.enterprise, scope: .system, in: &session)
        else { return }
        for recipient in [Recipient.authority(enterprise.jurisdiction.regulator), .enterprise(enterprise.id)] {
            try NoticeOperations.send(
                Notice(
                    key: "quality-overdue:\(id):\(stored.version)", recipient: recipient, subject: "quality:\(id)",
                    title: "数据质量问题逾期未整改", text: "\(enterprise.name) \(stored.subject.rule.label):\(stored.detail)",
                    address: "/findings/\(id)", enterprise: enterprise.id), context: &context, in: &session)
        }
        guard stored.subject.rule.severity == .serious, !stored.finding.isSupervised else { return }
        do throws(QualityFailure) {
            try perform(
                .supervise("整改期限已过"), on: id, by: .system, scope: .system, context: &context, in: &session)
        } catch .storage(let error) {
            throw error
        } catch {
            // The problem's own rules refuse it: the finding stays overdue, and says why.
            try QualityFindingStore.addStep(
                id, .init(kind: "overdue", at: context.now, actor: context.actor, note: error.text), in: &session)
        }
    }

    /// The enterprise tells how many gas detectors its ledger counts (SJ-05).
    public static func tellLedger(
        _ detectors: Int, of enterprise: EnterpriseID, context: inout OperationContext, in session: inout Session
    ) throws(QualityFailure) {
        guard (0...100_000).contains(detectors) else { throw .words("台账数应在 0–100000 之间") }
        try QualityFailure.storing { () throws(StorageError) in
            try GasLedgerStore.set(detectors, of: enterprise, by: context.actor, at: context.now, in: &session)
            try context.log(
                stream: "quality", "ledger:\(enterprise)", "told", ["detectors": .integer(Int64(detectors))],
                in: &session)
        }
    }
}
