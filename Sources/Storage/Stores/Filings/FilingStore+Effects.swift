public import Domain
public import Kernel

// Exemptions that a filing makes, decisions with their time limits, attachments.
extension FilingStore {
    /// One approved exemption a point, from the decision on: nothing is exempt in retrospect.
    public static func exempt(
        _ filing: Filing, _ grants: [(id: String, point: PointID)], by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        for grant in grants {
            try session.execute(
                """
                INSERT INTO exemption (id, kind, enterprise_id, point_id, alarm_id, reason, from_at, until_at,
                    requested_at, requested_by, decided_at, decided_by, approved, note, filing_id)
                VALUES (\(grant.id), 'filing', \(filing.enterprise), \(grant.point), \(nil as String?),
                    \(filing.reason), \(max(filing.from, now)), \(filing.until), \(filing.submittedAt),
                    \(filing.submittedBy), \(now), \(actor), 1, \(filing.kind.label + "报备"), \(filing.id))
                """)
        }
    }

    /// Ends the exemptions of a filing that hold or would; one that has not begun never will.
    public static func endExemptions(
        of filing: FilingID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE exemption SET until_at = CASE WHEN from_at > \(now) THEN from_at ELSE \(now) END
            WHERE filing_id = \(filing) AND (until_at IS NULL OR until_at > \(now))
            """)
    }

    /// Lengthens the exemptions of a filing that still hold; the points whose one has ended meanwhile are answered.
    public static func lengthenExemptions(
        of filing: Filing, from old: Timestamp, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [PointID] {
        let points = try session.rows(
            """
            SELECT point_id FROM exemption WHERE filing_id = \(filing.id) AND until_at = \(old) AND until_at <= \(now)
            ORDER BY point_id
            """
        ) { row throws(StorageError) in row.next() as PointID }
        try session.execute(
            """
            UPDATE exemption SET until_at = \(filing.until)
            WHERE filing_id = \(filing.id) AND until_at = \(old) AND until_at > \(now)
            """)
        return points
    }

    /// A decision is asked for, of a filing or of its extension.
    public static func ask(
        _ filing: FilingID, isExtension: Bool, at asked: Timestamp, due: Timestamp, of regulator: AuthorityID,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO filing_decision (filing_id, ordinal, asked_at, due_at, is_extension, regulator_id)
            SELECT CAST(\(filing) AS TEXT), CAST(count(*) AS BIGINT) + 1, CAST(\(asked) AS BIGINT),
                CAST(\(due) AS BIGINT), CAST(\(isExtension) AS BIGINT), CAST(\(regulator) AS TEXT)
            FROM filing_decision WHERE filing_id = \(filing)
            """)
    }

    /// The decision that waits was taken, or needs none any more (`isConfirmed` nil).
    public static func settle(
        _ filing: FilingID, isConfirmed: Bool?, note: String?, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE filing_decision SET decided_at = \(now), decided_by = \(actor), confirmed = \(isConfirmed),
                note = \(note) WHERE filing_id = \(filing) AND decided_at IS NULL
            """)
    }

    public struct DecisionRow: Hashable, Sendable {
        public var askedAt: Timestamp
        public var dueAt: Timestamp
        public var decidedAt: Timestamp?
        public var decidedBy: String?
        public var isConfirmed: Bool?
        public var note: String?
        public var isExtension: Bool
    }

    public static func decisions(
        of filing: FilingID, in session: inout Session
    ) throws(StorageError) -> [DecisionRow] {
        try session.rows(
            """
            SELECT d.asked_at, d.due_at, d.decided_at, COALESCE(a.name, d.decided_by), d.confirmed, d.note,
                d.is_extension
            FROM filing_decision AS d LEFT JOIN account AS a ON a.id = d.decided_by
            WHERE d.filing_id = \(filing) ORDER BY d.ordinal
            """
        ) { row throws(StorageError) in
            DecisionRow(
                askedAt: row.next(), dueAt: row.next(), decidedAt: row.next(), decidedBy: row.next(),
                isConfirmed: row.next(), note: row.next(), isExtension: row.next())
        }
    }

    /// How offices kept the time limit of confirming within a window (JC-11): those asked whose limit has passed or who
    /// decided; those in time.
    public struct ConfirmationFigures: Hashable, Sendable {
        public var authority: AuthorityID
        public var inTime: Int
        public var due: Int
    }

    public static func confirmationFigures(
        window: Range<Timestamp>, now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [ConfirmationFigures] {
        try session.rows(
            """
            SELECT d.regulator_id, CAST(sum(CASE WHEN d.decided_at <= d.due_at THEN 1 ELSE 0 END) AS BIGINT),
                CAST(count(*) AS BIGINT)
            FROM filing_decision AS d JOIN filing AS x ON x.id = d.filing_id
            WHERE d.asked_at >= \(window.lowerBound) AND d.asked_at < \(window.upperBound)
                AND ((d.decided_at IS NOT NULL AND d.confirmed IS NOT NULL)
                    OR (d.decided_at IS NULL AND d.due_at < \(now)))
                AND \(scope.enterprises(column: "x.enterprise_id"))
            GROUP BY d.regulator_id ORDER BY d.regulator_id
            """
        ) { row throws(StorageError) in
            ConfirmationFigures(authority: row.next(), inTime: row.next(), due: row.next())
        }
    }
}
