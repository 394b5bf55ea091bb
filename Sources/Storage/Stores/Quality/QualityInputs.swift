public import Domain
public import Kernel

/// What the daily check of an enterprise looks at besides values.
public enum QualityInputs {
    /// The register of an enterprise as the check of it wants it.
    public static func register(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> RegistryCheck {
        let connected = try session.rows(
            """
            SELECT p.id FROM point AS p JOIN point_state AS s ON s.point_id = p.id
            WHERE p.enterprise_id = \(enterprise) AND s.value_at IS NOT NULL
            """
        ) { row throws(StorageError) in row.next() as PointID }
        let histories = try RegistryRows.histories(where: "x.enterprise_id = \(enterprise)", in: &session)
        let hazards = try RegistryQueries.hazards(of: enterprise, scope: .system, in: &session)
        var vacancies: [HazardID: [ResponsibleRole]] = [:]
        for hazard in hazards {
            vacancies[hazard.id] = (histories[hazard.id] ?? ResponsibilityHistory()).vacancies
        }
        return RegistryCheck(
            hazards: hazards, equipment: try RegistryQueries.equipment(of: enterprise, scope: .system, in: &session),
            points: try RegistryQueries.points(of: enterprise, scope: .system, in: &session),
            connected: Set(connected), cameras: try cameras(of: enterprise, in: &session),
            gasLedger: try GasLedgerStore.detectors(of: enterprise, in: &session), vacancies: vacancies)
    }

    /// nil where nobody in the whole system has a camera registered: then nothing is said of cameras.
    private static func cameras(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [RegistryCheck.Camera]? {
        let hasAny = try session.first("SELECT 1 FROM camera LIMIT 1") { row throws(StorageError) in
            row.next() as Int
        }
        guard hasAny != nil else { return nil }
        return try session.rows(
            "SELECT hazard_id, place FROM camera WHERE enterprise_id = \(enterprise) AND in_use = 1"
        ) { row throws(StorageError) in
            RegistryCheck.Camera(hazard: row.next(), showsControlRoom: (row.next() as String) == "controlRoom")
        }
    }

    /// A point that is silent, and since when; those under an approved exemption are left out.
    public static func silentPoints(
        of enterprise: EnterpriseID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [(point: PointID, hazard: HazardID?, since: Timestamp)] {
        try session.rows(
            """
            SELECT p.id, p.hazard_id, s.offline_since FROM point AS p JOIN point_state AS s ON s.point_id = p.id
            WHERE p.enterprise_id = \(enterprise) AND p.in_use = 1 AND s.offline_since IS NOT NULL
                AND p.id NOT IN (\(exempt(at: "\(now)", of: enterprise)))
            ORDER BY p.id
            """
        ) { row throws(StorageError) in (point: row.next(), hazard: row.next(), since: row.next()) }
    }

    /// When points of the enterprise fell silent within a time, outside filings that held at that instant: ended spans
    /// of presence, or points silent still.
    public static func silences(
        of enterprise: EnterpriseID, from: Timestamp, until: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Timestamp] {
        let ended = try session.rows(
            """
            SELECT s.subject_id, s.online_until FROM presence_span AS s
            WHERE s.enterprise_id = \(enterprise) AND s.subject_kind = 'point' AND s.online_until >= \(from)
                AND s.online_until < \(until) AND s.subject_id NOT IN (\(exempt(at: "s.online_until", of: enterprise)))
            """
        ) { row throws(StorageError) in (point: row.next() as PointID, at: row.next() as Timestamp) }
        guard ended.isEmpty else { return ended.map(\.at) }
        return try session.rows(
            """
            SELECT s.offline_since FROM point AS p JOIN point_state AS s ON s.point_id = p.id
            WHERE p.enterprise_id = \(enterprise) AND p.in_use = 1 AND s.offline_since >= \(from)
                AND s.offline_since < \(until) AND p.id NOT IN (\(exempt(at: "s.offline_since", of: enterprise)))
            """
        ) { row throws(StorageError) in row.next() as Timestamp }
    }

    /// Points of an enterprise that an approved exemption or a confirmed filing takes out at an instant. Its check must
    /// not read everybody's filings.
    /// - Parameter instant: an instant, or a column that holds one.
    private static func exempt(at instant: SQL, of enterprise: EnterpriseID) -> SQL {
        """
        SELECT x.point_id FROM exemption AS x WHERE x.enterprise_id = \(enterprise) AND x.approved = 1
            AND x.from_at <= \(instant) AND (x.until_at IS NULL OR x.until_at > \(instant)) AND x.kind <> 'falseAlarm'
        UNION SELECT y.id FROM point AS y JOIN filing AS f ON f.enterprise_id = y.enterprise_id
        WHERE f.enterprise_id = \(enterprise) AND \(filed(at: instant)) AND f.kind <> 'camera' AND (f.covers_all = 1
            OR EXISTS (SELECT 1 FROM filing_part AS t WHERE t.filing_id = f.id
                AND ((t.kind = 'point' AND t.part_id = y.id) OR (t.kind = 'hazard' AND t.part_id = y.hazard_id))))
        """
    }

    /// A filing `f` that is confirmed and has its effect at an instant (A32).
    private static func filed(at instant: SQL) -> SQL {
        """
        f.confirmed_at IS NOT NULL AND f.withdrawn_at IS NULL AND f.effect_from <= \(instant)
            AND (f.effect_until IS NULL OR f.effect_until > \(instant))
        """
    }

    public static func exemptPoints(
        of enterprise: EnterpriseID, at instant: Timestamp, in session: inout Session
    ) throws(StorageError) -> Set<PointID> {
        Set(
            try session.rows(
                """
                SELECT id FROM point
                WHERE enterprise_id = \(enterprise) AND id IN (\(exempt(at: "\(instant)", of: enterprise)))
                """
            ) { row throws(StorageError) in row.next() as PointID })
    }

    /// Cameras that say they are off, or of which nothing was ever heard, and since when; those that a confirmed filing
    /// names, or all with the whole enterprise, are left out. Work on a source is no reason to look away from it.
    public static func darkCameras(
        of enterprise: EnterpriseID, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [(name: String, hazard: HazardID?, since: Timestamp)] {
        try session.rows(
            """
            SELECT c.name, c.hazard_id, COALESCE(s.since, c.created_at) FROM camera AS c
            LEFT JOIN camera_state AS s ON s.camera_id = c.id
            WHERE c.enterprise_id = \(enterprise) AND c.in_use = 1 AND COALESCE(s.is_online, 0) = 0
                AND NOT EXISTS (SELECT 1 FROM filing AS f WHERE f.enterprise_id = c.enterprise_id
                    AND \(filed(at: "\(now)")) AND (f.covers_all = 1
                        OR EXISTS (SELECT 1 FROM filing_part AS t WHERE t.filing_id = f.id
                            AND t.kind = 'camera' AND t.part_id = c.id)))
            ORDER BY c.id
            """
        ) { row throws(StorageError) in (name: row.next(), hazard: row.next(), since: row.next()) }
    }

    /// Contradictions between a day's promise and the data that nobody has explained (SJ-18).
    public static func contradictions(
        of enterprise: EnterpriseID, day: Day, in session: inout Session
    ) throws(StorageError) -> [String] {
        try session.rows(
            """
            SELECT detail FROM commitment_contradiction WHERE enterprise_id = \(enterprise) AND day = \(day)
                AND explained_at IS NULL ORDER BY found_at, id
            """
        ) { row throws(StorageError) in row.next() }
    }

    /// How often a warning of a source began again within ten minutes of the closing of the one before (A6).
    public static func rebounds(
        of enterprise: EnterpriseID, from: Timestamp, until: Timestamp, in session: inout Session
    ) throws(StorageError) -> [HazardID: Int] {
        let rows = try session.rows(
            """
            SELECT w.hazard_id, w.raised_at, w.closed_at FROM warning AS w
            WHERE w.enterprise_id = \(enterprise) AND w.raised_at < \(until)
                AND (w.closed_at IS NULL OR w.closed_at >= \(from))
            ORDER BY w.hazard_id, w.raised_at
            """
        ) { row throws(StorageError) in
            (hazard: row.next() as HazardID, raised: row.next() as Timestamp, closed: row.next() as Timestamp?)
        }
        var found: [HazardID: Int] = [:]
        for (earlier, later) in zip(rows, rows.dropFirst()) where earlier.hazard == later.hazard {
            guard let closed = earlier.closed, later.raised >= closed, later.raised - closed <= .minutes(10) else {
                continue
            }
            found[later.hazard, default: 0] += 1
        }
        return found
    }
}
