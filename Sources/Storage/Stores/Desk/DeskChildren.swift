public import Domain
public import Kernel

/// The rows beside the map: the divisions one step below the viewer, or the enterprises of a county.
public struct DeskChild: Hashable, Sendable {
    public enum Grouping: Hashable, Sendable {
        /// The first digits of the division code: 2 provinces, 4 cities, 6 counties.
        case region(digits: Int)
        case enterprise
    }

    /// A division code shortened to its digits, or an enterprise's id.
    public var key: String
    public var name: String?
    public var worst: Level?
    public var open = 0
    public var awaitingReport = 0
    public var enterprises = 0
    public var enterprisesOnline = 0
    public var longitude: Double?
    public var latitude: Double?

    public static func all(
        by grouping: Grouping, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [DeskChild] {
        let key: SQL
        let name: SQL
        switch grouping {
        case .region(let digits):
            key = SQL(raw: "substr(e.region, 1, \(digits))")
            name = "NULL"
        case .enterprise:
            key = "e.id"
            name = "min(e.name)"
        }
        let enterprises = try session.rows(
            """
            SELECT \(key), CAST(\(name) AS TEXT), count(*), CAST(sum(CASE WHEN EXISTS (SELECT 1 FROM gateway AS g
                WHERE g.enterprise_id = e.id AND g.revoked_at IS NULL
                    AND g.seen_at >= \(now - DeskFigures.gatewaySilence)) THEN 1 ELSE 0 END) AS BIGINT),
                min(e.longitude), min(e.latitude)
            FROM enterprise AS e WHERE e.in_use = 1 AND \(scope.enterprises(column: "e.id"))
            GROUP BY \(key) ORDER BY 1
            """
        ) { row throws(StorageError) in
            var child = DeskChild(key: row.next())
            child.name = row.next()
            child.enterprises = row.next()
            child.enterprisesOnline = row.next()
            child.longitude = row.next()
            child.latitude = row.next()
            return child
        }
        var children = Dictionary(enterprises.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let warnings = try session.rows(
            """
            SELECT \(key), w.level, w.cleared_at, w.reported_at
            FROM warning AS w JOIN enterprise AS e ON e.id = w.enterprise_id
            WHERE w.closed_at IS NULL AND \(scope.hazards(column: "w.hazard_id"))
            """
        ) { row throws(StorageError) in
            (
                row.next() as String, row.next() as Level, row.next() as Timestamp?, row.next() as Timestamp?
            )
        }
        for (key, level, clearedAt, reportedAt) in warnings {
            var child = children[key] ?? DeskChild(key: key)
            if clearedAt == nil {
                child.open += 1
                child.worst = max(child.worst ?? level, level)
            } else if reportedAt == nil {
                child.awaitingReport += 1
            }
            children[key] = child
        }
        return children.values.sorted { left, right in
            let (first, second) = (left.worst?.rawValue ?? -1, right.worst?.rawValue ?? -1)
            return first != second ? first > second : left.key < right.key
        }
    }

    /// Names of divisions by code, from the authorities of the table.
    public static func regionNames(in session: inout Session) throws(StorageError) -> [String: String] {
        let rows = try session.rows(
            """
            SELECT region, name FROM authority WHERE region IS NOT NULL AND level IN ('province','city','county')
            ORDER BY CASE WHEN name LIKE '%应急%' THEN 0 ELSE 1 END, id
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as String) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
