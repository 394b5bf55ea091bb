public import Domain
public import Kernel

/// Records of start-up, shutdown and repair.
public enum OperationRecordStore {
    public static func insert(_ record: OperationRecord, in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO operation_record (id, enterprise_id, hazard_id, equipment_id, kind, device_name, content,
                start_at, expire_at, ended_at, person_name, person_phone, principal_name, principal_phone,
                removes_interlock, emergency_plan, created_at, created_by)
            VALUES (\(record.id), \(record.enterprise), \(record.hazard), \(record.equipment), \(record.kind),
                \(record.deviceName), \(record.content), \(record.startAt), \(record.expireAt), \(record.endedAt),
                \(record.personName), \(record.personPhone), \(record.principalName), \(record.principalPhone),
                \(record.removesInterlock), \(record.emergencyPlan), \(record.createdAt), \(record.createdBy))
            """)
    }

    /// False where it was over already.
    public static func end(_ id: String, at now: Timestamp, in session: inout Session) throws(StorageError) -> Bool {
        try session.execute("UPDATE operation_record SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL") > 0
    }

    public static func find(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> OperationRecord? {
        try read("x.id = \(id) AND \(scope.enterprises(column: "x.enterprise_id"))", limit: 1, in: &session).first
    }

    public static func list(
        enterprise: EnterpriseID? = nil, limit: Int, offset: Int = 0, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [OperationRecord] {
        try read(
            """
            \(scope.enterprises(column: "x.enterprise_id"))
                AND (\(enterprise) IS NULL OR x.enterprise_id = \(enterprise))
            """, limit: limit, offset: offset, in: &session)
    }

    private static func read(
        _ condition: SQL, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [OperationRecord] {
        try session.rows(
            """
            SELECT x.id, x.enterprise_id, x.hazard_id, x.equipment_id, x.kind, x.device_name, x.content, x.start_at,
                x.expire_at, x.person_name, x.person_phone, x.principal_name, x.principal_phone, x.removes_interlock,
                x.emergency_plan, x.created_at, x.created_by, x.ended_at
            FROM operation_record AS x WHERE \(condition)
            ORDER BY CASE WHEN x.ended_at IS NULL THEN 0 ELSE 1 END, x.start_at DESC, x.id
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row throws(StorageError) in
            var record = OperationRecord(
                id: row.next(), enterprise: row.next(), hazard: row.next(), equipment: row.next(), kind: row.next(),
                deviceName: row.next(), content: row.next(), startAt: row.next(), expireAt: row.next(),
                personName: row.next(), personPhone: row.next(), principalName: row.next(),
                principalPhone: row.next(), removesInterlock: row.next(), emergencyPlan: row.next(),
                createdAt: row.next(), createdBy: row.next())
            record.endedAt = row.next()
            return record
        }
    }
}
