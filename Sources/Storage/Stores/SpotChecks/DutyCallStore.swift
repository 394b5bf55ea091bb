public import Domain
public import Kernel

/// 查岗.
public enum DutyCallStore {
    public struct Listing: Hashable, Sendable {
        public var call: DutyCall
        public var callerName: String
        public var targetName: String
        public var calledBy: String
    }

    public static func insert(
        _ call: DutyCall, by actor: String, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO duty_call (id, authority_id, target_kind, target_id, called_at, called_by, minutes, due_at,
                question)
            VALUES (\(call.id), \(call.caller), \(call.target.kind), \(call.target.id), \(call.calledAt), \(actor),
                \(call.minutes), \(call.dueAt), \(call.question))
            """)
    }

    public static func update(
        _ call: DutyCall, account: String?, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE duty_call SET answered_at = \(call.answeredAt), answered_by = \(call.answeredBy),
                answer = \(call.answer), missed_at = \(call.missedAt),
                answered_account = COALESCE(\(account), answered_account)
            WHERE id = \(call.id)
            """)
    }

    /// Seen by the caller's office and those above it, and by whoever is called.
    public static func find(
        _ id: DutyCallID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Listing? {
        try session.first("\(select) WHERE c.id = \(id) AND \(condition(scope))", read)
    }

    public static func all(
        state: DutyCall.State? = nil, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [Listing] {
        let wanted: SQL = state.map { "AND \(condition($0))" } ?? ""
        return try session.rows(
            """
            \(select) WHERE \(condition(scope)) \(wanted)
            ORDER BY CASE WHEN c.answered_at IS NULL AND c.missed_at IS NULL THEN 0 ELSE 1 END, c.called_at DESC, c.id
            LIMIT \(limit) OFFSET \(offset)
            """, read)
    }

    public static func count(
        state: DutyCall.State? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        let wanted: SQL = state.map { "AND \(condition($0))" } ?? ""
        return try session.first("SELECT count(*) FROM duty_call AS c WHERE \(condition(scope)) \(wanted)") {
            row throws(StorageError) in row.next() as Int
        } ?? 0
    }

    /// How many calls of each state since a time.
    public static func counts(
        since: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [DutyCall.State: Int] {
        var found: [DutyCall.State: Int] = [:]
        for state in DutyCall.State.allCases {
            found[state] =
                try session.first(
                    """
                    SELECT count(*) FROM duty_call AS c WHERE c.called_at >= \(since) AND \(condition(scope))
                        AND \(condition(state))
                    """
                ) { row throws(StorageError) in row.next() as Int } ?? 0
        }
        return found
    }

    /// Those that wait for an answer of the scope's owner.
    public static func waiting(for scope: Scope, in session: inout Session) throws(StorageError) -> Int {
        guard let own = target(of: scope) else { return 0 }
        return try session.first(
            """
            SELECT count(*) FROM duty_call AS c WHERE c.target_kind = \(own.kind) AND c.target_id = \(own.id)
                AND c.answered_at IS NULL
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    /// The last call of the day to a target, for column 10 of the record.
    public static func last(
        of target: DutyCall.Target, on day: Day, in session: inout Session
    ) throws(StorageError) -> DutyCall? {
        try session.first(
            """
            \(select) WHERE c.target_kind = \(target.kind) AND c.target_id = \(target.id)
                AND c.called_at >= \(day.start) AND c.called_at < \(day.next.start)
            ORDER BY c.called_at DESC, c.id DESC LIMIT 1
            """, read)?.call
    }

    static func target(of scope: Scope) -> DutyCall.Target? {
        switch scope {
        case .authority(let id): .authority(id)
        case .enterprise(let id): .enterprise(id)
        case .system, .person: nil
        }
    }

    private static func condition(_ scope: Scope) -> SQL {
        switch scope {
        case .system: "1 = 1"
        case .authority(let id):
            """
            (\(scope.offices(column: "c.authority_id"))
                OR (c.target_kind = 'authority' AND c.target_id = \(id)))
            """
        case .enterprise, .person:
            "c.target_kind = 'enterprise' AND \(scope.enterprises(column: "c.target_id"))"
        }
    }

    private static func condition(_ state: DutyCall.State) -> SQL {
        switch state {
        case .waiting: "c.answered_at IS NULL AND c.missed_at IS NULL"
        case .missed: "c.answered_at IS NULL AND c.missed_at IS NOT NULL"
        case .answered: "c.answered_at IS NOT NULL AND c.answered_at <= c.due_at"
        case .late: "c.answered_at IS NOT NULL AND c.answered_at > c.due_at"
        }
    }

    private static let select: SQL = """
        SELECT c.id, c.authority_id, c.target_kind, c.target_id, c.called_at, c.minutes, c.question, c.answered_at,
            c.answered_by, c.answer, c.missed_at, a.name, COALESCE(e.name, b.name, c.target_id),
            COALESCE(p.name, c.called_by)
        FROM duty_call AS c JOIN authority AS a ON a.id = c.authority_id
        LEFT JOIN enterprise AS e ON c.target_kind = 'enterprise' AND e.id = c.target_id
        LEFT JOIN authority AS b ON c.target_kind = 'authority' AND b.id = c.target_id
        LEFT JOIN account AS p ON p.id = c.called_by
        """

    private static func read(_ row: inout Row) throws(StorageError) -> Listing {
        let id: DutyCallID = row.next()
        let caller: AuthorityID = row.next()
        let kind: String = row.next()
        let target: String = row.next()
        let call = DutyCall(
            stored: id, caller: caller,
            target: kind == "authority" ? .authority(AuthorityID(target)) : .enterprise(EnterpriseID(target)),
            calledAt: row.next(), minutes: row.next(), question: row.next(), answeredAt: row.next(),
            answeredBy: row.next(), answer: row.next(), missedAt: row.next())
        return Listing(call: call, callerName: row.next(), targetName: row.next(), calledBy: row.next())
    }
}

extension DutyCall.Target {
    public var kind: String {
        switch self {
        case .enterprise: "enterprise"
        case .authority: "authority"
        }
    }
    public var id: String {
        switch self {
        case .enterprise(let id): id.rawValue
        case .authority(let id): id.rawValue
        }
    }
    public var recipient: Recipient {
        switch self {
        case .enterprise(let id): .enterprise(id)
        case .authority(let id): .authority(id)
        }
    }
}
