public import Domain
public import Kernel

/// Offices as issuers: their settings, and who is told of what they issue.
public enum BulletinOffices {
    public static func all(in session: inout Session) throws(StorageError) -> [Authority] {
        try RegistryRows.authorities(where: "1 = 1", in: &session)
    }

    public static func find(_ id: AuthorityID, in session: inout Session) throws(StorageError) -> Authority? {
        try RegistryRows.authorities(where: "x.id = \(id)", in: &session).first
    }

    public static func settings(
        of office: Authority, in session: inout Session
    ) throws(StorageError) -> BulletinSettings {
        let standard = BulletinSettings.standard(office: office.name)
        let found = try session.first("SELECT content FROM bulletin_settings WHERE office_id = \(office.id)") {
            row throws(StorageError) in try row.read() as JSON
        }
        guard let json = found else { return standard }
        return BulletinSettings(
            code: json["code"]?.string ?? standard.code, printer: json["printer"]?.string ?? standard.printer,
            copies: json["copies"]?.array?.compactMap(\.string) ?? [],
            section: json["section"]?.string ?? standard.section,
            hasLongPeriods: json["hasLongPeriods"]?.bool ?? false)
    }

    public static func save(
        _ settings: BulletinSettings, of office: AuthorityID, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        let json: JSON = [
            "code": .string(settings.code), "printer": .string(settings.printer),
            "copies": .array(settings.copies.map { .string($0) }), "section": .string(settings.section),
            "hasLongPeriods": .bool(settings.hasLongPeriods),
        ]
        try session.execute(
            """
            INSERT INTO bulletin_settings (office_id, content, changed_at, changed_by)
            VALUES (\(office), \(json), \(now), \(actor))
            ON CONFLICT (office_id) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            """)
    }

    /// Offices directly under this one; of the ministry and its centre all provinces.
    public static func subordinates(
        of office: Authority, in session: inout Session
    ) throws(StorageError) -> [Authority] {
        switch office.level {
        case .ministry, .center:
            return try RegistryRows.authorities(where: "x.level = 'province'", in: &session)
        case .province, .city, .county:
            return try RegistryRows.authorities(where: "x.parent_id = \(office.id)", in: &session)
        case .park: return []
        }
    }

    /// Enterprises in use that the office regulates, co-regulates, or has in its park.
    public static func ownEnterprises(
        of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID] {
        try session.rows(
            """
            SELECT e.id FROM enterprise AS e WHERE e.in_use = 1 AND (e.regulator_id = \(office)
                OR e.park_id = \(office) OR e.id IN (SELECT c.enterprise_id FROM enterprise_co_regulator AS c
                    WHERE c.authority_id = \(office))) ORDER BY e.id
            """
        ) { row throws(StorageError) in row.next() }
    }

    /// 主体企业: enterprises of a group within the jurisdiction (JC-02).
    public static func groupEnterprises(
        of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID] {
        try session.rows(
            """
            SELECT e.id FROM enterprise AS e JOIN visibility AS v ON v.enterprise_id = e.id
            WHERE v.authority_id = \(office) AND e.in_use = 1 AND e.group_name IS NOT NULL AND e.group_name <> ''
            ORDER BY e.id
            """
        ) { row throws(StorageError) in row.next() }
    }

    /// People of the office whose post names the section (JC-03).
    public static func people(
        of office: AuthorityID, section: String, in session: inout Session
    ) throws(StorageError) -> [PersonID] {
        guard !section.isEmpty else { return [] }
        return try session.rows(
            """
            SELECT p.id FROM person AS p WHERE p.authority_id = \(office) AND p.left_at IS NULL
                AND p.title LIKE \("%" + section + "%") ORDER BY p.id
            """
        ) { row throws(StorageError) in row.next() }
    }

    /// The name of an account, for the foot of a document.
    public static func name(ofActor actor: String?, in session: inout Session) throws(StorageError) -> String {
        guard let actor else { return "" }
        return try session.first("SELECT name FROM account WHERE id = \(actor)") { row throws(StorageError) in
            row.next() as String
        } ?? ""
    }
}
