public import Domain
public import Kernel

/// One contradiction between a promise and the data, with its evidence.
public struct ContradictionRecord: Hashable, Sendable {
    public var id: String
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var day: Day
    public var kind: CommitmentContradiction.Kind
    public var text: String
    public var evidence: JSON
    public var foundAt: Timestamp
    public var lastAt: Timestamp
    public var resolvedAt: Timestamp?
    public var explanation: String?
    public var explainedAt: Timestamp?
    public var explainedBy: String?
}

public enum ContradictionStore {
    /// What has been noted of a day, by enterprise and key: whether it stands.
    public typealias Noted = [EnterpriseID: [String: Bool]]

    public static func noted(
        of enterprises: [EnterpriseID], day: Day, in session: inout Session
    ) throws(StorageError) -> Noted {
        let rows = try session.rows(
            """
            SELECT enterprise_id, key, resolved_at FROM commitment_contradiction
            WHERE enterprise_id IN (\(list: enterprises)) AND day = \(day)
            """
        ) { row throws(StorageError) in
            (
                enterprise: row.next() as EnterpriseID, key: row.next() as String,
                isStanding: row.next() as Timestamp? == nil
            )
        }
        var found: Noted = [:]
        for row in rows { found[row.enterprise, default: [:]][row.key] = row.isStanding }
        return found
    }

    /// Notes what stands now; what no longer does is resolved. The ids of those that are new.
    /// - Parameter known: of this enterprise and day, from `noted`.
    public static func reconcile(
        _ found: [CommitmentContradiction], known: [String: Bool], enterprise: EnterpriseID, day: Day,
        at now: Timestamp, newID: () -> String, in session: inout Session
    ) throws(StorageError) -> [(id: String, contradiction: CommitmentContradiction)] {
        var fresh: [(id: String, contradiction: CommitmentContradiction)] = []
        for item in found {
            if known[item.key] != nil {
                try session.execute(
                    """
                    UPDATE commitment_contradiction SET detail = \(item.text), evidence = \(item.evidence),
                        last_at = \(now), resolved_at = NULL
                    WHERE enterprise_id = \(enterprise) AND day = \(day) AND key = \(item.key)
                    """)
                continue
            }
            let id = newID()
            try session.execute(
                """
                INSERT INTO commitment_contradiction (id, enterprise_id, day, key, kind, detail, evidence, found_at,
                    last_at)
                VALUES (\(id), \(enterprise), \(day), \(item.key), \(item.kind), \(item.text), \(item.evidence),
                    \(now), \(now))
                """)
            fresh.append((id, item))
        }
        let standing = found.map(\.key)
        if known.contains(where: { $0.value && !standing.contains($0.key) }) {
            try session.execute(
                """
                UPDATE commitment_contradiction SET resolved_at = \(now) WHERE enterprise_id = \(enterprise)
                    AND day = \(day) AND resolved_at IS NULL AND key NOT IN (\(list: standing))
                """)
        }
        return fresh
    }

    /// The enterprise says why; the contradiction stays visible with it.
    @discardableResult
    public static func explain(
        _ id: String, _ text: String, by actor: String, at now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute(
            """
            UPDATE commitment_contradiction SET explanation = \(text), explained_at = \(now), explained_by = \(actor)
            WHERE id = \(id) AND \(scope.enterprises(column: "enterprise_id"))
            """) > 0
    }

    /// Of the days [from, until), those that stand first.
    public static func list(
        enterprise: EnterpriseID? = nil, from: Day, until: Day, scope: Scope, limit: Int = 200,
        in session: inout Session
    ) throws(StorageError) -> [ContradictionRecord] {
        try session.rows(
            """
            SELECT x.id, x.enterprise_id, e.name, x.day, x.kind, x.detail, x.evidence, x.found_at, x.last_at,
                x.resolved_at, x.explanation, x.explained_at, COALESCE(a.name, x.explained_by)
            FROM commitment_contradiction AS x JOIN enterprise AS e ON e.id = x.enterprise_id
            LEFT JOIN account AS a ON a.id = x.explained_by
            WHERE \(scope.enterprises(column: "x.enterprise_id")) AND x.day >= \(from) AND x.day < \(until)
                AND (\(enterprise) IS NULL OR x.enterprise_id = \(enterprise))
            ORDER BY CASE WHEN x.resolved_at IS NULL THEN 0 ELSE 1 END, x.found_at DESC, x.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            ContradictionRecord(
                id: row.next(), enterprise: row.next(), enterpriseName: row.next(), day: row.next(), kind: row.next(),
                text: row.next(), evidence: row.next(), foundAt: row.next(), lastAt: row.next(),
                resolvedAt: row.next(), explanation: row.next(), explainedAt: row.next(), explainedBy: row.next())
        }
    }
}

extension CommitmentContradiction {
    /// What can be looked at: points with their values, names of problems and filings.
    var evidence: JSON {
        func names(_ list: [String]) -> JSON { .array(list.map { .string($0) }) }
        switch self {
        case .stoppedButMoving(let movements):
            return [
                "points": .array(
                    movements.map { movement in
                        [
                            "point": .string(movement.point.rawValue), "name": .string(movement.name),
                            "unit": .string(movement.unit), "low": .number(movement.low),
                            "high": .number(movement.high), "range": movement.range.map { .number($0) } ?? .null,
                        ]
                    })
            ]
        case .workUndeclared(let count, let records):
            return ["work": .string(count.rawValue), "records": .integer(Int64(records))]
        case .hiddenDangerDenied(let titles): return ["problems": names(titles)]
        case .gradesDiffer(let promised, let registered):
            return [
                "promised": .array(promised.map { .integer(Int64($0)) }),
                "registered": .array(registered.map { .integer(Int64($0)) }),
            ]
        case .maintenanceUndeclared(let titles): return ["filings": names(titles)]
        case .startStopUndeclared(let titles): return ["records": names(titles)]
        case .riskUnderstated(let promised, let assessed):
            return ["promised": .string(promised.name), "assessed": .string(assessed.name)]
        }
    }
}
