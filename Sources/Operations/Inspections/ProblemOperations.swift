public import Domain
public import Kernel
public import Storage

/// The life of problems in the database. Each function runs inside one transaction of the caller.
public enum ProblemOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .problem }

    /// Writes a new problem, tells whom it concerns and hands it to the next office where the draft says so. The caller
    /// has checked that the subject lies in the finder's jurisdiction.
    @discardableResult
    public static func raise(
        _ draft: ProblemDraft, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) -> ProblemID {
        let id = ProblemID(context.ids.next("pb", at: context.now))
        let found = try ProblemFailure.storing { () throws(StorageError) in
            (
                try ProblemStore.lineage(of: draft.finder, in: &session).first,
                try ProblemStore.lineage(of: draft.subject, in: &session),
                try supervisionNumber(of: draft.finder, at: context.now, in: &session)
            )
        }
        guard let finder = found.0, !found.1.isEmpty else { throw .notFound }
        if draft.severity == .majorHiddenDanger { try requirePower(draft.finder, in: &session) }
        let path = Problem.path(finder: finder, lineage: found.1)
        let raised = try ProblemFailure.ruling { () throws(ProblemRefusal) in
            try Problem.raise(draft, id: id, path: path, supervisionNumber: found.2, at: context.now)
        }
        try ProblemFailure.storing { () throws(StorageError) in
            try ProblemStore.insert(raised.problem, by: context.actor, in: &session)
            try record(
                raised.events, of: raised.problem, after: raised.problem, version: 0, context: &context, in: &session)
        }
        return id
    }

    /// What a person asks of a problem. The caller has checked that the account may speak for the office or enterprise
    /// that the command names.
    /// - Parameter scope: of the caller; a problem outside it is `.notFound`.
    @discardableResult
    public static func perform(
        _ command: ProblemCommand, on id: ProblemID, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) -> Problem {
        let loaded = try ProblemFailure.storing { () throws(StorageError) in
            try ProblemStore.exists(id, scope: scope, in: &session) ? try ProblemStore.load(id, in: &session) : nil
        }
        guard let (problem, version) = loaded else { throw .notFound }
        switch command {
        case .judgeMajor(_, _, let office), .penalise(_, _, _, let office), .liftSupervision(_, let office):
            try requirePower(office, in: &session)
        case .handDown, .order, .feedBack, .recheck, .close, .urge, .elapse: break
        }
        let events = try ProblemFailure.ruling { () throws(ProblemRefusal) in
            try problem.decide(command, at: context.now)
        }
        var after = problem
        for event in events { after.apply(event, at: context.now) }
        try ProblemFailure.storing { () throws(StorageError) in
            try record(events, of: problem, after: after, version: version, context: &context, in: &session)
        }
        return after
    }

    /// 判定重大隐患: the number of the order is taken in the same transaction, so that no two bear the same.
    @discardableResult
    public static func judgeMajor(
        _ id: ProblemID, requirement: String, by office: AuthorityID, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) -> Problem {
        let now = context.now
        let number = try ProblemFailure.storing { () throws(StorageError) in
            try supervisionNumber(of: office, at: now, in: &session)
        }
        return try perform(
            .judgeMajor(number: number, requirement: requirement, by: office), on: id, scope: scope,
            context: &context, in: &session)
    }

    /// Acts on every deadline of one problem, or site check, up to and including now.
    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        if id.hasPrefix(SiteCheckOperations.duePrefix) {
            return try SiteCheckOperations.elapse(id, context: &context, in: &session)
        }
        let (problem, version) = try ProblemStore.load(ProblemID(id), in: &session)
        var after = problem
        var events: [ProblemEvent] = []
        do throws(ProblemRefusal) {
            events = try problem.decide(.elapse, at: context.now)
        } catch {
            preconditionFailure("the passing of time is never refused")
        }
        for event in events { after.apply(event, at: context.now) }
        try record(events, of: problem, after: after, version: version, context: &context, in: &session)
    }

    /// The number of an office's next supervision order: 督〔2026〕3号.
    static func supervisionNumber(
        of office: AuthorityID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> String {
        let year = Day(now).components.year
        guard let first = Day(year: year, month: 1, day: 1), let next = Day(year: year + 1, month: 1, day: 1) else {
            preconditionFailure("every year has a first of January")
        }
        let count = try ProblemStore.supervisionCount(of: office, from: first.start, until: next.start, in: &session)
        return "督〔\(year)〕\(count + 1)号"
    }

    private static func requirePower(_ office: AuthorityID, in session: inout Session) throws(ProblemFailure) {
        let isTechnical = try ProblemFailure.storing { () throws(StorageError) in
            try ProblemStore.isTechnical(office, in: &session)
        }
        if isTechnical { throw .forbidden("技术支持单位没有督办和处罚权(《巡查》第十五条)") }
    }

    private static func record(
        _ events: [ProblemEvent], of before: Problem, after: Problem, version: Int64,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let name = try ProblemStore.name(of: before.subject, in: &session)
        let notices = ProblemNotices(problem: after, subjectName: name)
        var version = version
        for event in events {
            let entry = LogEntry(
                streamKind: "problem", streamID: before.id.rawValue, kind: event.kind, at: context.now,
                recordedAt: context.now, actor: context.actor, payload: event.payload)
            version = try session.append(entry, expectedVersion: version)
            context.journal.append(entry)
            for notice in notices.notices(for: event, version: version) {
                try NoticeOperations.send(notice, context: &context, in: &session)
            }
        }
        try ProblemStore.project(after, version: version, in: &session)
    }
}
