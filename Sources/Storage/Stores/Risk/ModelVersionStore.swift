public import Domain
public import Kernel

/// A version of the risk model: proposed, then approved by a second person, then in force for every source.
public struct ModelVersion: Hashable, Sendable {
    public var version: Int
    public var effectiveAt: Timestamp
    public var model: RiskModel
    public var reason: String
    public var proposedBy: String
    public var proposedAt: Timestamp
    public var approvedBy: String?
    public var approvedAt: Timestamp?
    public var returnedBy: String?
    public var returnedAt: Timestamp?
    public var note: String?

    public var isWaiting: Bool { approvedAt == nil && returnedAt == nil }
}

public enum ModelVersionStore {
    /// The next number; 0 is the specification's figures.
    public static func nextVersion(in session: inout Session) throws(StorageError) -> Int {
        let last =
            try session.first("SELECT max(version) FROM model_version") { row throws(StorageError) in
                row.next() as Int?
            } ?? nil
        return (last ?? 0) + 1
    }

    public static func insert(
        _ model: RiskModel, effectiveAt: Timestamp, reason: String, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO model_version (version, effective_at, content, reason, proposed_by, proposed_at)
            VALUES (\(model.version), \(effectiveAt), \(model.json), \(reason), \(actor), \(now))
            """)
    }

    public static func approve(
        _ version: Int, effectiveAt: Timestamp, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE model_version SET approved_by = \(actor), approved_at = \(now), effective_at = \(effectiveAt)
            WHERE version = \(version) AND approved_at IS NULL AND returned_at IS NULL
            """)
    }

    public static func giveBack(
        _ version: Int, note: String, by actor: String, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE model_version SET returned_by = \(actor), returned_at = \(now), note = \(note)
            WHERE version = \(version) AND approved_at IS NULL AND returned_at IS NULL
            """)
    }

    /// When the next approved version comes into force: levels may change by that alone.
    public static func nextEffective(
        after now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Timestamp? {
        try session.first(
            "SELECT min(effective_at) FROM model_version WHERE approved_at IS NOT NULL AND effective_at > \(now)"
        ) { row throws(StorageError) in row.next() as Timestamp? } ?? nil
    }

    /// Newest first. The model is one for the whole system, and everybody may read it.
    public static func list(limit: Int, in session: inout Session) throws(StorageError) -> [ModelVersion] {
        try read("1 = 1", limit: limit, in: &session)
    }

    public static func find(_ version: Int, in session: inout Session) throws(StorageError) -> ModelVersion? {
        try read("version = \(version)", limit: 1, in: &session).first
    }

    private static func read(
        _ condition: SQL, limit: Int, in session: inout Session
    ) throws(StorageError) -> [ModelVersion] {
        try session.rows(
            """
            SELECT version, content, effective_at, reason, proposed_by, proposed_at, approved_by, approved_at,
                returned_by, returned_at, note
            FROM model_version WHERE \(condition) ORDER BY version DESC LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            let version: Int = row.next()
            let json: JSON = try row.read()
            let model: RiskModel
            do throws(RiskModelError) { model = try RiskModel(version: version, json: json) } catch {
                throw .other(
                    .init(
                        message: "model version \(version) cannot be read: \(error.member)", statement: "model_version")
                )
            }
            return ModelVersion(
                version: version, effectiveAt: row.next(), model: model, reason: row.next(), proposedBy: row.next(),
                proposedAt: row.next(), approvedBy: row.next(), approvedAt: row.next(), returnedBy: row.next(),
                returnedAt: row.next(), note: row.next())
        }
    }
}
