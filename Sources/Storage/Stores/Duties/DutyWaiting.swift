public import Kernel

/// What waits for an enterprise or a responsible person: for the figures on the rail.
public struct DutyWaiting: Hashable, Sendable {
    /// 1 while today's commitment is missing and asked for; of a person, while it waits for the signature.
    public var commitment: Int
    /// Open duties of the person; analyses that the system asks for.
    public var duties: Int

    public static func read(
        scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> DutyWaiting {
        let today = Day(now)
        switch scope {
        case .system, .authority: return DutyWaiting(commitment: 0, duties: 0)
        case .enterprise(let id):
            let line = try CommitmentStore.line(of: id, day: today, scope: scope, in: &session)
            let isMissing = line.map { $0.standing == nil && !$0.isReleased } ?? false
            let causes = try count("root_cause WHERE enterprise_id = \(id) AND submitted_at IS NULL", in: &session)
            return DutyWaiting(commitment: isMissing ? 1 : 0, duties: causes)
        case .person(let id):
            let sent = try count(
                """
                commitment_draft AS d JOIN person AS p ON p.enterprise_id = d.enterprise_id AND p.id = \(id)
                WHERE d.day = \(today) AND d.sent_at IS NOT NULL AND EXISTS (
                    SELECT 1 FROM responsibility AS r WHERE r.person_id = p.id AND r.role = 'principal'
                        AND r.until_at IS NULL)
                """, in: &session)
            let tasks = try count(
                """
                duty_task AS t JOIN responsibility AS r ON r.hazard_id = t.hazard_id AND r.role = t.role
                    AND r.until_at IS NULL AND r.person_id = \(id)
                WHERE t.done_at IS NULL AND t.from_at <= \(now) AND t.until_at > \(now)
                """, in: &session)
            return DutyWaiting(commitment: sent, duties: sent + tasks)
        }
    }

    private static func count(_ rest: SQL, in session: inout Session) throws(StorageError) -> Int {
        try session.first("SELECT count(*) FROM \(rest)") { row throws(StorageError) in row.next() as Int } ?? 0
    }
}
