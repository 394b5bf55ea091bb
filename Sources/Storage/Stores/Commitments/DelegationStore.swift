public import Domain
public import Kernel

/// The written authorisation by which somebody signs in the principal's place (A24).
public struct Delegation: Hashable, Sendable {
    public var id: String
    public var enterprise: EnterpriseID
    public var principal: PersonID
    public var principalName: String
    public var delegateName: String
    public var delegatePerson: PersonID?
    public var delegateAccount: AccountID?
    public var from: Day
    /// The last day, included.
    public var through: Day
    /// The number or title of the paper.
    public var document: String
    /// Given by the principal on their own account; otherwise a paper that somebody registered.
    public var isByPrincipal: Bool
    public var registeredAt: Timestamp
    public var registeredBy: String
    public var revokedAt: Timestamp?

    public init(
        id: String, enterprise: EnterpriseID, principal: PersonID, principalName: String, delegateName: String,
        delegatePerson: PersonID?, delegateAccount: AccountID?, from: Day, through: Day, document: String,
        isByPrincipal: Bool, registeredAt: Timestamp, registeredBy: String, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.enterprise = enterprise
        self.principal = principal
        self.principalName = principalName
        self.delegateName = delegateName
        self.delegatePerson = delegatePerson
        self.delegateAccount = delegateAccount
        self.from = from
        self.through = through
        self.document = document
        self.isByPrincipal = isByPrincipal
        self.registeredAt = registeredAt
        self.registeredBy = registeredBy
        self.revokedAt = revokedAt
    }

    public func holds(on day: Day) -> Bool { revokedAt == nil && from <= day && day <= through }
}

public enum DelegationStore {
    public static func insert(_ item: Delegation, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO commitment_delegation (id, enterprise_id, principal_id, delegate_name, delegate_person_id,
                delegate_account_id, from_day, until_day, document, is_by_principal, registered_at, registered_by)
            VALUES (\(item.id), \(item.enterprise), \(item.principal), \(item.delegateName), \(item.delegatePerson),
                \(item.delegateAccount), \(item.from), \(item.through), \(item.document), \(item.isByPrincipal),
                \(item.registeredAt), \(item.registeredBy))
            """)
    }

    @discardableResult
    public static func revoke(
        _ id: String, by actor: String, at now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE commitment_delegation SET revoked_at = \(now), revoked_by = \(actor)
            WHERE id = \(id) AND revoked_at IS NULL AND \(scope.enterprises(column: "enterprise_id"))
            """) > 0
    }

    /// Those of an enterprise that end on this day or later, newest first.
    public static func list(
        of enterprise: EnterpriseID, endingFrom day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Delegation] {
        try session.rows(
            """
            SELECT d.id, d.enterprise_id, d.principal_id, COALESCE(p.name, d.principal_id), d.delegate_name,
                d.delegate_person_id, d.delegate_account_id, d.from_day, d.until_day, d.document, d.is_by_principal,
                d.registered_at, d.registered_by, d.revoked_at
            FROM commitment_delegation AS d LEFT JOIN person AS p ON p.id = d.principal_id
            WHERE d.enterprise_id = \(enterprise) AND d.until_day >= \(day)
                AND \(scope.enterprises(column: "d.enterprise_id")) ORDER BY d.registered_at DESC, d.id LIMIT 50
            """
        ) { row throws(StorageError) in
            Delegation(
                id: row.next(), enterprise: row.next(), principal: row.next(), principalName: row.next(),
                delegateName: row.next(), delegatePerson: row.next(), delegateAccount: row.next(), from: row.next(),
                through: row.next(), document: row.next(), isByPrincipal: row.next(), registeredAt: row.next(),
                registeredBy: row.next(), revokedAt: row.next())
        }
    }

    /// The principals in office of an enterprise's sources.
    public static func principals(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [Person] {
        try RegistryRows.people(
            where: """
                x.left_at IS NULL AND x.id IN (SELECT r.person_id FROM responsibility AS r
                    JOIN hazard AS h ON h.id = r.hazard_id
                    WHERE h.enterprise_id = \(enterprise) AND h.in_use = 1 AND r.role = 'principal'
                        AND r.until_at IS NULL)
                """, in: &session)
    }
}
