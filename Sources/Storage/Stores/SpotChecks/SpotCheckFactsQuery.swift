public import Domain
public import Kernel

/// Columns 1–9 and 11 of the record as the system knows them now (domain §10.8).
public enum SpotCheckFactsQuery {
    /// nil where the enterprise is not in the scope.
    public static func facts(
        of enterprise: EnterpriseID, at now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> SpotCheckFacts? {
        let found = try session.first(
            """
            SELECT e.name, e.region FROM enterprise AS e
            WHERE e.id = \(enterprise) AND \(scope.enterprises(column: "e.id"))
            """
        ) { row throws(StorageError) in (name: row.next() as String, region: row.next() as String) }
        guard let found else { return nil }
        let hazards = try session.rows(
            "SELECT name FROM hazard WHERE enterprise_id = \(enterprise) AND in_use = 1 ORDER BY grade, name"
        ) { row throws(StorageError) in row.next() as String }
        let spans = try LevelSpans.all(
            from: now - SpotCheckFacts.lookBack, until: now + .milliseconds(1), enterprise: enterprise, scope: .system,
            in: &session)
        return SpotCheckFacts(
            at: now, enterpriseName: found.name, region: try regionName(found.region, in: &session), hazards: hazards,
            level: try level(of: enterprise, in: &session),
            commitment: try commitment(of: enterprise, on: Day(now), in: &session),
            openAlarms: try openAlarms(of: enterprise, in: &session),
            anomalies: try anomalies(of: enterprise, in: &session), video: try video(of: enterprise, in: &session),
            highLevels: SpotCheckFacts.highLevels(spans, at: now),
            dutyCall: try DutyCallStore.last(of: .enterprise(enterprise), on: Day(now), in: &session)?.summary)
    }

    /// `晋城市沁水县`, made of the offices' names; the code where a name is not registered.
    static func regionName(_ code: String, in session: inout Session) throws(StorageError) -> String {
        let city = String(code.prefix(4)) + "00"
        let names = try session.rows(
            """
            SELECT region, name FROM authority WHERE region IN (\(city), \(code)) AND covers_region = 1
                AND level IN ('city','county') ORDER BY region, id
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as String) }
        var parts: [String] = []
        for region in [city, code] where !parts.contains(region) {
            guard let name = names.first(where: { $0.0 == region })?.1 else { continue }
            parts.append(place(of: name))
        }
        return parts.isEmpty ? code : parts.joined()
    }

    /// 沁水县应急管理局 → 沁水县.
    static func place(of name: String) -> String {
        guard let range = name.firstRange(of: "应急") else { return name }
        return String(name[..<range.lowerBound])
    }

    private static func level(of enterprise: EnterpriseID, in session: inout Session) throws(StorageError) -> Level {
        let levels = try session.rows(
            """
            SELECT level FROM warning WHERE enterprise_id = \(enterprise) AND closed_at IS NULL AND cleared_at IS NULL
            """
        ) { row throws(StorageError) in row.next() as Level }
        return levels.max() ?? .blue
    }

    private static func openAlarms(of enterprise: EnterpriseID, in session: inout Session) throws(StorageError) -> Int {
        try session.first(
            "SELECT count(*) FROM alarm WHERE enterprise_id = \(enterprise) AND cleared_at IS NULL"
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    /// Column 8: what alarms now, with value and limit, then what sends nothing or nothing usable.
    private static func anomalies(
        of enterprise: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [String] {
        var filter = AlarmListing.Filter()
        filter.enterprise = enterprise
        filter.isOpenOnly = true
        let alarms = try AlarmListing.all(filter, scope: .system, limit: 21, in: &session)
        var found = alarms.prefix(20).map { alarm in
            let word = Quantity(rawValue: alarm.pointKind)?.label ?? ""
            let tag = alarm.pointTag.flatMap { $0.isEmpty ? nil : $0 } ?? alarm.pointName
            let value = (alarm.lastValue ?? alarm.worstValue).map(\.plainText) ?? "—"
            let limit = alarm.threshold.map { "/" + $0.plainText } ?? ""
            let state = PointStateWords.word(alarm.worstState)
            return "\(tag.contains(word) ? "" : word + " ")\(tag) \(state) \(value)\(limit) \(alarm.unit)"
        }
        if alarms.count > 20 { found.append("另有更多现行报警") }
        let counts = try session.first(
            """
            SELECT count(*), sum(CASE WHEN s.offline_since IS NOT NULL THEN 1 ELSE 0 END),
                sum(CASE WHEN s.offline_since IS NULL AND s.quality = 'BAD' THEN 1 ELSE 0 END)
            FROM point AS p LEFT JOIN point_state AS s ON s.point_id = p.id
            WHERE p.enterprise_id = \(enterprise) AND p.in_use = 1
            """
        ) { row throws(StorageError) in (row.next() as Int, (row.next() as Int?) ?? 0, (row.next() as Int?) ?? 0) }
        if let (all, offline, bad) = counts {
            if offline > 0 { found.append("点位离线 \(offline)/\(all)") }
            if bad > 0 { found.append("点位失真 \(bad)/\(all)") }
        }
        return found
    }

    /// Column 6. Without any commitment of the day: 否.
    private static func commitment(
        of enterprise: EnterpriseID, on day: Day, in session: inout Session
    ) throws(StorageError) -> String {
        let found = try session.first(
            """
            SELECT first_received_at, state, is_by_delegate FROM commitment
            WHERE enterprise_id = \(enterprise) AND day = \(day) AND is_current = 1
            """
        ) { row throws(StorageError) in (row.next() as Timestamp, row.next() as String, row.next() as Bool) }
        guard let (received, state, isByDelegate) = found else { return "否" }
        let clock = ChinaTime.clock(received).prefix(5)
        let word = state == "onTime" ? "是 \(clock)" : state == "late" ? "逾期 \(clock)" : "补报 \(clock)"
        return isByDelegate ? word + "(代)" : word
    }

    /// Column 9: cameras online of those that are to be there.
    private static func video(of enterprise: EnterpriseID, in session: inout Session) throws(StorageError) -> String {
        let counts = try session.first(
            """
            SELECT count(*), sum(CASE WHEN s.is_online = 1 THEN 1 ELSE 0 END)
            FROM camera AS c LEFT JOIN camera_state AS s ON s.camera_id = c.id
            WHERE c.enterprise_id = \(enterprise) AND c.in_use = 1
            """
        ) { row throws(StorageError) in (row.next() as Int, (row.next() as Int?) ?? 0) }
        guard let (all, online) = counts, all > 0 else { return "没有登记视频" }
        let offline = try session.rows(
            """
            SELECT c.name FROM camera AS c LEFT JOIN camera_state AS s ON s.camera_id = c.id
            WHERE c.enterprise_id = \(enterprise) AND c.in_use = 1 AND (s.is_online IS NULL OR s.is_online = 0)
            ORDER BY c.name LIMIT 6
            """
        ) { row throws(StorageError) in row.next() as String }
        let names = offline.isEmpty ? "" : ",离线:" + offline.prefix(5).joined(separator: "、")
        return "\(online)/\(all) 在线\(names)\(offline.count > 5 ? "等" : "")"
    }
}

/// The words of a point's states in a record.
enum PointStateWords {
    static func word(_ state: String) -> String {
        switch state {
        case "highHigh": "高高"
        case "high": "高"
        case "low": "低"
        case "lowLow": "低低"
        default: state
        }
    }
}
