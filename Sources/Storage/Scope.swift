public import Domain

/// How much of the registry somebody sees. Every query that serves a user interpolates one of the fragments.
public enum Scope: Hashable, Sendable {
    /// Everything: our own services.
    case system
    /// The enterprises of an authority's jurisdiction, closed over its subordinates by the table `visibility`.
    case authority(AuthorityID)
    case enterprise(EnterpriseID)
    /// A responsible person: the hazards for which the person is in office now.
    case person(PersonID)

    /// A condition on a column that holds an enterprise's id. For a responsible person these are the enterprises of
    /// their hazards; where rows belong to a hazard, use `hazards` instead.
    public func enterprises(column: SQL) -> SQL {
        switch self {
        case .system: "1 = 1"
        case .authority(let id):
            "\(column) IN (SELECT enterprise_id FROM visibility WHERE authority_id = \(id))"
        case .enterprise(let id): "\(column) = \(id)"
        case .person(let id):
            """
            \(column) IN (SELECT scoped_hazard.enterprise_id FROM responsibility AS scoped
                JOIN hazard AS scoped_hazard ON scoped_hazard.id = scoped.hazard_id
                WHERE scoped.person_id = \(id) AND scoped.until_at IS NULL)
            """
        }
    }

    /// A condition on a column that holds a hazard's id.
    public func hazards(column: SQL) -> SQL {
        switch self {
        case .system: "1 = 1"
        case .authority(let id):
            """
            \(column) IN (SELECT scoped_hazard.id FROM hazard AS scoped_hazard
                JOIN visibility AS scoped ON scoped.enterprise_id = scoped_hazard.enterprise_id
                WHERE scoped.authority_id = \(id))
            """
        case .enterprise(let id):
            """
            \(column) IN (SELECT scoped_hazard.id FROM hazard AS scoped_hazard
                WHERE scoped_hazard.enterprise_id = \(id))
            """
        case .person(let id):
            """
            \(column) IN (SELECT scoped.hazard_id FROM responsibility AS scoped
                WHERE scoped.person_id = \(id) AND scoped.until_at IS NULL)
            """
        }
    }
}
