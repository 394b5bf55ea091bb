public import Domain
public import Kernel

/// One enterprise on one day: whether it must commit, and what came of it.
public struct CommitmentDayLine: Hashable, Sendable {
    public var enterprise: EnterpriseID
    public var name: String
    public var region: String
    public var regulator: AuthorityID
    public var regulatorName: String
    public var park: AuthorityID?
    /// Released by a long stop that the county confirmed (A23).
    public var isReleased: Bool
    /// nil: nothing came (未承诺).
    public var standing: CommitmentStanding?
    public var firstReceivedAt: Timestamp?
    public var receivedAt: Timestamp?
    public var signer: String?
    public var riskLevel: Level?
    public var riskScore: Double?
    public var units: Int?
    public var running: Int?
    public var hotWork: Int?
    public var specialWork: Int?
    public var isStartingOrStopping: Bool?
    public var hasHiddenDanger: Bool?
    /// Contradictions that still stand.
    public var contradictions: Int
}

/// 安全承诺率 of one day (domain §9): the lists behind numerator and denominator. The late, the made up, those by a
/// delegate and the missing are listed apart.
public struct CommitmentRate: Hashable, Sendable {
    public var rules: CommitmentRules
    /// The denominator.
    public var must: [CommitmentDayLine]
    public var released: [CommitmentDayLine]

    public init(rules: CommitmentRules, lines: [CommitmentDayLine]) {
        self.rules = rules
        must = lines.filter { !$0.isReleased }
        released = lines.filter(\.isReleased)
    }

    /// The numerator.
    public var onTime: [CommitmentDayLine] { must.filter { $0.standing?.counts(rules) == true } }
    /// 代承诺, in time, and not counted as on time by default (A24).
    public var delegates: [CommitmentDayLine] {
        must.filter { line in line.standing.map { $0.state == .onTime && !$0.counts(rules) } ?? false }
    }
    public var late: [CommitmentDayLine] { must.filter { $0.standing?.state == .late } }
    public var madeUp: [CommitmentDayLine] { must.filter { $0.standing?.state == .madeUp } }
    public var missing: [CommitmentDayLine] { must.filter { $0.standing == nil } }
    public var ratio: (numerator: Int, denominator: Int) { (onTime.count, must.count) }
}

/// One day of one enterprise, without names: for figures over many days.
public struct CommitmentTally: Hashable, Sendable {
    public var enterprise: EnterpriseID
    public var day: Day
    /// nil: not committed.
    public var standing: CommitmentStanding?
}

extension CommitmentStore {
    /// Everybody who had to commit on a day, with those released, in the scope.
    public static func rate(
        _ day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> CommitmentRate {
        let rules = try rules(in: &session)
        return CommitmentRate(rules: rules, lines: try lines(day, rules: rules, scope: scope, in: &session))
    }

    /// Who must commit and whether they did, day by day, those released left out: the figures' way to many days.
    public static func tally(
        from: Day, until: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CommitmentTally] {
        let rules = try rules(in: &session)
        var found: [CommitmentTally] = []
        var day = from
        while day < until {
            let rows = try session.rows(
                """
                SELECT e.id, c.state, c.is_by_delegate, c.version
                FROM enterprise AS e LEFT JOIN commitment AS c
                    ON c.enterprise_id = e.id AND c.day = \(day) AND c.is_current = 1
                WHERE \(scope.enterprises(column: "e.id")) AND \(mustCommit(day)) AND NOT \(released(day, rules))
                ORDER BY e.id
                """
            ) { row throws(StorageError) in
                let id: EnterpriseID = row.next()
                return CommitmentTally(enterprise: id, day: day, standing: standing(&row))
            }
            found += rows
            day = day.next
        }
        return found
    }

    static func lines(
        _ day: Day, rules: CommitmentRules, enterprise: EnterpriseID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CommitmentDayLine] {
        let one: SQL = enterprise.map { "AND e.id = \($0)" } ?? ""
        return try session.rows(
            """
            SELECT e.id, e.name, e.region, e.regulator_id, a.name, e.park_id,
                CASE WHEN \(released(day, rules)) THEN 1 ELSE 0 END, c.state, c.is_by_delegate, c.version,
                c.first_received_at, c.received_at, c.signer, c.risk_level, c.risk_score, c.units, c.running,
                c.hot_work, c.special_work, c.is_starting_or_stopping, c.has_hidden_danger,
                (SELECT count(*) FROM commitment_contradiction AS x WHERE x.enterprise_id = e.id AND x.day = \(day)
                    AND x.resolved_at IS NULL)
            FROM enterprise AS e JOIN authority AS a ON a.id = e.regulator_id LEFT JOIN commitment AS c
                ON c.enterprise_id = e.id AND c.day = \(day) AND c.is_current = 1
            WHERE \(scope.enterprises(column: "e.id")) \(one) AND \(mustCommit(day)) ORDER BY e.name, e.id
            """
        ) { row throws(StorageError) in
            CommitmentDayLine(
                enterprise: row.next(), name: row.next(), region: row.next(), regulator: row.next(),
                regulatorName: row.next(), park: row.next(), isReleased: row.next(), standing: standing(&row),
                firstReceivedAt: row.next(), receivedAt: row.next(), signer: row.next(), riskLevel: row.next(),
                riskScore: row.next(), units: row.next(), running: row.next(), hotWork: row.next(),
                specialWork: row.next(), isStartingOrStopping: row.next(), hasHiddenDanger: row.next(),
                contradictions: row.next())
        }
    }

    private static func standing(_ row: inout Row) -> CommitmentStanding? {
        let state: CommitmentStanding.State? = row.next()
        let isByDelegate: Bool? = row.next()
        let version: Int? = row.next()
        guard let state, let isByDelegate, let version else { return nil }
        return CommitmentStanding(state: state, isByDelegate: isByDelegate, isCorrected: version > 1)
    }

    /// In use at 0:00, by the day's own list; a day that was never begun goes by the register as it is.
    private static func mustCommit(_ day: Day) -> SQL {
        """
        (EXISTS (SELECT 1 FROM commitment_day AS d WHERE d.day = \(day) AND d.enterprise_id = e.id)
            OR (e.in_use = 1 AND e.created_at < \(day.next.start)
                AND NOT EXISTS (SELECT 1 FROM commitment_day AS d WHERE d.day = \(day))))
        """
    }

    /// A long stop that the county confirmed and that holds for the whole day releases (A23); as planned it lasts at
    /// least the days of the rules. Before its submission it releases nobody (A32).
    private static func released(_ day: Day, _ rules: CommitmentRules) -> SQL {
        let length = Interval.days(Int64(rules.longStopDays))
        return """
            EXISTS (SELECT 1 FROM filing AS f WHERE f.enterprise_id = e.id AND f.kind = 'longStop'
                AND f.covers_all = 1 AND f.effect_from <= \(day.start) AND f.effect_until >= \(day.next.start)
                AND f.until_at - f.from_at >= \(length))
            """
    }

    /// Whether one enterprise must commit on a day; nil where it is not in the scope or not in use.
    public static func line(
        of enterprise: EnterpriseID, day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> CommitmentDayLine? {
        try lines(day, rules: try rules(in: &session), enterprise: enterprise, scope: scope, in: &session).first
    }

    /// SZ-05: who promised a high risk on this day: checked first.
    public static func highRisk(
        _ day: Day, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [CommitmentDayLine] {
        let rules = try rules(in: &session)
        return try lines(day, rules: rules, scope: scope, in: &session).filter { line in
            line.riskLevel.map { $0 >= rules.highRiskFrom } ?? false
        }
    }
}
