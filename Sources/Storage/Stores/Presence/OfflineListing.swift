public import Domain
public import Kernel

/// One enterprise, point or camera that is offline now, for the ranking by how long (domain §9; JC-14, JC-20).
public struct OfflineListing: Hashable, Sendable {
    public var subject: String
    public var name: String
    public var enterprise: EnterpriseID
    public var enterpriseName: String
    public var regulatorName: String
    /// Nil: it was never online.
    public var since: Timestamp?
    /// When a gateway of the enterprise was heard last, with data or a heartbeat.
    public var gatewaySeenAt: Timestamp?
    /// A confirmed filing covers it now.
    public var isFiled = false

    /// Longest first; those never online at the end. Enterprises count that have a hazard source in use.
    public static func ranking(
        _ kind: PresenceKind, longerThan: Interval? = nil, scope: Scope, now: Timestamp, limit: Int,
        in session: inout Session
    ) throws(StorageError) -> [OfflineListing] {
        var conditions: [SQL] = [
            """
            NOT EXISTS (SELECT 1 FROM presence_span AS o WHERE o.subject_kind = \(kind) AND o.subject_id = x.id
                AND o.online_until IS NULL)
            """, scope.enterprises(column: "e.id"), "x.in_use = 1", "e.in_use = 1",
        ]
        let table: SQL
        switch kind {
        case .enterprise:
            table = "enterprise AS x JOIN enterprise AS e ON e.id = x.id"
            conditions.append("EXISTS (SELECT 1 FROM hazard AS h WHERE h.enterprise_id = e.id AND h.in_use = 1)")
        case .point: table = "point AS x JOIN enterprise AS e ON e.id = x.enterprise_id"
        case .camera: table = "camera AS x JOIN enterprise AS e ON e.id = x.enterprise_id"
        }
        let since: SQL = """
            (SELECT max(s.online_until) FROM presence_span AS s WHERE s.subject_kind = \(kind) AND s.subject_id = x.id)
            """
        if let longerThan { conditions.append("\(since) <= \(now - longerThan)") }
        var found = try session.rows(
            """
            SELECT x.id, x.name, e.id, e.name, a.name, \(since) AS since,
                (SELECT max(g.seen_at) FROM gateway AS g WHERE g.enterprise_id = e.id AND g.revoked_at IS NULL)
            FROM \(table) JOIN authority AS a ON a.id = e.regulator_id
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY since NULLS LAST, x.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            OfflineListing(
                subject: row.next(), name: row.next(), enterprise: row.next(), enterpriseName: row.next(),
                regulatorName: row.next(), since: row.next(), gatewaySeenAt: row.next())
        }
        let window = OnlineTime.wholeSecond(now)..<OnlineTime.wholeSecond(now) + .seconds(1)
        let filed = try FilingStore.confirmedSpans(kind, window: window, scope: scope, in: &session)
        for index in found.indices { found[index].isFiled = filed[found[index].subject] != nil }
        return found
    }

    /// How many are online now, of how many that should be: in use and not filed.
    public struct Count: Hashable, Sendable {
        public var online: Int
        public var due: Int
        public var filed: Int
    }

    public static func count(
        _ kind: PresenceKind, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Count {
        let second = OnlineTime.wholeSecond(now)
        let filed = try FilingStore.confirmedSpans(
            kind, window: second..<second + .seconds(1), scope: scope, in: &session)
        let table: SQL =
            switch kind {
            case .enterprise:
                """
                enterprise AS x WHERE EXISTS (SELECT 1 FROM hazard AS h WHERE h.enterprise_id = x.id AND h.in_use = 1)
                    AND \(scope.enterprises(column: "x.id"))
                """
            case .point: "point AS x WHERE \(scope.enterprises(column: "x.enterprise_id"))"
            case .camera: "camera AS x WHERE \(scope.enterprises(column: "x.enterprise_id"))"
            }
        let rows = try session.rows(
            """
            SELECT x.id, CASE WHEN EXISTS (SELECT 1 FROM presence_span AS o WHERE o.subject_kind = \(kind)
                AND o.subject_id = x.id AND o.online_until IS NULL) THEN 1 ELSE 0 END
            FROM \(table) AND x.in_use = 1
            """
        ) { row throws(StorageError) in (id: row.next() as String, isOnline: row.next() as Bool) }
        var count = Count(online: 0, due: 0, filed: 0)
        for row in rows {
            if filed[row.id] != nil {
                count.filed += 1
            } else {
                count.due += 1
                if row.isOnline { count.online += 1 }
            }
        }
        return count
    }
}
