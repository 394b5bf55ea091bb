import Domain

extension Scope {
    /// A condition on a column that holds an authority's id: one's own office and those below it. The ministry and its
    /// centre see all. Enterprises and persons see no office's rows.
    public func offices(column: SQL) -> SQL {
        switch self {
        case .system: "1 = 1"
        case .authority(let id):
            """
            (\(column) IN (WITH RECURSIVE below (id) AS (SELECT own.id FROM authority AS own WHERE own.id = \(id)
                UNION SELECT child.id FROM authority AS child JOIN below ON child.parent_id = below.id)
                SELECT id FROM below)
            OR EXISTS (SELECT 1 FROM authority AS own WHERE own.id = \(id) AND own.level IN ('ministry','center')))
            """
        case .enterprise, .person: "1 = 0"
        }
    }

    /// A condition on the columns of table `problem` under that alias: problems that have come to one's office or to
    /// one below it, and those of one's enterprises.
    public func problems(alias: String) -> SQL {
        let enterprise = SQL(raw: alias + ".enterprise_id")
        switch self {
        case .system: return "1 = 1"
        case .enterprise, .person: return enterprises(column: enterprise)
        case .authority:
            let id = SQL(raw: alias + ".id")
            return """
                (\(enterprises(column: enterprise)) OR EXISTS (SELECT 1 FROM problem_office AS passed
                    WHERE passed.problem_id = \(id) AND passed.received_at IS NOT NULL
                    AND \(offices(column: "passed.authority_id"))))
                """
        }
    }
}
