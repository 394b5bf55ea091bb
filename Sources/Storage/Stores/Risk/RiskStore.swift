public import Domain
public import Kernel

/// The level of each source as it stands, and its changes.
public enum RiskStore {
    public struct Standing: Hashable, Sendable {
        public var risk: HazardRisk
        /// Set outright (a drill): the model no longer drives it.
        public var isOutright: Bool
    }

    public static func standing(
        of hazard: HazardID, in session: inout Session
    ) throws(StorageError) -> Standing? {
        try session.first(
            """
            SELECT level, below_yellow_since, below_orange_since, below_red_since, frozen, is_outright FROM risk
            WHERE hazard_id = \(hazard)
            """
        ) { row throws(StorageError) in
            let level: Level = row.next()
            var below: [Level: Timestamp] = [:]
            for warning in Level.warnings { below[warning] = row.next() as Timestamp? }
            return Standing(
                risk: HazardRisk(level: level, belowSince: below, isFrozen: row.next()), isOutright: row.next())
        }
    }

    public static func store(
        _ risk: HazardRisk, _ assessment: RiskAssessment, of hazard: HazardID, enterprise: EnterpriseID,
        modelVersion: Int, nextChangeAt: Timestamp?, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO risk (hazard_id, enterprise_id, level, score, floor_level, terms, model_version, assessed_at,
                next_change_at, below_yellow_since, below_orange_since, below_red_since, frozen, is_outright)
            VALUES (\(hazard), \(enterprise), \(risk.level), \(assessment.score), \(assessment.floor?.level),
                \(assessment.json), \(modelVersion), \(now), \(nextChangeAt), \(risk.belowSince[.yellow]),
                \(risk.belowSince[.orange]), \(risk.belowSince[.red]), \(risk.isFrozen), 0)
            ON CONFLICT (hazard_id) DO UPDATE SET level = excluded.level, score = excluded.score,
                floor_level = excluded.floor_level, terms = excluded.terms, model_version = excluded.model_version,
                assessed_at = excluded.assessed_at, next_change_at = excluded.next_change_at,
                below_yellow_since = excluded.below_yellow_since, below_orange_since = excluded.below_orange_since,
                below_red_since = excluded.below_red_since, frozen = excluded.frozen,
                enterprise_id = excluded.enterprise_id
            """)
        try DueStore.set(.risk, id: hazard.rawValue, at: nextChangeAt, in: &session)
    }

    public static func noteChange(
        _ change: HazardRisk.Change, _ assessment: RiskAssessment, of hazard: HazardID, enterprise: EnterpriseID,
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO risk_change (hazard_id, at, enterprise_id, from_level, to_level, score, terms)
            VALUES (\(hazard), \(now), \(enterprise), \(change.from), \(change.to), \(assessment.score),
                \(assessment.json))
            """)
    }

    public struct Source: Hashable, Sendable {
        public let id: HazardID
        public let enterprise: EnterpriseID
        public let grade: Int
    }

    /// Sources in use.
    public static func sources(in session: inout Session) throws(StorageError) -> [Source] {
        try session.rows("SELECT id, enterprise_id, grade FROM hazard WHERE in_use = 1 ORDER BY id") {
            row throws(StorageError) in Source(id: row.next(), enterprise: row.next(), grade: row.next())
        }
    }

    /// The model in force: the last approved version whose time has come, else the specification's figures.
    public static func model(at now: Timestamp, in session: inout Session) throws(StorageError) -> RiskModel {
        let found = try session.first(
            """
            SELECT version, content FROM model_version WHERE approved_at IS NOT NULL AND effective_at <= \(now)
            ORDER BY effective_at DESC, version DESC LIMIT 1
            """
        ) { row throws(StorageError) in (version: row.next() as Int, json: try row.read(JSON.self)) }
        guard let found else { return .standard }
        do {
            return try RiskModel(version: found.version, json: found.json)
        } catch {
            throw .other(
                .init(
                    message: "model version \(found.version) cannot be used: \(error.member) \(error.reason)",
                    statement: "model_version"))
        }
    }
}

// Sources in use are assessed again at an instant, at the latest; one whose level was set outright is left alone.
extension RiskStore {
    /// Every source: a model comes into force, a day's commitments fall due.
    public static func callForAssessment(at instant: Timestamp, in session: inout Session) throws(StorageError) {
        try callForAssessment(where: "1 = 1", at: instant, in: &session)
    }

    /// An enterprise's: its commitment came or changed.
    public static func callForAssessment(
        of enterprise: EnterpriseID, at instant: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try callForAssessment(where: "h.enterprise_id = \(enterprise)", at: instant, in: &session)
    }

    /// Those that a filing touches, whole or by a point of theirs: what is filed is not 未报备离线.
    public static func callForAssessment(
        of filing: Filing, at instant: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let parts: SQL =
            filing.coverage.isWhole
            ? "1 = 1"
            : """
            (h.id IN (\(list: filing.coverage.hazards)) OR h.id IN (SELECT p.hazard_id FROM point AS p
                WHERE p.id IN (\(list: filing.coverage.points))))
            """
        try callForAssessment(
            where: "h.enterprise_id = \(filing.enterprise) AND \(parts)", at: instant, in: &session)
    }

    private static func callForAssessment(
        where condition: SQL, at instant: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO due (kind, id, at)
            SELECT \(DueStore.Kind.risk.rawValue), h.id, \(instant) FROM hazard AS h WHERE h.in_use = 1
                AND \(condition)
                AND NOT EXISTS (SELECT 1 FROM risk AS r WHERE r.hazard_id = h.id AND r.is_outright = 1)
            ON CONFLICT (kind, id) DO UPDATE SET at = CASE WHEN excluded.at < due.at THEN excluded.at ELSE due.at END
            """)
    }
}
