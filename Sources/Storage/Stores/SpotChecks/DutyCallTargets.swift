public import Domain

/// Whom an office may call: the enterprises of its jurisdiction and the offices below it.
public enum DutyCallTargets {
    public struct Choice: Hashable, Sendable {
        public var target: DutyCall.Target
        public var name: String
    }

    public static func all(
        of office: AuthorityID, text: String?, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Choice] {
        let scope = Scope.authority(office)
        let pattern = "%" + (text ?? "").filter { $0 != "%" && $0 != "_" } + "%"
        let offices = try session.rows(
            """
            SELECT a.id, a.name FROM authority AS a WHERE a.id <> \(office) AND \(scope.offices(column: "a.id"))
                AND a.name LIKE \(pattern) ORDER BY a.level, a.name LIMIT \(limit)
            """
        ) { row throws(StorageError) in Choice(target: .authority(row.next()), name: row.next()) }
        let enterprises = try session.rows(
            """
            SELECT e.id, e.name FROM enterprise AS e WHERE e.in_use = 1 AND \(scope.enterprises(column: "e.id"))
                AND e.name LIKE \(pattern) ORDER BY e.name LIMIT \(limit)
            """
        ) { row throws(StorageError) in Choice(target: .enterprise(row.next()), name: row.next()) }
        return offices + enterprises
    }

    public static func mayCall(
        _ target: DutyCall.Target, by office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> Bool {
        let scope = Scope.authority(office)
        let found: Int64? =
            switch target {
            case .enterprise(let id):
                try session.first(
                    "SELECT 1 FROM enterprise AS e WHERE e.id = \(id) AND \(scope.enterprises(column: "e.id"))"
                ) { row throws(StorageError) in row.next() }
            case .authority(let id):
                try session.first(
                    """
                    SELECT 1 FROM authority AS a WHERE a.id = \(id) AND a.id <> \(office)
                        AND \(scope.offices(column: "a.id"))
                    """
                ) { row throws(StorageError) in row.next() }
            }
        return found != nil
    }
}
