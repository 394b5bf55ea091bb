import Domain
import Kernel
import Operations
import Storage

/// What must be so after a year, each rule written a second time over the tables: in other words than the code that is
/// being looked at.
struct YearChecks {
    let plan: YearPlan
    let now: Timestamp

    func faults(in session: inout Session) throws(StorageError) -> [String] {
        var found = try WarningAudit.faults(in: &session)
        if case .broken(let place) = try LogChain.verify(in: &session) {
            found.append("the log is broken at \(place.sequence): \(place.reason)")
        }
        if case .broken(let place) = try UploadChain.verify(in: &session) {
            found.append("the uploads are broken at \(place.sequence): \(place.reason)")
        }
        found += try RehearsalChecks.levels(in: &session)
        found += try timers(in: &session)
        found += try warnings(in: &session)
        found += try commitments(in: &session)
        found += try duties(in: &session)
        found += try problems(in: &session)
        found += try presence(in: &session)
        found += try patrols(in: &session)
        found += try spotChecks(in: &session)
        found += try draws(in: &session)
        found += try bulletins(in: &session)
        found += try numbers(in: &session)
        found += try figures(in: &session)
        found += try rankings(in: &session)
        return found
    }

    /// The lines of a query, each a fault.
    func lines(_ rule: String, _ sql: SQL, in session: inout Session) throws(StorageError) -> [String] {
        let found = try session.rows(sql) { row throws(StorageError) in row.next() as String }
        return found.prefix(20).map { rule + ": " + $0 } + (found.count > 20 ? ["\(rule): \(found.count) in all"] : [])
    }

    private var days: Int64 { Int64(plan.days) }

    /// Nothing that fell due before the end waits.
    private func timers(in session: inout Session) throws(StorageError) -> [String] {
        try lines("a forgotten timer", "SELECT kind || ' ' || id FROM due WHERE at < \(now)", in: &session)
    }

    /// YJ: whoever is told at the raise, the report's hour, the order of a case's steps.
    private func warnings(in session: inout Session) throws(StorageError) -> [String] {
        try lines(
            "a warning did not reach its three persons",
            """
            SELECT w.id FROM warning AS w WHERE (SELECT count(DISTINCT o.recipient_id) FROM outbox AS o
                WHERE o.key >= w.id || '/sent-' AND o.key < w.id || '/sent.' AND o.recipient_kind || '' = 'person') <> 3
            """, in: &session)
            + lines(
                "closed out of order",
                """
                SELECT id FROM warning WHERE closed_at IS NOT NULL AND (cleared_at IS NULL OR all_clear_at IS NULL
                    OR reported_at IS NULL OR approved_at IS NULL OR reported_at < all_clear_at
                    OR approved_at < reported_at OR closed_at < approved_at OR open_supervisions <> 0)
                """, in: &session)
            + lines(
                "closed with an open alarm",
                """
                SELECT l.warning_id || ' ' || a.id FROM warning_alarm AS l JOIN alarm AS a ON a.id = l.alarm_id
                JOIN warning AS w ON w.id = l.warning_id
                WHERE w.closed_at IS NOT NULL AND (a.cleared_at IS NULL OR a.cleared_at > w.closed_at)
                """, in: &session)
            + lines(
                "two open alarms of one point",
                "SELECT point_id FROM alarm WHERE cleared_at IS NULL GROUP BY point_id HAVING count(*) > 1",
                in: &session)
    }

    /// QY-01…05: a row an enterprise and day, and ten o'clock decides.
    private func commitments(in session: inout Session) throws(StorageError) -> [String] {
        let expected = days * Int64(plan.enterprises)
        let count = try session.first("SELECT count(*) FROM commitment_day") {
            row throws(StorageError) in row.next() as Int64
        }
        var found = count == expected ? [] : ["\(count ?? 0) enterprise days must commit, not \(expected)"]
        let ten = Interval.hours(10).milliseconds
        // A day's number counts from 1970-01-01 in China's time.
        found += try lines(
            "not as ten o'clock decides",
            """
            SELECT id FROM commitment WHERE (state = 'onTime') <>
                (first_received_at < CAST(day AS BIGINT) * 86400000 - 28800000 + \(ten)
                AND first_received_at >= CAST(day AS BIGINT) * 86400000 - 28800000)
            """, in: &session)
        return found
    }

    /// QY-08: one task a source, role and period; the weeks have no gap.
    private func duties(in session: inout Session) throws(StorageError) -> [String] {
        // The weeks begin on Mondays; 1970-01-01 was a Thursday.
        let weeks = Int64((plan.until.number - 1 + 3) / 7 - (plan.from.number + 3) / 7 + 1)
        var months: Set<String> = []
        for number in plan.from.number..<plan.until.number {
            let parts = Day(number: number).components
            months.insert("\(parts.year)-\(parts.month)")
        }
        return try lines(
            "weeks of a source",
            """
            SELECT h.id || ': ' || CAST(count(t.id) AS TEXT) FROM hazard AS h LEFT JOIN duty_task AS t
                ON t.hazard_id = h.id AND t.kind = 'weekly' GROUP BY h.id HAVING count(t.id) <> \(weeks)
            """, in: &session)
            + lines(
                "months of a source",
                """
                SELECT h.id || ': ' || CAST(count(t.id) AS TEXT) FROM hazard AS h LEFT JOIN duty_task AS t
                    ON t.hazard_id = h.id AND t.kind = 'supervision' GROUP BY h.id
                    HAVING count(t.id) <> \(Int64(months.count))
                """, in: &session)
            + lines(
                "done before its time", "SELECT id FROM duty_task WHERE done_at < from_at", in: &session)
    }

    /// XC-31…34: what is closed was ordered, rectified and looked at again; a major one only after its supervision.
    private func problems(in session: inout Session) throws(StorageError) -> [String] {
        try lines(
            "a problem closed out of order",
            """
            SELECT id FROM problem WHERE closed_at IS NOT NULL AND (ordered_at IS NULL OR rectified_at IS NULL
                OR rechecked_at IS NULL OR rechecked_at < rectified_at OR closed_at < rechecked_at
                OR (severity = 'majorHiddenDanger' AND supervised_at IS NULL)
                OR (supervised_at IS NOT NULL AND supervision_lifted_at IS NULL))
            """, in: &session)
            + lines(
                "overdue and not said so",
                """
                SELECT id FROM problem WHERE stage IN ('ordered') AND deadline < \(now) AND was_overdue = 0
                """, in: &session)
    }

    /// Spans of one thing never overlap, and an enterprise is online where one of its points is.
    private func presence(in session: inout Session) throws(StorageError) -> [String] {
        try lines(
            "spans overlap",
            """
            SELECT a.subject_kind || ' ' || a.subject_id FROM presence_span AS a JOIN presence_span AS b
                ON b.subject_kind = a.subject_kind AND b.subject_id = a.subject_id AND b.online_from > a.online_from
                AND (a.online_until IS NULL OR b.online_from < a.online_until)
            """, in: &session)
            + lines(
                "a point online in an enterprise that is not",
                """
                SELECT p.subject_id FROM presence_span AS p WHERE p.subject_kind = 'point'
                    AND p.online_until IS NULL AND NOT EXISTS (SELECT 1 FROM presence_span AS e
                    WHERE e.subject_kind = 'enterprise' AND e.subject_id = p.enterprise_id AND e.online_until IS NULL)
                """, in: &session)
    }
}
