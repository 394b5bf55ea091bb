public import Domain
public import Kernel

/// Problems as their streams, and the projection that lists and figures read.
public enum ProblemStore {
    /// Whether a problem lies in the scope.
    public static func exists(
        _ id: ProblemID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.first("SELECT 1 FROM problem AS p WHERE p.id = \(id) AND \(scope.problems(alias: "p"))") {
            row throws(StorageError) in row.next() as Int
        } != nil
    }

    /// Replays a problem's stream; the version of its last event.
    public static func load(
        _ id: ProblemID, in session: inout Session
    ) throws(StorageError) -> (problem: Problem, version: Int64) {
        var events: [(event: ProblemEvent, at: Timestamp)] = []
        var version: Int64 = 0
        for stored in try session.stream(kind: "problem", id: id.rawValue) {
            guard let event = ProblemEvent(kind: stored.entry.kind, payload: stored.entry.payload) else {
                throw damage("event \(stored.sequence) of problem \(id) cannot be read")
            }
            events.append((event, stored.entry.at))
            version = stored.version
        }
        guard let problem = Problem.replay(id, events) else {
            throw damage("problem \(id) has no raised event")
        }
        return (problem, version)
    }

    /// What happened to a problem, in order, with who did it.
    public static func trail(
        _ id: ProblemID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [(event: ProblemEvent, at: Timestamp, actor: String)] {
        guard try exists(id, scope: scope, in: &session) else { return [] }
        return try session.stream(kind: "problem", id: id.rawValue).compactMap { stored in
            ProblemEvent(kind: stored.entry.kind, payload: stored.entry.payload).map {
                (event: $0, at: stored.entry.at, actor: stored.entry.actor)
            }
        }
    }

    public static func insert(
        _ problem: Problem, by actor: String, in session: inout Session
    ) throws(StorageError) {
        let authority: AuthorityID? = if case .authority(let id) = problem.subject { id } else { nil }
        let enterprise: EnterpriseID? = if case .enterprise(let id) = problem.subject { id } else { nil }
        try session.execute(
            """
            INSERT INTO problem (id, source_kind, source_id, subject_kind, authority_id, enterprise_id, hazard_id,
                severity, topic, content, stage, finder_id, holder_id, last_id, raised_at, raised_by,
                is_holder_overdue, is_feedback_overdue, was_overdue, version)
            VALUES (\(problem.id), \(problem.source.kind), \(problem.source.id), \(problem.subject.kind),
                \(authority), \(enterprise), \(problem.hazard), \(problem.severity), \(problem.topic),
                \(problem.text), \(problem.stage), \(problem.finder), \(problem.holder), \(problem.last),
                \(problem.raisedAt), \(actor), \(false), \(false), \(false), 0)
            """)
        for (position, office) in problem.path.enumerated() {
            try session.execute(
                """
                INSERT INTO problem_office (problem_id, position, authority_id, received_at)
                VALUES (\(problem.id), \(position), \(office), \(position == 0 ? problem.raisedAt : nil))
                """)
        }
    }

    /// The columns that change, and the problem's one row in `due`.
    public static func project(
        _ problem: Problem, version: Int64, in session: inout Session
    ) throws(StorageError) {
        let measures: String? = if case .limited(let text, _) = problem.rectification { text } else { nil }
        let mode: String? = problem.rectification.map { if case .atOnce = $0 { "atOnce" } else { "limited" } }
        let delivered: Timestamp? = problem.isDelivered ? problem.heldSince : nil
        let rectified = problem.stage.isRectified ? problem.feedbacks.last { $0.finishedAt != nil }?.at : nil
        let recheck = problem.rechecks.last
        try session.execute(
            """
            UPDATE problem SET severity = \(problem.severity), stage = \(problem.stage), holder_id = \(problem.holder),
                delivered_at = \(delivered), mode = \(mode), measures = \(measures), ordered_at = \(problem.orderedAt),
                deadline = \(problem.deadline), feedback_due_at = \(problem.feedbackDueAt),
                responded_at = \(problem.respondedAt), rectified_at = \(rectified),
                recheck_result = \(recheck?.result), rechecked_at = \(recheck?.at), closed_at = \(problem.closedAt),
                supervised_at = \(problem.supervision?.orderedAt),
                supervised_by = \(problem.supervision?.by), supervision_number = \(problem.supervision?.number),
                supervision_lifted_at = \(problem.supervision?.liftedAt),
                is_holder_overdue = \(problem.isHolderOverdue), is_feedback_overdue = \(problem.isFeedbackOverdue),
                was_overdue = \(problem.wasOverdue), version = \(version), next_due_at = \(problem.nextDeadline)
            WHERE id = \(problem.id)
            """)
        try session.execute(
            """
            UPDATE problem_office SET received_at = \(problem.heldSince) WHERE problem_id = \(problem.id)
                AND position <= \(problem.position) AND received_at IS NULL
            """)
        for (ordinal, penalty) in problem.penalties.enumerated() {
            try session.execute(
                """
                INSERT INTO problem_penalty (problem_id, ordinal, number, cause, amount_yuan, authority_id,
                    registered_at)
                VALUES (\(problem.id), \(ordinal), \(penalty.number), \(penalty.cause), \(penalty.amountYuan),
                    \(penalty.by), \(penalty.at)) ON CONFLICT (problem_id, ordinal) DO NOTHING
                """)
        }
        try DueStore.set(.problem, id: problem.id.rawValue, at: problem.nextDeadline, in: &session)
    }

    /// How many problems an office has put under supervision in a year: the next order's number follows.
    public static func supervisionCount(
        of office: AuthorityID, from: Timestamp, until: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM problem WHERE supervised_by = \(office) AND supervised_at >= \(from)
                AND supervised_at < \(until)
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func damage(_ message: String) -> StorageError { .other(.init(message: message, statement: "")) }

    /// The authorities that lead from the subject's office upwards, nearest first; empty where there is no such office.
    public static func lineage(
        of subject: ProblemParty, in session: inout Session
    ) throws(StorageError) -> [AuthorityTree.Node] {
        let office: AuthorityID? =
            switch subject {
            case .authority(let id): id
            case .enterprise(let id):
                try session.first("SELECT regulator_id FROM enterprise WHERE id = \(id)") {
                    row throws(StorageError) in row.next() as AuthorityID
                }
            }
        guard let office else { return [] }
        return try lineage(of: office, in: &session)
    }

    public static func lineage(
        of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> [AuthorityTree.Node] {
        var line: [AuthorityTree.Node] = []
        var next: AuthorityID? = office
        while let current = next, !line.contains(where: { $0.id == current }) {
            let node = try session.first("SELECT id, level, parent_id FROM authority WHERE id = \(current)") {
                row throws(StorageError) in
                AuthorityTree.Node(id: row.next(), level: row.next(), parent: row.next())
            }
            guard let node else { break }
            line.append(node)
            next = node.parent
        }
        return line
    }

    /// What it is called, for messages.
    public static func name(
        of party: ProblemParty, in session: inout Session
    ) throws(StorageError) -> String {
        let found: String? =
            switch party {
            case .authority(let id):
                try session.first("SELECT name FROM authority WHERE id = \(id)") {
                    row throws(StorageError) in row.next() as String
                }
            case .enterprise(let id):
                try session.first("SELECT name FROM enterprise WHERE id = \(id)") {
                    row throws(StorageError) in row.next() as String
                }
            }
        return found ?? party.id
    }

    /// A technical office (登记中心) neither supervises nor punishes (XC-36).
    public static func isTechnical(_ office: AuthorityID, in session: inout Session) throws(StorageError) -> Bool {
        try session.first("SELECT is_technical FROM office_profile WHERE authority_id = \(office)") {
            row throws(StorageError) in row.next() as Bool
        } ?? false
    }
}

extension Problem.Stage {
    var isRectified: Bool {
        switch self {
        case .raised, .ordered: false
        case .rectified, .rechecked, .closed: true
        }
    }
}
