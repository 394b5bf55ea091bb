public import Domain
public import Kernel

public struct StoredPhoto: Hashable, Sendable {
    public var type: String
    public var bytes: [UInt8]
}

/// Photos of duties, in the database with what they prove.
public enum DutyPhotoStore {
    public static func insert(
        _ bytes: [UInt8], type: String, id: String, task: String, enterprise: EnterpriseID, by actor: String,
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [UInt8] {
        let hash = Hash.sha256(bytes)
        try session.execute(
            """
            INSERT INTO duty_photo (id, task_id, enterprise_id, media_type, size, hash, bytes, taken_at, taken_by)
            VALUES (\(id), \(task), \(enterprise), \(type), \(bytes.count), \(hash), \(bytes), \(now), \(actor))
            """)
        return hash
    }

    public static func find(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> StoredPhoto? {
        try session.first(
            """
            SELECT media_type, bytes FROM duty_photo WHERE id = \(id)
                AND \(scope.enterprises(column: "enterprise_id"))
            """
        ) { row throws(StorageError) in StoredPhoto(type: row.next(), bytes: row.next()) }
    }
}

/// What a responsible person did about alarms and warnings: part of the record of duties (QY-09b).
public struct DutyDisposal: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case acknowledgedWarning, reportedWarning, acknowledgedAlarm, clearedAlarm

        public var label: String {
            switch self {
            case .acknowledgedWarning: "确认预警"
            case .reportedWarning: "上报处置结果"
            case .acknowledgedAlarm: "确认报警"
            case .clearedAlarm: "处置消警"
            }
        }
    }

    public var kind: Kind
    public var id: String
    public var hazardName: String
    public var at: Timestamp
    public var person: PersonID
    public var personName: String

    /// Within [from, until), newest first; of one person or of everybody in the scope.
    public static func list(
        person: PersonID? = nil, from: Timestamp, until: Timestamp, scope: Scope, limit: Int = 200,
        in session: inout Session
    ) throws(StorageError) -> [DutyDisposal] {
        let only: SQL = person.map { "AND p.id = \($0)" } ?? ""
        let range: (SQL) -> SQL = { column in "\(column) >= \(from) AND \(column) < \(until) \(only)" }
        return try session.rows(
            """
            SELECT x.kind, x.id, h.name, x.at, x.person, x.name FROM (
                SELECT 'acknowledgedWarning' AS kind, w.id AS id, w.hazard_id AS hazard, w.acknowledged_at AS at,
                    p.id AS person, p.name AS name
                FROM warning AS w JOIN person AS p ON p.id = w.acknowledged_by WHERE \(range("w.acknowledged_at"))
                UNION ALL
                SELECT 'reportedWarning', r.warning_id, w.hazard_id, r.reported_at, p.id, p.name
                FROM disposal_report AS r JOIN warning AS w ON w.id = r.warning_id
                JOIN account AS a ON a.id = r.reported_by JOIN person AS p ON p.id = a.person_id
                WHERE \(range("r.reported_at"))
                UNION ALL
                SELECT 'acknowledgedAlarm', l.id, l.hazard_id, l.acknowledged_at, p.id, p.name
                FROM alarm AS l JOIN account AS a ON a.id = l.acknowledged_by JOIN person AS p ON p.id = a.person_id
                WHERE \(range("l.acknowledged_at"))
                UNION ALL
                SELECT 'clearedAlarm', l.id, l.hazard_id, l.cleared_at, p.id, p.name
                FROM alarm AS l JOIN account AS a ON a.id = l.cleared_by JOIN person AS p ON p.id = a.person_id
                WHERE \(range("l.cleared_at"))) AS x
            JOIN hazard AS h ON h.id = x.hazard WHERE \(scope.hazards(column: "x.hazard"))
            ORDER BY x.at DESC, x.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            DutyDisposal(
                kind: row.next(), id: row.next(), hazardName: row.next(), at: row.next(), person: row.next(),
                personName: row.next())
        }
    }
}
