public import Domain
public import Kernel

/// Bulletins as rows. The content is kept as text and read back as the same value.
public enum BulletinStore {
    /// Who may see a bulletin: the office itself at any time; those it was sent to and the offices above, once issued.
    static func visible(_ scope: Scope) -> SQL {
        switch scope {
        case .system: return "1 = 1"
        case .authority(let id):
            return """
                (b.office_id = \(id) OR (b.issued_at IS NOT NULL AND (\(received("authority", "\(id)"))
                    OR (SELECT scoped.level FROM authority AS scoped WHERE scoped.id = \(id))
                        IN ('ministry', 'center')
                    OR b.office_id IN (WITH RECURSIVE under (id) AS (
                        SELECT top.id FROM authority AS top WHERE top.parent_id = \(id)
                        UNION SELECT below.id FROM authority AS below JOIN under ON below.parent_id = under.id)
                        SELECT id FROM under))))
                """
        case .enterprise(let id): return "(b.issued_at IS NOT NULL AND \(received("enterprise", "\(id)")))"
        case .person(let id):
            return """
                (b.issued_at IS NOT NULL AND (\(received("person", "\(id)"))
                    OR \(received("enterprise", "SELECT p.enterprise_id FROM person AS p WHERE p.id = \(id)"))))
                """
        }
    }

    private static func received(_ kind: SQL, _ ids: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM bulletin_receiver AS r WHERE r.bulletin_id = b.id
            AND r.recipient_kind = '\(kind)' AND r.recipient_id IN (\(ids)))
        """
    }

    /// False where the calendar's bulletin of that office, kind and period exists already.
    public static func insert(
        _ bulletin: Bulletin, ordinal: Int, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Bool {
        let share = bulletin.document.automaticShare
        return try session.execute(
            """
            INSERT INTO bulletin (id, office_id, kind, period_from, period_until, ordinal, publicity, phase, title,
                content, edits, editors, drafted_at, corrects_id, automatic_count, item_count, addressee_kind,
                addressee_id)
            VALUES (\(bulletin.id), \(bulletin.office), \(bulletin.kind), \(bulletin.period.from),
                \(bulletin.period.until), \(ordinal), \(bulletin.publicity), \(bulletin.phase), \(bulletin.title),
                \(bulletin.base.json), \(edits(bulletin.edits)), \(editors(bulletin.editors)), \(now),
                \(bulletin.corrects), \(share.automatic), \(share.all), \(bulletin.addressee?.kind),
                \(bulletin.addressee?.id))
            ON CONFLICT (office_id, kind, period_from, ordinal) DO NOTHING
            """) > 0
    }

    public static func exists(
        office: AuthorityID, kind: BulletinKind, period: BulletinPeriod, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.first(
            """
            SELECT 1 FROM bulletin WHERE office_id = \(office) AND kind = \(kind) AND period_from = \(period.from)
                AND ordinal = 0
            """
        ) { row throws(StorageError) in row.next() as Int64 } != nil
    }

    public static func nextOrdinal(
        office: AuthorityID, kind: BulletinKind, period: BulletinPeriod, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT COALESCE(max(ordinal), 0) + 1 FROM bulletin
            WHERE office_id = \(office) AND kind = \(kind) AND period_from = \(period.from)
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 1
    }

    /// A bulletin with its receipts and publications.
    public struct Record: Sendable {
        public var bulletin: Bulletin
        public var receipts: [BulletinReceipts]
        public var publications: [Publication]
    }

    public static func find(
        _ id: BulletinID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Bulletin? {
        try record(id, scope: scope, in: &session)?.bulletin
    }

    public static func record(
        _ id: BulletinID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Record? {
        let found = try session.first(
            """
            SELECT b.id, b.office_id, b.kind, b.period_from, b.period_until, b.content, b.corrects_id,
                b.addressee_kind, b.addressee_id, b.phase, b.edits, b.editors, b.submitted_by, b.approved_by,
                b.issued_by, b.year, b.number, b.correction_id
            FROM bulletin AS b WHERE b.id = \(id) AND \(visible(scope))
            """, read)
        guard var bulletin = found else { return nil }
        let receipts = try BulletinReceipts.all(id, in: &session)
        bulletin.receivers = receipts.filter { !$0.isCopy }.map(\.recipient)
        bulletin.copies = receipts.filter(\.isCopy).map(\.recipient)
        bulletin.acknowledged = Set(receipts.filter { $0.acknowledgedAt != nil }.map(\.recipient))
        let publications = try publications(id, in: &session)
        bulletin.channels = publications.map(\.channel)
        return Record(bulletin: bulletin, receipts: receipts, publications: publications)
    }

    private static func read(_ row: inout Row) throws(StorageError) -> Bulletin {
        let (id, office): (BulletinID, AuthorityID) = (row.next(), row.next())
        let kind: BulletinKind = row.next()
        let period = BulletinPeriod(from: row.next(), until: row.next())
        let json: JSON = try row.read()
        guard let base = Document(json: json) else {
            throw .other(.init(message: "bulletin \(id) holds no document", statement: ""))
        }
        let corrects: BulletinID? = row.next()
        let (addresseeKind, addresseeID): (String?, String?) = (row.next(), row.next())
        var bulletin = Bulletin(
            id: id, office: office, kind: kind, period: period, base: base, corrects: corrects,
            addressee: addresseeKind.flatMap { kind in addresseeID.flatMap { Recipient(kind: kind, id: $0) } })
        bulletin.phase = row.next()
        let edits: JSON = try row.read()
        bulletin.edits = (edits.array ?? []).compactMap { item in
            guard let key = item["key"]?.string, let text = item["text"]?.string else { return nil }
            return DocumentEdit(key: key, text: text)
        }
        let editors: JSON = try row.read()
        bulletin.editors = Set((editors.array ?? []).compactMap(\.string))
        bulletin.submittedBy = row.next()
        bulletin.approvedBy = row.next()
        bulletin.issuedBy = row.next()
        let (year, number): (Int?, Int?) = (row.next(), row.next())
        if let year, let number { bulletin.number = BulletinNumber(year: year, number: number) }
        bulletin.correction = row.next()
        return bulletin
    }

    /// Writes what an event changed.
    public static func project(
        _ bulletin: Bulletin, _ event: BulletinEvent, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        var changes: [SQL] = [
            "phase = \(bulletin.phase)", "edits = \(edits(bulletin.edits))", "editors = \(editors(bulletin.editors))",
            "submitted_by = \(bulletin.submittedBy)", "approved_by = \(bulletin.approvedBy)",
            "correction_id = \(bulletin.correction)",
        ]
        switch event {
        case .submitted: changes.append("submitted_at = \(now)")
        case .approved: changes.append("approved_at = \(now)")
        case .sentBack(let note, _): changes += ["reason = \(note)", "submitted_at = NULL", "approved_at = NULL"]
        case .issued(let number, _, _, let actor):
            changes += [
                "issued_at = \(now)", "issued_by = \(actor)", "year = \(number.year)", "number = \(number.number)",
            ]
        case .superseded: changes.append("closed_at = \(now)")
        case .withdrawn(let reason, _): changes += ["closed_at = \(now)", "reason = \(reason)"]
        case .edited(let edit, let before, let actor):
            let share = bulletin.document.automaticShare
            changes += ["automatic_count = \(share.automatic)", "item_count = \(share.all)"]
            try session.execute(
                """
                INSERT INTO bulletin_change (bulletin_id, at, ordinal, actor, field, text_before, text_after)
                VALUES (\(bulletin.id), \(now), (SELECT count(*) FROM bulletin_change
                    WHERE bulletin_id = \(bulletin.id)), \(actor), \(edit.key), \(before), \(edit.text))
                """)
        case .acknowledged(let recipient, let actor):
            try BulletinReceipts.acknowledge(bulletin.id, recipient, by: actor, at: now, in: &session)
        case .published(let channel, let actor):
            try session.execute(
                """
                INSERT INTO bulletin_channel (bulletin_id, at, kind, place, actor)
                VALUES (\(bulletin.id), \(now), \(channel.kind), \(channel.place), \(actor))
                ON CONFLICT (bulletin_id, at, kind) DO UPDATE SET place = excluded.place
                """)
        case .correctionBegun, .correctionDropped: break
        }
        try session.execute("UPDATE bulletin SET \(changes.joined(separator: ", ")) WHERE id = \(bulletin.id)")
    }

    /// What went out, and under which number.
    public static func setFinal(
        _ document: Document, of id: BulletinID, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE bulletin SET final = \(document.json), number_text = \(document.number?.text) WHERE id = \(id)
            """)
    }

    /// The issued document; nil before.
    public static func final(
        _ id: BulletinID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Document? {
        let json = try session.first(
            "SELECT b.final FROM bulletin AS b WHERE b.id = \(id) AND b.final IS NOT NULL AND \(visible(scope))"
        ) { row throws(StorageError) in try row.read() as JSON }
        return json.flatMap(Document.init(json:))
    }

    /// An issued public bulletin that stands, for anybody.
    public static func published(
        _ id: BulletinID, in session: inout Session
    ) throws(StorageError) -> Document? {
        let json = try session.first(
            """
            SELECT final FROM bulletin WHERE id = \(id) AND publicity = 'openToPublic' AND phase = 'issued'
                AND final IS NOT NULL
            """
        ) { row throws(StorageError) in try row.read() as JSON }
        return json.flatMap(Document.init(json:))
    }

    /// The next number of an office, year and kind. It is given with the transaction, or not at all.
    public static func takeNumber(
        office: AuthorityID, kind: BulletinKind, year: Int, in session: inout Session
    ) throws(StorageError) -> BulletinNumber {
        let number = try session.first(
            """
            INSERT INTO bulletin_counter (office_id, year, kind, last) VALUES (\(office), \(year), \(kind), 1)
            ON CONFLICT (office_id, year, kind) DO UPDATE SET last = bulletin_counter.last + 1 RETURNING last
            """
        ) { row throws(StorageError) in row.next() as Int }
        return BulletinNumber(year: year, number: number ?? 1)
    }

    public struct Publication: Hashable, Sendable {
        public var channel: PublicChannel
        public var at: Timestamp
        public var by: String
    }

    private static func publications(
        _ id: BulletinID, in session: inout Session
    ) throws(StorageError) -> [Publication] {
        try session.rows(
            """
            SELECT c.kind, c.place, c.at, COALESCE(a.name, c.actor) FROM bulletin_channel AS c
            LEFT JOIN account AS a ON a.id = c.actor WHERE c.bulletin_id = \(id) ORDER BY c.at, c.kind
            """
        ) { row throws(StorageError) in
            Publication(channel: PublicChannel(kind: row.next(), place: row.next()), at: row.next(), by: row.next())
        }
    }

    private static func edits(_ edits: [DocumentEdit]) -> JSON {
        .array(edits.map { ["key": .string($0.key), "text": .string($0.text)] })
    }

    private static func editors(_ editors: Set<String>) -> JSON { .array(editors.sorted().map { .string($0) }) }
}

extension Bulletin {
    /// `日报 11月22日`, or a special one's own title.
    public var title: String {
        let own = base.title.filter { $0 != "\n" }
        return own.isEmpty ? "\(kind.label) \(period.label(kind: kind))" : own
    }
}
