public import Domain
public import Kernel

/// 运维保障联系人 (XC-37) or 专业技术人员 (JC-06) of an office.
public struct OfficePerson: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case operations, staff

        public var label: String {
            switch self {
            case .operations: "运维保障"
            case .staff: "专业技术人员"
            }
        }
    }

    public var id: String
    public var authority: AuthorityID
    public var authorityName: String
    public var kind: Kind
    public var organization: String?
    public var name: String
    public var title: String?
    public var skill: String?
    public var phone: String?
    public var leftAt: Timestamp?

    public init(
        id: String, authority: AuthorityID, authorityName: String = "", kind: Kind, organization: String?,
        name: String, title: String?, skill: String?, phone: String?, leftAt: Timestamp? = nil
    ) {
        self.id = id
        self.authority = authority
        self.authorityName = authorityName
        self.kind = kind
        self.organization = organization
        self.name = name
        self.title = title
        self.skill = skill
        self.phone = phone
        self.leftAt = leftAt
    }
}

/// Under which name an office inspects (XC-35, JC-01), and whether it only gives technical support (XC-36).
public struct OfficeProfile: Hashable, Sendable {
    public var authority: AuthorityID
    public var actingName: String?
    public var isTechnical: Bool

    public init(authority: AuthorityID, actingName: String?, isTechnical: Bool) {
        self.authority = authority
        self.actingName = actingName
        self.isTechnical = isTechnical
    }
}

public enum OfficeStore {
    public static func insert(
        _ person: OfficePerson, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO office_person (id, authority_id, kind, organization, name, title, skill, phone, created_at,
                created_by)
            VALUES (\(person.id), \(person.authority), \(person.kind), \(person.organization), \(person.name),
                \(person.title), \(person.skill), \(person.phone), \(now), \(actor))
            """)
    }

    public static func leave(
        _ id: String, scope: Scope, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.execute(
            """
            UPDATE office_person SET left_at = \(now) WHERE id = \(id) AND left_at IS NULL
                AND \(scope.offices(column: "authority_id"))
            """)
    }

    /// Those in post.
    public static func people(
        scope: Scope, in session: inout Session
    ) throws(StorageError) -> [OfficePerson] {
        try session.rows(
            """
            SELECT p.id, p.authority_id, a.name, p.kind, p.organization, p.name, p.title, p.skill, p.phone, p.left_at
            FROM office_person AS p JOIN authority AS a ON a.id = p.authority_id
            WHERE p.left_at IS NULL AND \(scope.offices(column: "p.authority_id"))
            ORDER BY p.authority_id, p.kind, p.created_at, p.id LIMIT 1000
            """
        ) { row throws(StorageError) in
            OfficePerson(
                id: row.next(), authority: row.next(), authorityName: row.next(), kind: row.next(),
                organization: row.next(), name: row.next(), title: row.next(), skill: row.next(), phone: row.next(),
                leftAt: row.next())
        }
    }

    public static func save(
        _ profile: OfficeProfile, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO office_profile (authority_id, acting_name, is_technical, changed_at, changed_by)
            VALUES (\(profile.authority), \(profile.actingName), \(profile.isTechnical), \(now), \(actor))
            ON CONFLICT (authority_id) DO UPDATE SET acting_name = excluded.acting_name,
                is_technical = excluded.is_technical, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            """)
    }

    public static func profiles(
        scope: Scope, in session: inout Session
    ) throws(StorageError) -> [AuthorityID: OfficeProfile] {
        let rows = try session.rows(
            """
            SELECT authority_id, acting_name, is_technical FROM office_profile
            WHERE \(scope.offices(column: "authority_id"))
            """
        ) { row throws(StorageError) in
            OfficeProfile(authority: row.next(), actingName: row.next(), isTechnical: row.next())
        }
        return Dictionary(rows.map { ($0.authority, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whom a record names as the inspecting office.
    public static func actingName(
        of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> String {
        try session.first(
            """
            SELECT COALESCE(p.acting_name, a.name) FROM authority AS a
            LEFT JOIN office_profile AS p ON p.authority_id = a.id WHERE a.id = \(office)
            """
        ) { row throws(StorageError) in row.next() as String } ?? office.rawValue
    }
}
