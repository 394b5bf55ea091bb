public import Kernel

/// Counts of what should not be: the auditor's questions.
public struct AuditFigures: Hashable, Sendable {
    public struct Overdue: Hashable, Sendable {
        public let count: Int64
        public let oldest: Timestamp?
    }

    /// Deadlines that should have been acted on.
    public let due: Overdue
    /// Notices that wait for their delivery.
    public let pending: Overdue
    /// Notices whose delivery was given up.
    public let failedCount: Int64
}

public enum AuditStore {
    /// Deadlines before `dueBefore`, undelivered notices written before `pendingBefore`.
    public static func figures(
        dueBefore: Timestamp, pendingBefore: Timestamp, in session: inout Session
    ) throws(StorageError) -> AuditFigures {
        let due = try session.first("SELECT count(*), min(at) FROM due WHERE at < \(dueBefore)", read)
        let pending = try session.first(
            "SELECT count(*), min(created_at) FROM outbox WHERE state = 'pending' AND created_at < \(pendingBefore)",
            read)
        let failed = try session.first("SELECT count(*) FROM outbox WHERE state = 'failed'") {
            row throws(StorageError) in row.next() as Int64
        }
        let none = AuditFigures.Overdue(count: 0, oldest: nil)
        return AuditFigures(due: due ?? none, pending: pending ?? none, failedCount: failed ?? 0)
    }

    private static func read(_ row: inout Row) throws(StorageError) -> AuditFigures.Overdue {
        AuditFigures.Overdue(count: row.next(), oldest: row.next())
    }
}
