public import Domain
public import Kernel

/// A filing with the names that a page shows.
public struct FilingListing: Hashable, Sendable {
    public var filing: Filing
    public var enterpriseName: String
    public var regulator: AuthorityID
    public var regulatorName: String
    public var submittedBy: String
    public var decidedBy: String?
    /// By when what waits is to be decided; frozen when it was asked for.
    public var decisionDueAt: Timestamp?

    /// Waiting ones first, the longest waiting at the top; then by submission, last first.
    public static func all(
        id: FilingID? = nil, enterprise: EnterpriseID? = nil, state: Filing.State? = nil, scope: Scope,
        now: Timestamp, limit: Int, offset: Int = 0, in session: inout Session
    ) throws(StorageError) -> [FilingListing] {
        let waits = condition(.waiting, now)
        let found = try FilingStore.read(
            condition(id, enterprise, state, scope, now),
            order: """
                CASE WHEN \(waits) THEN 0 ELSE 1 END,
                CASE WHEN \(waits) THEN COALESCE(x.wish_asked_at, x.submitted_at) END, x.submitted_at DESC, x.id
                """, limit: limit, offset: offset, in: &session)
        let names = try names(of: found.map(\.filing.id), in: &session)
        return found.compactMap { entry in
            names[entry.filing.id].map { name in
                FilingListing(
                    filing: entry.filing, enterpriseName: name.enterprise, regulator: name.regulator,
                    regulatorName: name.office, submittedBy: name.by ?? entry.filing.submittedBy,
                    decidedBy: name.decided ?? entry.filing.decision?.by, decisionDueAt: name.due)
            }
        }
    }

    public static func count(
        enterprise: EnterpriseID? = nil, state: Filing.State? = nil, scope: Scope, now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> Int {
        try session.first("SELECT count(*) FROM filing AS x WHERE \(condition(nil, enterprise, state, scope, now))") {
            row throws(StorageError) in row.next() as Int
        } ?? 0
    }

    /// Filings and extensions that wait for a decision.
    public static func waiting(scope: Scope, in session: inout Session) throws(StorageError) -> Int {
        try session.first(
            """
            SELECT count(*) FROM filing_decision AS d JOIN filing AS x ON x.id = d.filing_id
            WHERE d.decided_at IS NULL AND \(scope.enterprises(column: "x.enterprise_id"))
            """
        ) { row throws(StorageError) in row.next() as Int } ?? 0
    }

    private static func condition(
        _ id: FilingID?, _ enterprise: EnterpriseID?, _ state: Filing.State?, _ scope: Scope, _ now: Timestamp
    ) -> SQL {
        var parts: [SQL] = [scope.enterprises(column: "x.enterprise_id")]
        if let id { parts.append("x.id = \(id)") }
        if let enterprise { parts.append("x.enterprise_id = \(enterprise)") }
        if let state { parts.append(condition(state, now)) }
        return parts.joined(separator: " AND ")
    }

    private static func condition(_ state: Filing.State, _ now: Timestamp) -> SQL {
        let end: SQL = "COALESCE(x.ended_at, x.until_at)"
        return switch state {
        case .waiting:
            """
            ((x.confirmed_at IS NULL AND x.returned_at IS NULL AND x.withdrawn_at IS NULL)
                OR x.wish_until IS NOT NULL)
            """
        case .returned: "x.returned_at IS NOT NULL"
        case .withdrawn: "x.withdrawn_at IS NOT NULL"
        case .confirmed: "x.confirmed_at IS NOT NULL AND x.from_at > \(now) AND \(end) > \(now)"
        case .running: "x.confirmed_at IS NOT NULL AND x.from_at <= \(now) AND \(end) > \(now)"
        case .over: "x.confirmed_at IS NOT NULL AND \(end) <= \(now)"
        }
    }

    private struct Names {
        var enterprise: String
        var regulator: AuthorityID
        var office: String
        var by: String?
        var decided: String?
        var due: Timestamp?
    }

    private static func names(
        of ids: [FilingID], in session: inout Session
    ) throws(StorageError) -> [FilingID: Names] {
        let rows = try session.rows(
            """
            SELECT x.id, e.name, e.regulator_id, a.name, b.name, c.name, (SELECT max(d.due_at)
                FROM filing_decision AS d WHERE d.filing_id = x.id AND d.decided_at IS NULL)
            FROM filing AS x
            JOIN enterprise AS e ON e.id = x.enterprise_id JOIN authority AS a ON a.id = e.regulator_id
            LEFT JOIN account AS b ON b.id = x.submitted_by LEFT JOIN account AS c ON c.id = x.decided_by
            WHERE x.id IN (\(list: ids))
            """
        ) { row throws(StorageError) in
            (
                row.next() as FilingID,
                Names(
                    enterprise: row.next(), regulator: row.next(), office: row.next(), by: row.next(),
                    decided: row.next(), due: row.next())
            )
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
