public import Domain
public import Kernel

/// The facts behind the figures, each read in one pass for a whole scope.
public enum FigureSources {
    /// Enterprises in use with a hazard source, by id.
    public static func roster(
        scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [EnterpriseRecord] {
        let stops = try longStops(scope: scope, in: &session)
        return try session.rows(
            """
            SELECT e.id, e.name, e.region, e.regulator_id, e.park_id, e.group_name, e.created_at, g.first_at, h.sources
            FROM enterprise AS e
            JOIN (SELECT enterprise_id, count(*) AS sources FROM hazard WHERE in_use = 1 GROUP BY enterprise_id) AS h
                ON h.enterprise_id = e.id
            LEFT JOIN (SELECT enterprise_id, min(created_at) AS first_at FROM gateway GROUP BY enterprise_id) AS g
                ON g.enterprise_id = e.id
            WHERE e.in_use = 1 AND e.created_at <= \(now) AND \(scope.enterprises(column: "e.id"))
            ORDER BY e.id
            """
        ) { row throws(StorageError) in
            var record = EnterpriseRecord(
                id: row.next(), name: row.next(), region: row.next(), regulator: row.next(), park: row.next(),
                group: row.next(), createdAt: row.next())
            record.connectedAt = row.next()
            record.hazardCount = row.next()
            record.longStops = stops[record.id] ?? .empty
            return record
        }
    }

    /// Confirmed long stops of whole enterprises, as planned at least the rules' days long (A23, A32).
    private static func longStops(
        scope: Scope, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: SpanSet] {
        let length = Interval.days(Int64(try CommitmentStore.rules(in: &session).longStopDays))
        let rows = try session.rows(
            """
            SELECT f.enterprise_id, f.effect_from, f.effect_until FROM filing AS f
            WHERE f.kind = 'longStop' AND f.covers_all = 1 AND f.effect_from IS NOT NULL
                AND f.until_at - f.from_at >= \(length) AND \(scope.enterprises(column: "f.enterprise_id"))
            """
        ) { row throws(StorageError) in
            (id: row.next() as EnterpriseID, from: row.next() as Timestamp, until: row.next() as Timestamp)
        }
        return Dictionary(grouping: rows) { $0.id }.mapValues { list in
            SpanSet(list.filter { $0.from < $0.until }.map { $0.from..<$0.until })
        }
    }

    public static func offices(
        in session: inout Session
    ) throws(StorageError) -> [AuthorityID: FigureBook.OfficeRecord] {
        let rows = try session.rows(
            "SELECT id, name, level, region, parent_id, covers_region FROM authority ORDER BY id"
        ) { row throws(StorageError) in
            FigureBook.OfficeRecord(
                id: row.next(), name: row.next(), level: row.next(), region: row.next(), parent: row.next(),
                coversRegion: row.next())
        }
        return Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What lies in an office's jurisdiction.
    public static func jurisdiction(
        of office: AuthorityID, in session: inout Session
    ) throws(StorageError) -> Set<EnterpriseID> {
        Set(
            try session.rows("SELECT enterprise_id FROM visibility WHERE authority_id = \(office)") {
                row throws(StorageError) in row.next() as EnterpriseID
            })
    }

    // MARK: commitments

    public static func promises(
        from: Day, until: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRules.PromiseFact] {
        try CommitmentStore.tally(from: from, until: until, scope: scope, in: &session).map { tally in
            let promise: FigureRules.Promise? = tally.standing.flatMap { standing in
                switch standing.state {
                case .onTime: standing.isByDelegate ? .byDelegate : .onTime
                case .late: .late
                case .madeUp: nil
                }
            }
            return FigureRules.PromiseFact(enterprise: tally.enterprise, day: tally.day, promise: promise)
        }
    }

    // MARK: presence

    /// Online spans that reach into a window, by the id of the enterprise or camera.
    public static func online(
        _ kind: PresenceKind, window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [String: SpanSet] {
        let rows = try session.rows(
            """
            SELECT s.subject_id, s.online_from, s.online_until FROM presence_span AS s
            WHERE s.subject_kind = \(kind) AND s.online_from < \(window.end)
                AND (s.online_until IS NULL OR s.online_until > \(window.from))
                AND \(scope.enterprises(column: "s.enterprise_id"))
            """
        ) { row throws(StorageError) in
            (id: row.next() as String, from: row.next() as Timestamp, until: row.next() as Timestamp?)
        }
        var spans: [String: [Range<Timestamp>]] = [:]
        for row in rows {
            let until = min(row.until ?? window.end, window.end)
            if row.from < until { spans[row.id, default: []].append(row.from..<until) }
        }
        return spans.mapValues { SpanSet($0) }
    }

    public static func cameras(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRules.CameraTime] {
        let online = try online(.camera, window: window, scope: scope, in: &session)
        let filed = try FilingStore.confirmedSpans(.camera, window: window.span, scope: scope, in: &session)
        return try session.rows(
            """
            SELECT c.id, c.enterprise_id, c.created_at FROM camera AS c
            WHERE c.in_use = 1 AND \(scope.enterprises(column: "c.enterprise_id")) ORDER BY c.id
            """
        ) { row throws(StorageError) in
            let id: String = row.next()
            return FigureRules.CameraTime(
                id: id, enterprise: row.next(), registeredAt: row.next(), online: online[id] ?? .empty,
                filed: filed[id] ?? .empty)
        }
    }

    // MARK: alarms

    /// Alarms that opened in a window; exempted ones (approved filings and false alarms) do not count.
    public static func alarms(
        window: FigureWindow, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [FigureRules.AlarmFact] {
        try session.rows(
            """
            SELECT a.id, a.enterprise_id, a.point_id, a.opened_at, a.cleared_at FROM alarm AS a
            WHERE a.opened_at >= \(window.from) AND a.opened_at < \(window.until) AND a.opened_at <= \(window.now)
                AND a.exempted_at IS NULL AND \(scope.enterprises(column: "a.enterprise_id"))
            ORDER BY a.opened_at, a.id
            """
        ) { row throws(StorageError) in
            FigureRules.AlarmFact(
                id: row.next(), enterprise: row.next(), point: row.next(), openedAt: row.next(), clearedAt: row.next())
        }
    }
}
