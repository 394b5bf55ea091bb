public import Domain
public import Kernel

/// 特殊作业 as recorded on the site: what is compared with the promise of the day.
public struct SpecialWorkRecord: Hashable, Sendable {
    public var id: String
    public var enterprise: EnterpriseID
    public var hazard: HazardID?
    public var day: Day
    public var work: CommitmentCount
    public var place: String
    /// The number of the permit.
    public var permit: String
    public var recordedAt: Timestamp
    public var recordedBy: String

    public init(
        id: String, enterprise: EnterpriseID, hazard: HazardID?, day: Day, work: CommitmentCount, place: String,
        permit: String, recordedAt: Timestamp, recordedBy: String
    ) {
        self.id = id
        self.enterprise = enterprise
        self.hazard = hazard
        self.day = day
        self.work = work
        self.place = place
        self.permit = permit
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}

public enum SpecialWorkStore {
    public static func insert(_ record: SpecialWorkRecord, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO special_work (id, enterprise_id, hazard_id, day, work, place, permit, recorded_at, recorded_by)
            VALUES (\(record.id), \(record.enterprise), \(record.hazard), \(record.day), \(record.work),
                \(record.place), \(record.permit), \(record.recordedAt), \(record.recordedBy))
            """)
    }

    static func counts(
        of enterprises: [EnterpriseID], day: Day, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [CommitmentCount: Int]] {
        let rows = try session.rows(
            """
            SELECT enterprise_id, work, count(*) FROM special_work
            WHERE enterprise_id IN (\(list: enterprises)) AND day = \(day) GROUP BY enterprise_id, work
            """
        ) { row throws(StorageError) in
            (enterprise: row.next() as EnterpriseID, work: row.next() as CommitmentCount, count: row.next() as Int)
        }
        var found: [EnterpriseID: [CommitmentCount: Int]] = [:]
        for row in rows { found[row.enterprise, default: [:]][row.work, default: 0] += row.count }
        return found
    }

    public static func list(
        of enterprise: EnterpriseID, day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [SpecialWorkRecord] {
        try session.rows(
            """
            SELECT w.id, w.enterprise_id, w.hazard_id, w.day, w.work, w.place, w.permit, w.recorded_at,
                COALESCE(a.name, w.recorded_by)
            FROM special_work AS w LEFT JOIN account AS a ON a.id = w.recorded_by
            WHERE w.enterprise_id = \(enterprise) AND w.day = \(day)
                AND \(scope.enterprises(column: "w.enterprise_id")) ORDER BY w.recorded_at, w.id
            """
        ) { row throws(StorageError) in
            SpecialWorkRecord(
                id: row.next(), enterprise: row.next(), hazard: row.next(), day: row.next(), work: row.next(),
                place: row.next(), permit: row.next(), recordedAt: row.next(), recordedBy: row.next())
        }
    }
}
