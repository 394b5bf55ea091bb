public import Domain
public import Kernel

/// One problem as lists and bulletins show it.
public struct ProblemListing: Hashable, Sendable {
    public var id: ProblemID
    public var source: String
    public var sourceID: String
    public var subject: ProblemParty
    public var subjectName: String
    public var hazardName: String?
    public var severity: ProblemSeverity
    public var topic: String
    public var text: String
    public var stage: Problem.Stage
    public var finder: AuthorityID
    public var finderName: String
    public var holder: AuthorityID
    public var holderName: String
    public var last: AuthorityID
    public var lastName: String
    public var raisedAt: Timestamp
    public var mode: String?
    public var measures: String?
    public var deadline: Timestamp?
    public var feedbackDueAt: Timestamp?
    public var respondedAt: Timestamp?
    public var rectifiedAt: Timestamp?
    public var recheckResult: RecheckResult?
    public var closedAt: Timestamp?
    public var supervisionNumber: String?
    public var supervisionLiftedAt: Timestamp?
    public var isHolderOverdue: Bool
    public var isFeedbackOverdue: Bool
    public var wasOverdue: Bool

    /// What narrows a list.
    public struct Filter: Hashable, Sendable {
        public var id: ProblemID?
        public var stages: [Problem.Stage] = []
        public var severities: [ProblemSeverity] = []
        public var source: String?
        public var sourceID: String?
        public var enterprise: EnterpriseID?
        public var authority: AuthorityID?
        public var finder: AuthorityID?
        /// In whose hands it is now.
        public var holder: AuthorityID?
        /// Not closed, and some limit has passed (JC-12).
        public var isOverdueOnly = false
        public var isOpenOnly = false
        public var raisedFrom: Timestamp?
        public var raisedUntil: Timestamp?

        public init() {}
    }

    public static func all(
        _ filter: Filter, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [ProblemListing] {
        try session.rows(
            """
            SELECT p.id, p.source_kind, p.source_id, p.subject_kind, COALESCE(p.authority_id, p.enterprise_id, ''),
                COALESCE(s.name, e.name, ''), h.name, p.severity, p.topic, p.content, p.stage, p.finder_id,
                COALESCE(f.name, p.finder_id), p.holder_id, COALESCE(o.name, p.holder_id), p.last_id,
                COALESCE(l.name, p.last_id), p.raised_at, p.mode, p.measures, p.deadline, p.feedback_due_at,
                p.responded_at, p.rectified_at, p.recheck_result, p.closed_at, p.supervision_number,
                p.supervision_lifted_at, p.is_holder_overdue, p.is_feedback_overdue, p.was_overdue
            FROM problem AS p LEFT JOIN enterprise AS e ON e.id = p.enterprise_id
            LEFT JOIN authority AS s ON s.id = p.authority_id LEFT JOIN hazard AS h ON h.id = p.hazard_id
            LEFT JOIN authority AS f ON f.id = p.finder_id LEFT JOIN authority AS o ON o.id = p.holder_id
            LEFT JOIN authority AS l ON l.id = p.last_id
            WHERE \(condition(filter, scope))
            ORDER BY CASE WHEN p.closed_at IS NULL THEN 0 ELSE 1 END, p.raised_at DESC, p.id
            LIMIT \(limit) OFFSET \(offset)
            """, read)
    }

    public static func count(
        _ filter: Filter, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first("SELECT count(*) FROM problem AS p WHERE \(condition(filter, scope))") {
            row throws(StorageError) in row.next() as Int
        } ?? 0
    }

    /// What waits for the reader: an office's to hand down, order, re-check or close; an enterprise's to answer.
    public static func waiting(
        for office: AuthorityID?, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        var filter = Filter()
        switch scope {
        case .system, .person: return 0
        case .authority:
            filter.holder = office
            filter.stages = [.raised, .rectified, .rechecked]
        case .enterprise: filter.stages = [.raised, .ordered]
        }
        return try count(filter, scope: scope, in: &session)
    }

    private static func condition(_ filter: Filter, _ scope: Scope) -> SQL {
        var parts: [SQL] = [scope.problems(alias: "p")]
        if let id = filter.id { parts.append("p.id = \(id)") }
        if !filter.stages.isEmpty { parts.append("p.stage IN (\(list: filter.stages))") }
        if !filter.severities.isEmpty { parts.append("p.severity IN (\(list: filter.severities))") }
        if let source = filter.source { parts.append("p.source_kind = \(source)") }
        if let id = filter.sourceID { parts.append("p.source_id = \(id)") }
        if let enterprise = filter.enterprise { parts.append("p.enterprise_id = \(enterprise)") }
        if let authority = filter.authority { parts.append("p.authority_id = \(authority)") }
        if let finder = filter.finder { parts.append("p.finder_id = \(finder)") }
        if let holder = filter.holder { parts.append("p.holder_id = \(holder)") }
        if filter.isOpenOnly || filter.isOverdueOnly { parts.append("p.closed_at IS NULL") }
        if filter.isOverdueOnly {
            parts.append(
                """
                ((p.is_holder_overdue = 1 AND (p.stage = 'raised' OR p.delivered_at IS NULL))
                    OR (p.is_feedback_overdue = 1 AND p.responded_at IS NULL)
                    OR (p.stage = 'ordered' AND p.was_overdue = 1))
                """)
        }
        if let from = filter.raisedFrom { parts.append("p.raised_at >= \(from)") }
        if let until = filter.raisedUntil { parts.append("p.raised_at < \(until)") }
        return parts.joined(separator: " AND ")
    }

    private static func read(_ row: inout Row) throws(StorageError) -> ProblemListing {
        let (id, source, sourceID) = (row.next() as ProblemID, row.next() as String, row.next() as String)
        let (kind, party) = (row.next() as String, row.next() as String)
        return ProblemListing(
            id: id, source: source, sourceID: sourceID,
            subject: kind == "authority" ? .authority(AuthorityID(party)) : .enterprise(EnterpriseID(party)),
            subjectName: row.next(), hazardName: row.next(), severity: row.next(), topic: row.next(),
            text: row.next(), stage: row.next(), finder: row.next(), finderName: row.next(), holder: row.next(),
            holderName: row.next(), last: row.next(), lastName: row.next(), raisedAt: row.next(), mode: row.next(),
            measures: row.next(), deadline: row.next(), feedbackDueAt: row.next(), respondedAt: row.next(),
            rectifiedAt: row.next(), recheckResult: row.next(), closedAt: row.next(), supervisionNumber: row.next(),
            supervisionLiftedAt: row.next(), isHolderOverdue: row.next(), isFeedbackOverdue: row.next(),
            wasOverdue: row.next())
    }

    /// What the rules of XC-19b look at: the problems that an office found below itself.
    public static func candidateFacts(
        finder: AuthorityID, on day: Day, in session: inout Session
    ) throws(StorageError) -> [BulletinCandidateRules.Fact] {
        let since = Day(number: day.number - BulletinCandidateRules.standard.days + 1).start
        return try session.rows(
            """
            SELECT p.id, o.authority_id, p.topic, p.severity, p.raised_at,
                CASE WHEN p.stage = 'ordered' AND p.was_overdue = 1 THEN 1 ELSE 0 END
            FROM problem AS p JOIN problem_office AS o ON o.problem_id = p.id AND o.position = 1
            WHERE p.finder_id = \(finder) AND p.raised_at < \(day.next.start)
                AND (p.raised_at >= \(since) OR p.stage = 'ordered') ORDER BY p.raised_at, p.id
            """
        ) { row throws(StorageError) in
            BulletinCandidateRules.Fact(
                problem: row.next(), region: row.next(), topic: row.next(), severity: row.next(),
                raisedAt: row.next(), isOverdue: row.next())
        }
    }
}
