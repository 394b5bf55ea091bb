public import Domain
public import Kernel

/// One version of one enterprise's commitment of one day.
public struct CommitmentRecord: Hashable, Sendable {
    public var id: String
    public var enterprise: EnterpriseID
    public var day: Day
    public var version: Int
    public var isCurrent: Bool
    public var receivedAt: Timestamp
    public var firstReceivedAt: Timestamp
    public var standing: CommitmentStanding
    /// This version's own signature, beside the day's standing.
    public var isSignedByDelegate: Bool
    public var signer: String
    public var signerPerson: PersonID?
    public var delegation: String?
    public var source: String
    public var actor: String
    public var content: CommitmentContent

    public init(
        id: String, enterprise: EnterpriseID, day: Day, version: Int, isCurrent: Bool, receivedAt: Timestamp,
        firstReceivedAt: Timestamp, standing: CommitmentStanding, isSignedByDelegate: Bool, signer: String,
        signerPerson: PersonID?, delegation: String?, source: String, actor: String, content: CommitmentContent
    ) {
        self.id = id
        self.enterprise = enterprise
        self.day = day
        self.version = version
        self.isCurrent = isCurrent
        self.receivedAt = receivedAt
        self.firstReceivedAt = firstReceivedAt
        self.standing = standing
        self.isSignedByDelegate = isSignedByDelegate
        self.signer = signer
        self.signerPerson = signerPerson
        self.delegation = delegation
        self.source = source
        self.actor = actor
        self.content = content
    }
}

public enum CommitmentStore {
    /// Writes a version; the one before is no longer the current one.
    public static func insert(_ record: CommitmentRecord, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            UPDATE commitment SET is_current = 0 WHERE enterprise_id = \(record.enterprise) AND day = \(record.day)
                AND is_current = 1
            """)
        let content = record.content
        try session.execute(
            """
            INSERT INTO commitment (id, enterprise_id, day, version, is_current, received_at, first_received_at, state,
                is_by_delegate, signed_by_delegate, signer, signer_person_id, delegation_id, source, actor, risk_level,
                risk_score, units, running, stopped, overhaul, hot_work, special_work, is_starting_or_stopping,
                has_hidden_danger, content)
            VALUES (\(record.id), \(record.enterprise), \(record.day), \(record.version), 1, \(record.receivedAt),
                \(record.firstReceivedAt), \(record.standing.state), \(record.standing.isByDelegate),
                \(record.isSignedByDelegate), \(record.signer), \(record.signerPerson), \(record.delegation),
                \(record.source), \(record.actor), \(content.riskLevel), \(content.riskScore), \(content[.units]),
                \(content[.running]), \(content[.stopped]), \(content[.overhaul]), \(content.hotWork),
                \(content.specialWork), \(content[CommitmentFlag.startingOrStopping]),
                \(content[.majorHiddenDanger]), \(content.json))
            """)
    }

    /// All versions of a day, first to last.
    public static func versions(
        of enterprise: EnterpriseID, day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CommitmentRecord] {
        try records(
            """
            c.enterprise_id = \(enterprise) AND c.day = \(day) AND \(scope.enterprises(column: "c.enterprise_id"))
            ORDER BY c.version
            """, in: &session)
    }

    public static func current(
        of enterprise: EnterpriseID, day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> CommitmentRecord? {
        try records(
            """
            c.enterprise_id = \(enterprise) AND c.day = \(day) AND c.is_current = 1
                AND \(scope.enterprises(column: "c.enterprise_id"))
            """, in: &session
        ).first
    }

    /// The last one before a day: what the form offers.
    public static func latest(
        of enterprise: EnterpriseID, before day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> CommitmentRecord? {
        try records(
            """
            c.enterprise_id = \(enterprise) AND c.day < \(day) AND c.is_current = 1
                AND \(scope.enterprises(column: "c.enterprise_id")) ORDER BY c.day DESC LIMIT 1
            """, in: &session
        ).first
    }

    /// The current versions of a span of days [from, until), newest first.
    public static func history(
        of enterprise: EnterpriseID, from: Day, until: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CommitmentRecord] {
        try records(
            """
            c.enterprise_id = \(enterprise) AND c.day >= \(from) AND c.day < \(until) AND c.is_current = 1
                AND \(scope.enterprises(column: "c.enterprise_id")) ORDER BY c.day DESC
            """, in: &session)
    }

    /// The current commitments of a day within the scope, by the enterprise's id, after that one.
    public static func current(
        day: Day, after enterprise: EnterpriseID = "", limit: Int, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CommitmentRecord] {
        try records(
            """
            c.day = \(day) AND c.is_current = 1 AND c.enterprise_id > \(enterprise)
                AND \(scope.enterprises(column: "c.enterprise_id")) ORDER BY c.enterprise_id LIMIT \(limit)
            """, in: &session)
    }

    /// What some enterprises' current commitments of a day say: for the risk model.
    public static func contents(
        of enterprises: [EnterpriseID], day: Day, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: CommitmentContent] {
        guard !enterprises.isEmpty else { return [:] }
        let found = try records(
            "c.enterprise_id IN (\(list: enterprises)) AND c.day = \(day) AND c.is_current = 1", in: &session)
        return Dictionary(found.map { ($0.enterprise, $0.content) }, uniquingKeysWith: { first, _ in first })
    }

    private static func records(
        _ condition: SQL, in session: inout Session
    ) throws(StorageError) -> [CommitmentRecord] {
        let found = try session.rows(
            """
            SELECT c.id, c.enterprise_id, c.day, c.version, c.is_current, c.received_at, c.first_received_at, c.state,
                c.is_by_delegate, c.signed_by_delegate, c.signer, c.signer_person_id, c.delegation_id, c.source,
                c.actor, c.content, (SELECT max(v.version) FROM commitment AS v
                    WHERE v.enterprise_id = c.enterprise_id AND v.day = c.day)
            FROM commitment AS c WHERE \(condition)
            """
        ) { row throws(StorageError) -> CommitmentRecord? in
            let id: String = row.next()
            let enterprise: EnterpriseID = row.next()
            let day: Day = row.next()
            let version: Int = row.next()
            let isCurrent: Bool = row.next()
            let receivedAt: Timestamp = row.next()
            let firstReceivedAt: Timestamp = row.next()
            let state: CommitmentStanding.State = row.next()
            let isByDelegate: Bool = row.next()
            let isSignedByDelegate: Bool = row.next()
            let signer: String = row.next()
            let person: PersonID? = row.next()
            let delegation: String? = row.next()
            let source: String = row.next()
            let actor: String = row.next()
            let json: JSON = row.next()
            let last: Int = row.next()
            guard let content = CommitmentContent(json: json) else { return nil }
            return CommitmentRecord(
                id: id, enterprise: enterprise, day: day, version: version, isCurrent: isCurrent,
                receivedAt: receivedAt, firstReceivedAt: firstReceivedAt,
                standing: CommitmentStanding(state: state, isByDelegate: isByDelegate, isCorrected: last > 1),
                isSignedByDelegate: isSignedByDelegate, signer: signer, signerPerson: person, delegation: delegation,
                source: source, actor: actor, content: content)
        }
        return try found.map { record throws(StorageError) in
            guard let record else {
                throw .other(.init(message: "a commitment cannot be read", statement: "commitment"))
            }
            return record
        }
    }
}

extension CommitmentStore {
    static let rulesKey = "commitment.rules"

    public static func rules(in session: inout Session) throws(StorageError) -> CommitmentRules {
        try SettingStore.json(rulesKey, in: &session).flatMap(CommitmentRules.init(json:)) ?? .usual
    }

    public static func set(
        _ rules: CommitmentRules, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try SettingStore.set(rulesKey, rules.json, at: now, in: &session)
    }

    /// Which of some enterprises must commit on a day that has begun.
    public static func mustCommit(
        of enterprises: [EnterpriseID], on day: Day, in session: inout Session
    ) throws(StorageError) -> Set<EnterpriseID> {
        guard !enterprises.isEmpty else { return [] }
        return Set(
            try session.rows(
                """
                SELECT enterprise_id FROM commitment_day WHERE day = \(day) AND enterprise_id IN (\(list: enterprises))
                """
            ) { row throws(StorageError) in row.next() as EnterpriseID })
    }

    /// Who is in use at 0:00 must commit on this day. Written once.
    public static func begin(_ day: Day, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO commitment_day (day, enterprise_id)
            SELECT \(day), e.id FROM enterprise AS e WHERE e.in_use = 1 AND NOT EXISTS (
                SELECT 1 FROM commitment_day AS d WHERE d.day = \(day))
            ON CONFLICT (day, enterprise_id) DO NOTHING
            """)
    }
}
