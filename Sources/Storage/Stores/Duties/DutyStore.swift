public import Domain
public import Kernel

/// One duty with the names that a page shows.
public struct DutyListing: Hashable, Sendable {
    public var task: DutyTask
    public var title: String
    public var hazardName: String
    public var enterpriseName: String
    public var regulatorName: String
    /// In office now; nil: the office is vacant.
    public var person: PersonID?
    public var personName: String?
    public var doneBy: String?
    public var record: DutyRecord?
    public var photos: [String]
}

public enum DutyStore {
    static let rulesKey = "duty.rules"

    public static func rules(in session: inout Session) throws(StorageError) -> DutyRules {
        try SettingStore.json(rulesKey, in: &session).flatMap(DutyRules.init(json:)) ?? .usual
    }

    public static func set(_ rules: DutyRules, at now: Timestamp, in session: inout Session) throws(StorageError) {
        try SettingStore.set(rulesKey, rules.json, at: now, in: &session)
    }

    /// One task for every source in use, or those of an office's enterprises, or some; those that are there already
    /// stay as they are. How many are new.
    @discardableResult
    public static func generate(
        _ kind: DutyKind, _ period: DutyPeriod, hazards: [HazardID]? = nil, office: AuthorityID? = nil,
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> Int {
        var only: SQL = hazards.map { "AND h.id IN (\(list: $0))" } ?? ""
        if let office { only.append(" AND \(Scope.authority(office).enterprises(column: "e.id"))") }
        let (from, until) = (period.from.start, period.until.start)
        let (prefix, suffix) = ("\(kind.rawValue):", ":\(period.key)")
        return try session.execute(
            """
            INSERT INTO duty_task (id, enterprise_id, hazard_id, role, kind, period, title, from_at, until_at,
                is_partial, created_at)
            SELECT CAST(\(prefix) AS TEXT) || h.id || CAST(\(suffix) AS TEXT), h.enterprise_id, h.id, \(kind.role),
                \(kind), \(period.key), \(period.title), \(from), \(until),
                CASE WHEN h.created_at > \(from) THEN 1 ELSE 0 END, \(now)
            FROM hazard AS h JOIN enterprise AS e ON e.id = h.enterprise_id AND e.in_use = 1
            WHERE h.in_use = 1 \(only)
            ON CONFLICT (kind, hazard_id, period) DO NOTHING
            """)
    }

    /// 节假日 by the calendar of set-up, and 特殊时段 of the administrators' list, from a day on: by the office whose
    /// enterprises they concern, nil for everybody's.
    public static func occasions(
        from day: Day, in session: inout Session
    ) throws(StorageError) -> [(office: AuthorityID?, occasions: [DutyOccasion])] {
        let days = try session.rows(
            "SELECT day, name FROM holiday WHERE day >= \(day) AND day < \(Day(number: day.number + 60)) ORDER BY day"
        ) { row throws(StorageError) in (day: row.next() as Day, name: row.next() as String) }
        var found: [DutyOccasion] = []
        for item in days {
            if let last = found.last, last.name == item.name, last.until == item.day {
                found[found.count - 1].until = item.day.next
            } else {
                found.append(DutyOccasion(name: item.name, from: item.day, until: item.day.next))
            }
        }
        let own = try session.rows(
            """
            SELECT authority_id, name, from_day, until_day FROM special_period WHERE ended_at IS NULL
                AND from_day >= \(day) AND from_day < \(Day(number: day.number + 60)) ORDER BY from_day, id
            """
        ) { row throws(StorageError) in
            (
                office: row.next() as AuthorityID?,
                occasion: DutyOccasion(name: row.next(), from: row.next(), until: (row.next() as Day).next)
            )
        }
        found += own.filter { $0.office == nil }.map(\.occasion)
        return [(nil, found)] + own.compactMap { item in item.office.map { ($0, [item.occasion]) } }
    }

    public struct Filter: Sendable {
        public var id: String?
        public var enterprise: EnterpriseID?
        public var role: ResponsibleRole?
        /// Whose end lies in (from, until].
        public var endingAfter: Timestamp?
        public var endingBy: Timestamp?
        public var isUndoneOnly = false
        /// The sources for which this person holds the office of the task.
        public var person: PersonID?
        public init() {}
    }

    public static func list(
        _ filter: Filter, scope: Scope, limit: Int = 500, in session: inout Session
    ) throws(StorageError) -> [DutyListing] {
        var parts: [SQL] = [scope.hazards(column: "t.hazard_id")]
        if let id = filter.id { parts.append("t.id = \(id)") }
        if let enterprise = filter.enterprise { parts.append("t.enterprise_id = \(enterprise)") }
        if let role = filter.role { parts.append("t.role = \(role)") }
        if let after = filter.endingAfter { parts.append("t.until_at > \(after)") }
        if let by = filter.endingBy { parts.append("t.until_at <= \(by)") }
        if filter.isUndoneOnly { parts.append("t.done_at IS NULL") }
        if let person = filter.person { parts.append("(r.person_id = \(person) OR t.done_person_id = \(person))") }
        let rows = try session.rows(
            """
            SELECT t.id, t.enterprise_id, t.hazard_id, t.kind, t.period, t.from_at, t.until_at, t.is_partial, t.done_at,
                t.title, h.name, e.name, a.name, r.person_id, p.name, COALESCE(q.name, t.done_by), t.record
            FROM duty_task AS t JOIN hazard AS h ON h.id = t.hazard_id JOIN enterprise AS e ON e.id = t.enterprise_id
            JOIN authority AS a ON a.id = e.regulator_id LEFT JOIN responsibility AS r ON r.hazard_id = t.hazard_id
                AND r.role = t.role AND r.until_at IS NULL
            LEFT JOIN person AS p ON p.id = r.person_id LEFT JOIN person AS q ON q.id = t.done_person_id
            WHERE \(parts.joined(separator: " AND "))
            ORDER BY t.until_at, e.name, h.name, t.id LIMIT \(limit)
            """
        ) { row throws(StorageError) in
            let task = DutyTask(
                id: row.next(), enterprise: row.next(), hazard: row.next(), kind: row.next(), period: row.next(),
                from: row.next(), until: row.next(), isPartial: row.next(), doneAt: row.next())
            return DutyListing(
                task: task, title: row.next(), hazardName: row.next(), enterpriseName: row.next(),
                regulatorName: row.next(), person: row.next(), personName: row.next(), doneBy: row.next(),
                record: (row.next() as JSON?).flatMap(DutyRecord.init(json:)), photos: [])
        }
        return try withPhotos(rows, in: &session)
    }

    private static func withPhotos(
        _ rows: [DutyListing], in session: inout Session
    ) throws(StorageError) -> [DutyListing] {
        var rows = rows
        let done = rows.filter { $0.task.doneAt != nil }.map(\.task.id)
        guard !done.isEmpty else { return rows }
        let photos = try session.rows(
            "SELECT task_id, id FROM duty_photo WHERE task_id IN (\(list: done)) ORDER BY id"
        ) { row throws(StorageError) in (task: row.next() as String, id: row.next() as String) }
        let byTask = Dictionary(grouping: photos, by: \.task)
        for index in rows.indices { rows[index].photos = (byTask[rows[index].task.id] ?? []).map(\.id) }
        return rows
    }

    /// Once: a duty that is done stays as it was recorded.
    public static func complete(
        _ id: String, record: DutyRecord, person: PersonID, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> Bool {
        let hasProblem = record.answers.values.contains(.problem)
        return try session.execute(
            """
            UPDATE duty_task SET done_at = \(now), done_by = \(actor), done_person_id = \(person),
                record = \(record.json), has_problem = \(hasProblem) WHERE id = \(id) AND done_at IS NULL
            """) > 0
    }

    /// 履职落实率 (domain §2), the one definition for pages, figures and bulletins: tasks that end in the window, those
    /// within a confirmed stop taken out.
    public static func fulfilment(
        window: Range<Timestamp>, now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> DutyFulfilment {
        let tasks = try session.rows(
            """
            SELECT d.id, d.enterprise_id, d.hazard_id, d.kind, d.period, d.from_at, d.until_at, d.is_partial, d.done_at
            FROM duty_task AS d
            WHERE d.until_at > \(window.lowerBound) AND d.until_at <= \(min(window.upperBound, now))
                AND \(scope.enterprises(column: "d.enterprise_id")) ORDER BY d.until_at, d.id
            """
        ) { row throws(StorageError) in
            DutyTask(
                id: row.next(), enterprise: row.next(), hazard: row.next(), kind: row.next(), period: row.next(),
                from: row.next(), until: row.next(), isPartial: row.next(), doneAt: row.next())
        }
        return try fulfilment(of: tasks, window: window, now: now, scope: scope, in: &session)
    }

    /// The same with what a page shows of each task.
    public static func fulfilmentListings(
        from: Timestamp, until: Timestamp, now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> (figures: DutyFulfilment, listings: [String: DutyListing]) {
        var filter = Filter()
        filter.endingAfter = from
        filter.endingBy = min(until, now)
        let rows = try list(filter, scope: scope, limit: 1_000_000, in: &session)
        let figures = try fulfilment(of: rows.map(\.task), window: from..<until, now: now, scope: scope, in: &session)
        return (figures, Dictionary(rows.map { ($0.task.id, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    private static func fulfilment(
        of tasks: [DutyTask], window: Range<Timestamp>, now: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> DutyFulfilment {
        // A period is a quarter at the longest: what began earlier can still cover one.
        let stopped = try stops(
            from: window.lowerBound - .days(370), until: window.upperBound, scope: scope, in: &session)
        return DutyFulfilment(tasks, window: window, now: now) { task in
            (stopped[task.enterprise] ?? []).contains { stop in
                (stop.hazard == nil || stop.hazard == task.hazard) && stop.from <= task.from
                    && stop.until >= task.until
            }
        }
    }

    struct Stop: Hashable, Sendable {
        var hazard: HazardID?
        var from: Timestamp
        var until: Timestamp
    }

    /// Confirmed stop filings, of whole enterprises and of single sources.
    private static func stops(
        from: Timestamp, until: Timestamp, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [Stop]] {
        let rows = try session.rows(
            """
            SELECT f.enterprise_id, t.part_id, f.effect_from, f.effect_until FROM filing AS f
            LEFT JOIN filing_part AS t ON t.filing_id = f.id AND t.kind = 'hazard'
            WHERE f.kind IN ('longStop', 'plannedStop') AND f.effect_from < \(until) AND f.effect_until > \(from)
                AND (f.covers_all = 1 OR t.part_id IS NOT NULL)
                AND \(scope.enterprises(column: "f.enterprise_id"))
            """
        ) { row throws(StorageError) in
            (
                row.next() as EnterpriseID,
                Stop(hazard: row.next(), from: row.next() as Timestamp, until: row.next() as Timestamp)
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }
}
