public import Domain
public import Kernel

/// How far the five kinds of data of an enterprise have come (Art. 3; SJ-03).
public struct DataAccess: Hashable, Sendable {
    public var hazards = 0
    public var equipment = 0
    public var points = 0
    public var pointsConnected = 0
    public var pointsSilent = 0
    public var gasPoints = 0
    public var gasConnected = 0
    public var gasLedger: Int?
    public var cameras = 0
    public var camerasOnline = 0
    public var lastCommitment: Day?
    public var responsibles = 0
    public var lastUpload: Timestamp?

    public init() {}

    public static func read(
        of enterprise: EnterpriseID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> DataAccess? {
        guard try RegistryQueries.enterprise(enterprise, scope: scope, in: &session) != nil else { return nil }
        var access = DataAccess()
        access.hazards = try count("hazard AS x WHERE x.in_use = 1", enterprise, in: &session)
        access.equipment = try count("equipment AS x WHERE x.in_use = 1", enterprise, in: &session)
        access.cameras = try count("camera AS x WHERE x.in_use = 1", enterprise, in: &session)
        access.camerasOnline = try count(
            "camera AS x JOIN camera_state AS s ON s.camera_id = x.id WHERE x.in_use = 1 AND s.is_online = 1",
            enterprise, in: &session)
        access.points = try count("point AS x WHERE x.in_use = 1", enterprise, in: &session)
        let states: SQL = "point AS x JOIN point_state AS s ON s.point_id = x.id WHERE x.in_use = 1"
        access.pointsConnected = try count(states + " AND s.value_at IS NOT NULL", enterprise, in: &session)
        access.pointsSilent = try count(states + " AND s.offline_since IS NOT NULL", enterprise, in: &session)
        let gas: SQL = "x.kind IN ('combustibleGas','toxicGas','oxygen')"
        access.gasPoints = try count("point AS x WHERE x.in_use = 1 AND \(gas)", enterprise, in: &session)
        access.gasConnected = try count(
            states + " AND s.value_at IS NOT NULL AND \(gas)", enterprise, in: &session)
        access.gasLedger = try GasLedgerStore.detectors(of: enterprise, in: &session)
        access.responsibles =
            try session.first(
                """
                SELECT count(*) FROM responsibility AS r JOIN hazard AS h ON h.id = r.hazard_id
                WHERE h.enterprise_id = \(enterprise) AND h.in_use = 1 AND r.until_at IS NULL
                """
            ) { row throws(StorageError) in row.next() as Int } ?? 0
        access.lastCommitment = try session.first(
            "SELECT day FROM commitment WHERE enterprise_id = \(enterprise) ORDER BY day DESC LIMIT 1"
        ) { row throws(StorageError) in Day(number: Int32(row.next() as Int)) }
        access.lastUpload =
            try session.first(
                "SELECT max(g.seen_at) FROM gateway AS g WHERE g.enterprise_id = \(enterprise)"
            ) { row throws(StorageError) in row.next() as Timestamp? } ?? nil
        return access
    }

    private static func count(
        _ source: SQL, _ enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first("SELECT count(*) FROM \(source) AND x.enterprise_id = \(enterprise)") {
            row throws(StorageError) in row.next() as Int
        } ?? 0
    }
}
