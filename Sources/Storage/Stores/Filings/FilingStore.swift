public import Domain
public import Kernel

/// Filings as rows: the whole value is stored after each change.
public enum FilingStore {
    public static func store(
        _ filing: Filing, done: Set<String>, in session: inout Session
    ) throws(StorageError) {
        let effect = filing.effect
        let decision = filing.decision
        let confirmedAt = decision.flatMap { $0.isConfirmed ? $0.at : nil }
        let returnedAt = decision.flatMap { $0.isConfirmed ? nil : $0.at }
        let marks = done.sorted().joined(separator: " ")
        let isNew =
            try session.execute(
                """
                INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at, found_at,
                    submitted_at, submitted_by, is_late, confirmed_at, returned_at, decided_by, note, withdrawn_at,
                    ended_at, ended_by, wish_until, wish_reason, wish_asked_at, wish_asked_by, effect_from,
                    effect_until, done)
                VALUES (\(filing.id), \(filing.enterprise), \(filing.kind), \(filing.coverage.isWhole),
                    \(filing.reason),
                    \(filing.measures), \(filing.from), \(filing.until), \(filing.foundAt), \(filing.submittedAt),
                    \(filing.submittedBy), \(filing.isLate), \(confirmedAt), \(returnedAt), \(decision?.by),
                    \(decision?.note), \(filing.withdrawnAt), \(filing.endedAt), \(filing.endedBy),
                    \(filing.wish?.until),
                    \(filing.wish?.reason), \(filing.wish?.askedAt), \(filing.wish?.askedBy), \(effect?.lowerBound),
                    \(effect?.upperBound), \(marks)) ON CONFLICT (id) DO NOTHING
                """) > 0
        if isNew { return try storeParts(filing, in: &session) }
        try session.execute(
            """
            UPDATE filing SET until_at = \(filing.until), confirmed_at = \(confirmedAt), returned_at = \(returnedAt),
                decided_by = \(decision?.by), note = \(decision?.note), withdrawn_at = \(filing.withdrawnAt),
                ended_at = \(filing.endedAt), ended_by = \(filing.endedBy), wish_until = \(filing.wish?.until),
                wish_reason = \(filing.wish?.reason), wish_asked_at = \(filing.wish?.askedAt),
                wish_asked_by = \(filing.wish?.askedBy), effect_from = \(effect?.lowerBound),
                effect_until = \(effect?.upperBound), done = \(marks) WHERE id = \(filing.id)
            """)
    }

    private static func storeParts(_ filing: Filing, in session: inout Session) throws(StorageError) {
        let parts: [(String, String)] =
            Set(filing.coverage.hazards).map { ("hazard", $0.rawValue) }
            + Set(filing.coverage.points).map { ("point", $0.rawValue) }
            + Set(filing.coverage.cameras).map { ("camera", $0.rawValue) }
        for (kind, part) in parts.sorted(by: <) {
            try session.execute(
                "INSERT INTO filing_part (filing_id, kind, part_id) VALUES (\(filing.id), \(kind), \(part))")
        }
    }

    /// A filing with the marks of the steps it has taken.
    public static func find(
        _ id: FilingID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> (filing: Filing, done: Set<String>)? {
        try read("x.id = \(id) AND \(scope.enterprises(column: "x.enterprise_id"))", limit: 1, in: &session).first
    }

    /// Filings whose effect touches an instant or later, by enterprise: what the points in memory must know.
    public static func standing(
        at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [EnterpriseID: [Filing]] {
        let found = try read("x.effect_until > \(now)", limit: 1_000_000, in: &session).map(\.filing)
        return Dictionary(grouping: found, by: \.enterprise)
    }

    /// Confirmed filings that hold at an instant, by enterprise and id.
    public static func running(
        at now: Timestamp, enterprise: EnterpriseID? = nil, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Filing] {
        try read(
            """
            x.effect_from <= \(now) AND x.effect_until > \(now)
                AND (\(enterprise) IS NULL OR x.enterprise_id = \(enterprise))
                AND \(scope.enterprises(column: "x.enterprise_id"))
            """, limit: 100_000, in: &session
        ).map(\.filing)
    }

    static func read(
        _ condition: SQL, order: SQL = "x.submitted_at DESC, x.id", limit: Int, offset: Int = 0,
        in session: inout Session
    ) throws(StorageError) -> [(filing: Filing, done: Set<String>)] {
        var found = try session.rows(
            """
            SELECT x.id, x.enterprise_id, x.kind, x.covers_all, x.reason, x.measures, x.from_at, x.until_at, x.found_at,
                x.submitted_at, x.submitted_by, x.is_late, x.confirmed_at, x.returned_at, x.decided_by, x.note,
                x.withdrawn_at, x.ended_at, x.ended_by, x.wish_until, x.wish_reason, x.wish_asked_at, x.wish_asked_by,
                x.done
            FROM filing AS x WHERE \(condition) ORDER BY \(order) LIMIT \(limit) OFFSET \(offset)
            """, filing)
        let ids = found.filter { !$0.filing.coverage.isWhole }.map(\.filing.id)
        guard !ids.isEmpty else { return found }
        var parts: [FilingID: FilingCoverage] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let chunk = Array(ids[start..<min(start + 500, ids.count)])
            let rows = try session.rows(
                """
                SELECT filing_id, kind, part_id FROM filing_part WHERE filing_id IN (\(list: chunk))
                ORDER BY filing_id, kind, part_id
                """
            ) { row throws(StorageError) in
                (id: row.next() as FilingID, kind: row.next() as String, part: row.next() as String)
            }
            for row in rows {
                switch row.kind {
                case "hazard": parts[row.id, default: FilingCoverage()].hazards.append(HazardID(row.part))
                case "point": parts[row.id, default: FilingCoverage()].points.append(PointID(row.part))
                default: parts[row.id, default: FilingCoverage()].cameras.append(CameraID(row.part))
                }
            }
        }
        for index in found.indices {
            if let coverage = parts[found[index].filing.id] { found[index].filing.coverage = coverage }
        }
        return found
    }

    private static func filing(
        _ row: inout Row
    ) throws(StorageError) -> (filing: Filing, done: Set<String>) {
        let id: FilingID = row.next()
        let enterprise: EnterpriseID = row.next()
        let kind: FilingKind = row.next()
        let isWhole: Bool = row.next()
        var filing = Filing(
            id: id, enterprise: enterprise, kind: kind, coverage: FilingCoverage(isWhole: isWhole),
            reason: row.next(), measures: row.next(), from: row.next(), until: row.next(), foundAt: row.next(),
            submittedAt: row.next(), submittedBy: row.next(), isLate: row.next())
        let confirmedAt: Timestamp? = row.next()
        let returnedAt: Timestamp? = row.next()
        let by: String? = row.next()
        let note: String? = row.next()
        if let at = confirmedAt ?? returnedAt {
            filing.decision = .init(isConfirmed: confirmedAt != nil, at: at, by: by ?? "", note: note)
        }
        filing.withdrawnAt = row.next()
        filing.endedAt = row.next()
        filing.endedBy = row.next()
        let until: Timestamp? = row.next()
        let reason: String? = row.next()
        let askedAt: Timestamp? = row.next()
        let askedBy: String? = row.next()
        if let until, let askedAt {
            filing.wish = .init(until: until, reason: reason ?? "", askedAt: askedAt, askedBy: askedBy ?? "")
        }
        let done: String = row.next()
        return (filing, Set(done.split(separator: " ").map(String.init)))
    }
}
