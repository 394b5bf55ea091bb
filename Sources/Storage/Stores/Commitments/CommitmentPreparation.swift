public import Domain
public import Kernel

/// A commitment that is being filled in, or waits for the principal's signature.
public struct CommitmentPreparation: Hashable, Sendable {
    public var enterprise: EnterpriseID
    public var day: Day
    public var draft: CommitmentDraft
    /// The names of the fields that somebody confirmed.
    public var confirmed: Set<String>
    public var savedAt: Timestamp
    public var savedBy: String
    /// Sent to the principal for signing.
    public var sentAt: Timestamp?

    public init(
        enterprise: EnterpriseID, day: Day, draft: CommitmentDraft, confirmed: Set<String>, savedAt: Timestamp,
        savedBy: String, sentAt: Timestamp?
    ) {
        self.enterprise = enterprise
        self.day = day
        self.draft = draft
        self.confirmed = confirmed
        self.savedAt = savedAt
        self.savedBy = savedBy
        self.sentAt = sentAt
    }

    public static func save(_ item: CommitmentPreparation, in session: inout Session) throws(StorageError) {
        let confirmed = JSON.array(item.confirmed.sorted().map { .string($0) })
        try session.execute(
            """
            INSERT INTO commitment_draft (enterprise_id, day, content, confirmed, saved_at, saved_by, sent_at)
            VALUES (\(item.enterprise), \(item.day), \(item.draft.json), \(confirmed), \(item.savedAt),
                \(item.savedBy), \(item.sentAt))
            ON CONFLICT (enterprise_id, day) DO UPDATE SET content = excluded.content,
                confirmed = excluded.confirmed, saved_at = excluded.saved_at, saved_by = excluded.saved_by,
                sent_at = excluded.sent_at
            """)
    }

    public static func find(
        _ enterprise: EnterpriseID, day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> CommitmentPreparation? {
        try session.first(
            """
            SELECT content, confirmed, saved_at, saved_by, sent_at FROM commitment_draft
            WHERE enterprise_id = \(enterprise) AND day = \(day) AND \(scope.enterprises(column: "enterprise_id"))
            """
        ) { row throws(StorageError) in
            let content: JSON = row.next()
            let confirmed: JSON = row.next()
            return CommitmentPreparation(
                enterprise: enterprise, day: day, draft: CommitmentDraft(json: content),
                confirmed: Set((confirmed.array ?? []).compactMap(\.string)), savedAt: row.next(),
                savedBy: row.next(), sentAt: row.next())
        }
    }

    public static func remove(
        _ enterprise: EnterpriseID, day: Day, in session: inout Session
    ) throws(StorageError) {
        try session.execute("DELETE FROM commitment_draft WHERE enterprise_id = \(enterprise) AND day = \(day)")
    }
}

/// The chain team → workshop → enterprise as it is recorded, before the commitment takes it in.
public enum JudgementStore {
    public static func insert(
        _ judgement: Judgement, id: String, enterprise: EnterpriseID, day: Day, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO commitment_judgement (id, enterprise_id, day, tier, unit, name, judged_at, recorded_at,
                recorded_by)
            VALUES (\(id), \(enterprise), \(day), \(judgement.tier), \(judgement.unit), \(judgement.name),
                \(judgement.at), \(now), \(actor))
            """)
    }

    /// In the order in which they were made.
    public static func list(
        of enterprise: EnterpriseID, day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Judgement] {
        try session.rows(
            """
            SELECT tier, unit, name, judged_at FROM commitment_judgement
            WHERE enterprise_id = \(enterprise) AND day = \(day) AND \(scope.enterprises(column: "enterprise_id"))
            ORDER BY judged_at, id
            """
        ) { row throws(StorageError) in
            Judgement(tier: row.next(), unit: row.next(), name: row.next(), at: row.next())
        }
    }
}
