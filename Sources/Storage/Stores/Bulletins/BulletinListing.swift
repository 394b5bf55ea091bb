public import Domain
public import Kernel

/// A bulletin in a list.
public struct BulletinListing: Hashable, Sendable {
    public var id: BulletinID
    public var office: AuthorityID
    public var officeName: String
    public var kind: BulletinKind
    public var period: BulletinPeriod
    public var title: String
    public var publicity: Publicity
    public var phase: Bulletin.Phase
    public var draftedAt: Timestamp
    public var submittedBy: String?
    public var submittedAt: Timestamp?
    public var approvedBy: String?
    public var approvedAt: Timestamp?
    public var issuedBy: String?
    public var issuedAt: Timestamp?
    public var number: String?
    public var reason: String?
    public var corrects: BulletinID?
    public var correction: BulletinID?
    public var automaticCount: Int
    public var itemCount: Int
    public var receivers: Int
    public var acknowledged: Int

    public struct Filter: Hashable, Sendable {
        public var id: BulletinID?
        public var kind: BulletinKind?
        public var phase: Bulletin.Phase?
        /// Issued by this office, or, with `isReceived`, by others.
        public var office: AuthorityID?
        public var isReceived = false
        public var isPublic = false
        public init() {}
    }

    public static func all(
        _ filter: Filter, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [BulletinListing] {
        try session.rows(
            """
            SELECT b.id, b.office_id, o.name, b.kind, b.period_from, b.period_until, b.title, b.publicity, b.phase,
                b.drafted_at, COALESCE(s.name, b.submitted_by), b.submitted_at, COALESCE(p.name, b.approved_by),
                b.approved_at, COALESCE(i.name, b.issued_by), b.issued_at, b.number_text, b.reason, b.corrects_id,
                b.correction_id, b.automatic_count, b.item_count,
                (SELECT count(*) FROM bulletin_receiver AS r WHERE r.bulletin_id = b.id),
                (SELECT count(*) FROM bulletin_receiver AS r WHERE r.bulletin_id = b.id
                    AND r.acknowledged_at IS NOT NULL)
            FROM bulletin AS b JOIN authority AS o ON o.id = b.office_id
            LEFT JOIN account AS s ON s.id = b.submitted_by LEFT JOIN account AS p ON p.id = b.approved_by
            LEFT JOIN account AS i ON i.id = b.issued_by
            WHERE \(conditions(filter, scope).joined(separator: " AND "))
            ORDER BY COALESCE(b.issued_at, b.drafted_at) DESC, b.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            BulletinListing(
                id: row.next(), office: row.next(), officeName: row.next(), kind: row.next(),
                period: BulletinPeriod(from: row.next(), until: row.next()), title: row.next(), publicity: row.next(),
                phase: row.next(), draftedAt: row.next(), submittedBy: row.next(), submittedAt: row.next(),
                approvedBy: row.next(), approvedAt: row.next(), issuedBy: row.next(), issuedAt: row.next(),
                number: row.next(), reason: row.next(), corrects: row.next(), correction: row.next(),
                automaticCount: row.next(), itemCount: row.next(), receivers: row.next(), acknowledged: row.next())
        }
    }

    public static func count(
        _ filter: Filter, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            "SELECT count(*) FROM bulletin AS b WHERE \(conditions(filter, scope).joined(separator: " AND "))"
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func conditions(_ filter: Filter, _ scope: Scope) -> [SQL] {
        var parts: [SQL] = []
        if filter.isPublic {
            // What anybody may read needs no scope.
            parts.append("b.publicity = 'openToPublic' AND b.phase = 'issued'")
        } else {
            parts.append(BulletinStore.visible(scope))
        }
        if let id = filter.id { parts.append("b.id = \(id)") }
        if let kind = filter.kind { parts.append("b.kind = \(kind)") }
        if let phase = filter.phase { parts.append("b.phase = \(phase)") }
        if let office = filter.office {
            parts.append(filter.isReceived ? "b.office_id <> \(office)" : "b.office_id = \(office)")
        }
        return parts
    }

    /// A change that somebody made to the draft.
    public struct Change: Hashable, Sendable {
        public var at: Timestamp
        public var by: String
        public var field: String
        public var before: String
        public var after: String
    }

    /// The caller has checked that the bulletin may be seen.
    public static func changes(
        of id: BulletinID, in session: inout Session
    ) throws(StorageError) -> [Change] {
        try session.rows(
            """
            SELECT c.at, COALESCE(a.name, c.actor), c.field, c.text_before, c.text_after FROM bulletin_change AS c
            LEFT JOIN account AS a ON a.id = c.actor WHERE c.bulletin_id = \(id) ORDER BY c.at, c.ordinal LIMIT 500
            """
        ) { row throws(StorageError) in
            Change(at: row.next(), by: row.next(), field: row.next(), before: row.next(), after: row.next())
        }
    }
}
