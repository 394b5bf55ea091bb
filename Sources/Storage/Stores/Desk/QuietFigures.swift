public import Domain
public import Kernel

/// What a desk shows while nothing is open: the hazard sources nearest to yellow, and proof that the system sees.
public struct QuietFigures: Hashable, Sendable {
    public struct Near: Hashable, Sendable {
        public var hazard: HazardID
        public var hazardName: String
        public var grade: Int
        public var enterprise: EnterpriseID
        public var enterpriseName: String
        public var region: String
        public var score: Double
        public var terms: JSON
    }

    public var near: [Near]
    public var dueNext: Timestamp?
    public var outboxPending: Int

    public static func read(scope: Scope, in session: inout Session) throws(StorageError) -> QuietFigures {
        let near = try session.rows(
            """
            SELECT h.id, h.name, h.grade, e.id, e.name, e.region, r.score, r.terms
            FROM risk AS r JOIN hazard AS h ON h.id = r.hazard_id JOIN enterprise AS e ON e.id = h.enterprise_id
            WHERE h.in_use = 1 AND r.level = 'blue' AND \(scope.hazards(column: "h.id"))
            ORDER BY r.score DESC, h.id LIMIT 6
            """
        ) { row throws(StorageError) in
            Near(
                hazard: row.next(), hazardName: row.next(), grade: row.next(), enterprise: row.next(),
                enterpriseName: row.next(), region: row.next(), score: row.next(), terms: row.next())
        }
        let pending =
            try session.first(
                """
                SELECT count(*) FROM outbox AS o WHERE o.state = 'pending'
                    AND \(scope.enterprises(column: "o.enterprise_id"))
                """
            ) { row throws(StorageError) in row.next() as Int } ?? 0
        return QuietFigures(near: near, dueNext: try DueStore.next(in: &session), outboxPending: pending)
    }
}
