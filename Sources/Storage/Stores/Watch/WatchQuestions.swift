import Domain
public import Kernel

/// The auditor's questions. They read the tables themselves: nothing of what they judge is asked how it is.
public enum WatchQuestions {
    public struct Limits: Hashable, Sendable {
        public var lateness = Interval.minutes(2)
        public var waiting = Interval.minutes(5)
        /// Failures in a row after which a channel counts as failing.
        public var failureCount = 3

        public init() {}
    }

    /// How many findings of one kind are listed one by one; the count itself is in the figures.
    private static let findingsMax = 200

    public static func findings(
        at now: Timestamp, limits: Limits, in session: inout Session
    ) throws(StorageError) -> [WatchFinding] {
        try stepless(now, in: &session) + climbless(now, in: &session) + lost(now, in: &session)
            + late(now, limits, in: &session) + stuck(now, limits, in: &session) + failing(now, limits, in: &session)
    }

    /// Above blue a caution always follows; after 消警 the report's hour. What waits for a person is no finding.
    private static func stepless(_ now: Timestamp, in session: inout Session) throws(StorageError) -> [WatchFinding] {
        try session.rows(
            """
            SELECT w.id, w.enterprise_id, e.name FROM warning AS w LEFT JOIN enterprise AS e ON e.id = w.enterprise_id
            WHERE w.closed_at IS NULL
                AND (w.level <> 'blue' OR (w.all_clear_at IS NOT NULL AND w.reported_at IS NULL
                    AND w.report_due_at > \(now)))
                AND NOT EXISTS (SELECT 1 FROM due AS d WHERE d.kind = 'warning' AND d.id = w.id)
            ORDER BY w.id LIMIT \(findingsMax)
            """
        ) { row throws(StorageError) in
            let (id, enterprise, name): (String, EnterpriseID?, String?) = (row.next(), row.next(), row.next())
            return WatchFinding(
                kind: .stepless, subject: id, detail: "\(name ?? "") 预警 \(id) 没有下一个时限", enterprise: enterprise,
                firstAt: now)
        }
    }

    /// Nobody has acknowledged, and nothing is planned against that.
    private static func climbless(_ now: Timestamp, in session: inout Session) throws(StorageError) -> [WatchFinding] {
        try session.rows(
            """
            SELECT w.id, w.enterprise_id, e.name FROM warning AS w LEFT JOIN enterprise AS e ON e.id = w.enterprise_id
            WHERE w.closed_at IS NULL AND w.level <> 'blue' AND w.acknowledged_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM due AS d WHERE d.kind = 'climb' AND d.id = w.id)
                AND NOT EXISTS (SELECT 1 FROM climb AS c WHERE c.warning_id = w.id AND c.ended IS NULL
                    AND c.last_step = 'desk')
            ORDER BY w.id LIMIT \(findingsMax)
            """
        ) { row throws(StorageError) in
            let (id, enterprise, name): (String, EnterpriseID?, String?) = (row.next(), row.next(), row.next())
            return WatchFinding(
                kind: .stepless, subject: "climb/" + id, detail: "\(name ?? "") 预警 \(id) 无人确认，也没有安排升级",
                enterprise: enterprise, firstAt: now)
        }
    }

    /// Of the latest entries of the log.
    private static func lost(_ now: Timestamp, in session: inout Session) throws(StorageError) -> [WatchFinding] {
        try session.rows(
            """
            SELECT l.stream_id FROM log AS l
            WHERE l.sequence > (SELECT max(sequence) FROM log) - 20000 AND l.stream_kind = 'warning'
                AND l.kind = 'raised' AND NOT EXISTS (SELECT 1 FROM warning AS w WHERE w.id = l.stream_id)
            ORDER BY l.stream_id LIMIT \(findingsMax)
            """
        ) { row throws(StorageError) in
            let id: String = row.next()
            return WatchFinding(kind: .lostWarning, subject: id, detail: "预警 \(id) 不在表中", firstAt: now)
        }
    }

    private static func late(
        _ now: Timestamp, _ limits: Limits, in session: inout Session
    ) throws(StorageError) -> [WatchFinding] {
        try session.rows(
            """
            SELECT d.kind, d.id, d.at, w.enterprise_id FROM due AS d
            LEFT JOIN warning AS w ON d.kind IN ('warning','climb') AND w.id = d.id
            WHERE d.at < \(now - limits.lateness) ORDER BY d.at, d.kind, d.id LIMIT \(findingsMax)
            """
        ) { row throws(StorageError) in
            let (kind, id): (String, String) = (row.next(), row.next())
            let (due, enterprise): (Timestamp, EnterpriseID?) = (row.next(), row.next())
            return WatchFinding(
                kind: .lateDeadline, subject: kind + "/" + id,
                detail: "\(kind) \(id) 应于 \(ChinaTime.dateTime(due)) 执行", enterprise: enterprise, firstAt: now)
        }
    }

    private static func stuck(
        _ now: Timestamp, _ limits: Limits, in session: inout Session
    ) throws(StorageError) -> [WatchFinding] {
        let rows = try session.rows(
            """
            SELECT channel, count(*), min(created_at) FROM outbox
            WHERE state = 'pending' AND created_at < \(now - limits.waiting) GROUP BY channel ORDER BY channel
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as Int, row.next() as Timestamp) }
        var found: [WatchFinding] = []
        for (channel, count, oldest) in rows {
            let detail = "\(count) 条没有送出，最早的写于 \(ChinaTime.dateTime(oldest))"
            found.append(try finding(.stuckDelivery, channel, detail, now, in: &session))
        }
        return found
    }

    /// Refused or unanswered so many times in a row, or silent although something is due.
    private static func failing(
        _ now: Timestamp, _ limits: Limits, in session: inout Session
    ) throws(StorageError) -> [WatchFinding] {
        let channels = try session.rows(
            """
            SELECT channel, min(next_attempt_at) FROM outbox WHERE state = 'pending' GROUP BY channel
            UNION ALL
            SELECT DISTINCT channel, CAST(NULL AS BIGINT) FROM delivery_attempt
            WHERE at > \(now - .hours(1)) AND channel <> '' AND outcome <> 'delivered'
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as Timestamp?) }
        let due = Dictionary(channels) { first, second in first ?? second }
        var found: [WatchFinding] = []
        for channel in due.keys.sorted() {
            let outcomes = try session.rows(
                """
                SELECT outcome, max(at), max(detail) FROM delivery_attempt WHERE channel = \(channel)
                GROUP BY parcel, attempt, outcome ORDER BY max(at) DESC LIMIT \(limits.failureCount)
                """
            ) { row throws(StorageError) in (row.next() as String, row.next() as Timestamp, row.next() as String) }
            if outcomes.count >= limits.failureCount, outcomes.allSatisfy({ $0.0 != "delivered" }) {
                let detail = "连续 \(limits.failureCount) 次没有送达：\(outcomes[0].2.prefix(120))"
                found.append(try finding(.failingChannel, channel, detail, now, in: &session))
            } else if let next = due[channel] ?? nil, now - next > limits.lateness,
                outcomes.first.map({ now - $0.1 > limits.lateness }) ?? true
            {
                let detail = "有待发的消息，却没有在发（应于 \(ChinaTime.dateTime(next)) 发送）"
                found.append(try finding(.failingChannel, channel, detail, now, in: &session))
            }
        }
        return found
    }

    /// Named and owned by the channel's row or the webhook's, where one stands.
    private static func finding(
        _ kind: WatchFinding.Kind, _ channel: String, _ detail: String, _ now: Timestamp, in session: inout Session
    ) throws(StorageError) -> WatchFinding {
        let id = String(channel.drop { $0 != ":" }.dropFirst())
        let owner = try session.first(
            """
            SELECT name, authority_id, enterprise_id FROM channel WHERE id = \(id)
            UNION ALL SELECT 'webhook', authority_id, enterprise_id FROM webhook WHERE id = \(id)
            """
        ) { row throws(StorageError) in
            (name: row.next() as String, authority: row.next() as AuthorityID?, enterprise: row.next() as EnterpriseID?)
        }
        return WatchFinding(
            kind: kind, subject: channel, detail: "“\(owner?.name ?? channel)”：\(detail)",
            enterprise: owner?.enterprise, authority: owner?.authority, firstAt: now)
    }
}
