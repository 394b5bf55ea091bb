public import Domain
public import Kernel

/// Online time of one enterprise, point or camera in a window, less confirmed filings (domain §9).
public struct OnlineTotal: Hashable, Sendable {
    /// The id of the enterprise, point or camera.
    public var subject: String
    public var enterprise: EnterpriseID
    public var time: OnlineTime
    /// When it was online for the first time; nil: never, which for an enterprise means that it is not connected yet.
    public var firstOnline: Timestamp?
}

extension PresenceStore {
    /// One row for each subject in use (enterprises: with a hazard source in use), by id.
    ///
    /// A window is half-open and right to the second; of a window that has not ended only what has passed counts. What
    /// was registered within the window counts from then on.
    public static func onlineSeconds(
        _ kind: PresenceKind, window: Range<Timestamp>, now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [OnlineTotal] {
        let window = window.clamped(to: window.lowerBound..<max(window.lowerBound, OnlineTime.wholeSecond(now)))
        let subjects = try subjects(kind, before: window.upperBound, scope: scope, in: &session)
        let filed = try FilingStore.confirmedSpans(kind, window: window, scope: scope, in: &session)
        var online: [String: [Range<Timestamp>]] = [:]
        let rows = try session.rows(
            """
            SELECT s.subject_id, s.online_from, s.online_until FROM presence_span AS s
            WHERE s.subject_kind = \(kind) AND s.online_from < \(window.upperBound)
                AND (s.online_until IS NULL OR s.online_until > \(window.lowerBound))
                AND \(scope.enterprises(column: "s.enterprise_id"))
            """
        ) { row throws(StorageError) in
            (id: row.next() as String, from: row.next() as Timestamp, until: row.next() as Timestamp?)
        }
        for row in rows where row.from < min(row.until ?? window.upperBound, window.upperBound) {
            online[row.id, default: []].append(row.from..<min(row.until ?? window.upperBound, window.upperBound))
        }
        return subjects.map { subject in
            let begin = min(max(window.lowerBound, OnlineTime.wholeSecond(subject.created)), window.upperBound)
            let time = OnlineTime.measured(
                online: SpanSet(online[subject.id] ?? []), filed: filed[subject.id] ?? .empty,
                window: begin..<window.upperBound)
            return OnlineTotal(
                subject: subject.id, enterprise: subject.enterprise, time: time, firstOnline: subject.firstOnline)
        }
    }

    private struct Subject {
        var id: String
        var enterprise: EnterpriseID
        var created: Timestamp
        var firstOnline: Timestamp?
    }

    private static func subjects(
        _ kind: PresenceKind, before: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Subject] {
        let first: SQL = """
            (SELECT min(f.online_from) FROM presence_span AS f
                WHERE f.subject_kind = \(kind) AND f.subject_id = x.id)
            """
        let select: SQL =
            switch kind {
            case .enterprise:
                """
                SELECT x.id, x.id, x.created_at, \(first) FROM enterprise AS x WHERE x.in_use = 1
                    AND EXISTS (SELECT 1 FROM hazard AS h WHERE h.enterprise_id = x.id AND h.in_use = 1)
                    AND \(scope.enterprises(column: "x.id"))
                """
            case .point:
                """
                SELECT x.id, x.enterprise_id, x.created_at, \(first) FROM point AS x WHERE x.in_use = 1
                    AND \(scope.enterprises(column: "x.enterprise_id"))
                """
            case .camera:
                """
                SELECT x.id, x.enterprise_id, x.created_at, \(first) FROM camera AS x WHERE x.in_use = 1
                    AND \(scope.enterprises(column: "x.enterprise_id"))
                """
            }
        return try session.rows("\(select) AND x.created_at < \(before) ORDER BY x.id") { row throws(StorageError) in
            Subject(id: row.next(), enterprise: row.next(), created: row.next(), firstOnline: row.next())
        }
    }
}
