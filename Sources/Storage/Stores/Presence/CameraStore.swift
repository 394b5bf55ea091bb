public import Domain
public import Kernel

/// The cameras' register and what was last heard of them.
public enum CameraStore {
    public static func save(
        _ camera: Camera, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO camera (id, enterprise_id, hazard_id, name, place, location, gb_code, in_use, created_at)
            VALUES (\(camera.id), \(camera.enterprise), \(camera.hazard), \(camera.name), \(camera.place),
                \(camera.location), \(camera.gbCode), \(camera.isInUse), \(now))
            ON CONFLICT (id) DO UPDATE SET hazard_id = excluded.hazard_id, name = excluded.name,
                place = excluded.place, location = excluded.location, gb_code = excluded.gb_code,
                in_use = excluded.in_use
            """)
    }

    public static func find(
        _ id: CameraID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> Camera? {
        try read("x.id = \(id) AND \(scope.enterprises(column: "x.enterprise_id"))", in: &session).first
    }

    public static func all(
        of enterprise: EnterpriseID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Camera] {
        try read(
            "x.enterprise_id = \(enterprise) AND \(scope.enterprises(column: "x.enterprise_id"))", in: &session)
    }

    /// Whether a code or a name is taken by another camera.
    public static func isTaken(_ camera: Camera, in session: inout Session) throws(StorageError) -> Bool {
        try session.first(
            """
            SELECT 1 FROM camera WHERE (id = \(camera.id) AND enterprise_id <> \(camera.enterprise))
                OR (enterprise_id = \(camera.enterprise) AND name = \(camera.name) AND id <> \(camera.id))
            """
        ) { row throws(StorageError) in row.next() as Int64 } != nil
    }

    private static func read(_ condition: SQL, in session: inout Session) throws(StorageError) -> [Camera] {
        try session.rows(
            """
            SELECT x.id, x.enterprise_id, x.hazard_id, x.name, x.place, x.location, x.gb_code, x.in_use
            FROM camera AS x WHERE \(condition) ORDER BY x.name, x.id
            """
        ) { row throws(StorageError) in
            Camera(
                id: row.next(), enterprise: row.next(), hazard: row.next(), name: row.next(), place: row.next(),
                location: row.next(), gbCode: row.next(), isInUse: row.next())
        }
    }

    public struct State: Hashable, Sendable {
        public var camera: CameraID
        public var isOnline: Bool
        public var since: Timestamp
        public var heardAt: Timestamp
        public var reason: String?
        public var planOnlineAt: Timestamp?

        public init(
            camera: CameraID, isOnline: Bool, since: Timestamp, heardAt: Timestamp, reason: String?,
            planOnlineAt: Timestamp?
        ) {
            self.camera = camera
            self.isOnline = isOnline
            self.since = since
            self.heardAt = heardAt
            self.reason = reason
            self.planOnlineAt = planOnlineAt
        }
    }

    public static func states(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [CameraID: State] {
        let rows = try session.rows(
            """
            SELECT camera_id, is_online, since, heard_at, reason, plan_online_at FROM camera_state
            WHERE enterprise_id = \(enterprise)
            """
        ) { row throws(StorageError) in
            State(
                camera: row.next(), isOnline: row.next(), since: row.next(), heardAt: row.next(), reason: row.next(),
                planOnlineAt: row.next())
        }
        return Dictionary(rows.map { ($0.camera, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public static func setState(
        _ state: State, of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO camera_state (camera_id, enterprise_id, is_online, since, heard_at, reason, plan_online_at)
            VALUES (\(state.camera), \(enterprise), \(state.isOnline), \(state.since), \(state.heardAt),
                \(state.reason), \(state.planOnlineAt))
            ON CONFLICT (camera_id) DO UPDATE SET is_online = excluded.is_online, since = excluded.since,
                heard_at = excluded.heard_at, reason = excluded.reason, plan_online_at = excluded.plan_online_at
            """)
    }

    /// Heard again, unchanged: one statement for all cameras of a message.
    public static func heard(
        _ cameras: [CameraID], at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        guard !cameras.isEmpty else { return }
        try session.execute(
            "UPDATE camera_state SET heard_at = \(now) WHERE camera_id IN (\(list: cameras)) AND heard_at < \(now)")
    }

    /// When the online camera that was heard longest ago was heard.
    public static func earliestHeard(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> Timestamp? {
        try session.first(
            "SELECT min(heard_at) FROM camera_state WHERE enterprise_id = \(enterprise) AND is_online = 1"
        ) { row throws(StorageError) in row.next() as Timestamp? } ?? nil
    }
}
