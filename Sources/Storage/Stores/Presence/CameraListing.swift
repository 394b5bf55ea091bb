public import Domain
public import Kernel

/// A camera with its names and its state.
public struct CameraListing: Hashable, Sendable {
    public var camera: Camera
    public var enterpriseName: String
    public var hazardName: String?
    /// Nil: nothing was ever heard of it.
    public var isOnline: Bool?
    public var since: Timestamp?
    public var heardAt: Timestamp?
    public var reason: String?
    public var planOnlineAt: Timestamp?

    public struct Filter: Hashable, Sendable {
        public var enterprise: EnterpriseID?
        public var isOfflineOnly = false
        public init() {}
    }

    public static func all(
        _ filter: Filter, scope: Scope, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [CameraListing] {
        try session.rows(
            """
            SELECT c.id, c.enterprise_id, c.hazard_id, c.name, c.place, c.location, c.gb_code, c.in_use, e.name, h.name,
                s.is_online, s.since, s.heard_at, s.reason, s.plan_online_at
            FROM camera AS c JOIN enterprise AS e ON e.id = c.enterprise_id
            LEFT JOIN hazard AS h ON h.id = c.hazard_id LEFT JOIN camera_state AS s ON s.camera_id = c.id
            WHERE \(condition(filter, scope))
            ORDER BY c.in_use DESC, COALESCE(s.is_online, 0), e.name, c.name, c.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            CameraListing(
                camera: Camera(
                    id: row.next(), enterprise: row.next(), hazard: row.next(), name: row.next(), place: row.next(),
                    location: row.next(), gbCode: row.next(), isInUse: row.next()),
                enterpriseName: row.next(), hazardName: row.next(), isOnline: row.next(), since: row.next(),
                heardAt: row.next(), reason: row.next(), planOnlineAt: row.next())
        }
    }

    public static func count(
        _ filter: Filter, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM camera AS c LEFT JOIN camera_state AS s ON s.camera_id = c.id
            WHERE \(condition(filter, scope))
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func condition(_ filter: Filter, _ scope: Scope) -> SQL {
        var parts: [SQL] = [scope.enterprises(column: "c.enterprise_id")]
        if let id = filter.enterprise { parts.append("c.enterprise_id = \(id)") }
        if filter.isOfflineOnly { parts.append("c.in_use = 1 AND COALESCE(s.is_online, 0) = 0") }
        return parts.joined(separator: " AND ")
    }

    /// 漏接视频: sources in use without a camera, and enterprises without one in the control room (SJ-15, SJ-16).
    public struct Gap: Hashable, Sendable {
        public var enterprise: EnterpriseID
        public var enterpriseName: String
        /// Nil: the control room.
        public var hazard: HazardID?
        public var hazardName: String?
    }

    public static func gaps(
        enterprise: EnterpriseID? = nil, scope: Scope, limit: Int, in session: inout Session
    ) throws(StorageError) -> [Gap] {
        let sources = try session.rows(
            """
            SELECT e.id, e.name, h.id, h.name FROM hazard AS h JOIN enterprise AS e ON e.id = h.enterprise_id
            WHERE h.in_use = 1 AND e.in_use = 1 AND NOT EXISTS (SELECT 1 FROM camera AS c WHERE c.hazard_id = h.id
                AND c.in_use = 1) AND (\(enterprise) IS NULL OR e.id = \(enterprise))
                AND \(scope.enterprises(column: "e.id")) ORDER BY e.name, h.name LIMIT \(limit)
            """, gap)
        let rooms = try session.rows(
            """
            SELECT e.id, e.name, CAST(NULL AS TEXT), CAST(NULL AS TEXT) FROM enterprise AS e
            WHERE e.in_use = 1 AND EXISTS (SELECT 1 FROM hazard AS h WHERE h.enterprise_id = e.id AND h.in_use = 1)
                AND NOT EXISTS (SELECT 1 FROM camera AS c WHERE c.enterprise_id = e.id AND c.in_use = 1
                    AND c.place = 'controlRoom') AND (\(enterprise) IS NULL OR e.id = \(enterprise))
                AND \(scope.enterprises(column: "e.id")) ORDER BY e.name LIMIT \(limit)
            """, gap)
        return sources + rooms
    }

    private static func gap(_ row: inout Row) throws(StorageError) -> Gap {
        Gap(enterprise: row.next(), enterpriseName: row.next(), hazard: row.next(), hazardName: row.next())
    }
}
