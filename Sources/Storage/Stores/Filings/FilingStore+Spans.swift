public import Domain
public import Kernel

extension FilingStore {
    /// For each subject the time within a window that confirmed filings take out of its rates (A32): by the id of the
    /// enterprise, point or camera. Enterprises are taken out only as a whole; points also by an approved exemption as
    /// under repair or out of use (SJ-21).
    public static func confirmedSpans(
        _ kind: PresenceKind, window: Range<Timestamp>, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [String: SpanSet] {
        let within: SQL = """
            x.effect_from < \(window.upperBound) AND x.effect_until > \(window.lowerBound)
                AND \(scope.enterprises(column: "x.enterprise_id"))
            """
        let selects: [SQL] =
            switch kind {
            case .enterprise:
                [
                    """
                    SELECT x.enterprise_id, x.effect_from, x.effect_until FROM filing AS x
                    WHERE x.covers_all = 1 AND \(within)
                    """
                ]
            case .point:
                [
                    """
                    SELECT p.id, x.effect_from, x.effect_until FROM filing AS x
                    JOIN point AS p ON p.enterprise_id = x.enterprise_id WHERE x.covers_all = 1 AND \(within)
                    """,
                    """
                    SELECT p.id, x.effect_from, x.effect_until FROM filing AS x
                    JOIN filing_part AS t ON t.filing_id = x.id AND t.kind = 'hazard'
                    JOIN point AS p ON p.hazard_id = t.part_id WHERE \(within)
                    """,
                    """
                    SELECT t.part_id, x.effect_from, x.effect_until FROM filing AS x
                    JOIN filing_part AS t ON t.filing_id = x.id AND t.kind = 'point' WHERE \(within)
                    """,
                    exemptions(window, scope),
                ]
            case .camera:
                [
                    """
                    SELECT c.id, x.effect_from, x.effect_until FROM filing AS x
                    JOIN camera AS c ON c.enterprise_id = x.enterprise_id WHERE x.covers_all = 1 AND \(within)
                    """,
                    """
                    SELECT t.part_id, x.effect_from, x.effect_until FROM filing AS x
                    JOIN filing_part AS t ON t.filing_id = x.id AND t.kind = 'camera' WHERE \(within)
                    """,
                ]
            }
        var found: [String: [Range<Timestamp>]] = [:]
        for select in selects {
            let rows = try session.rows(select) { row throws(StorageError) in
                (id: row.next() as String, from: row.next() as Timestamp, until: row.next() as Timestamp?)
            }
            for row in rows {
                let from = max(row.from, window.lowerBound)
                let until = min(row.until ?? window.upperBound, window.upperBound)
                if from < until { found[row.id, default: []].append(from..<until) }
            }
        }
        return found.mapValues { SpanSet($0) }
    }

    private static func exemptions(_ window: Range<Timestamp>, _ scope: Scope) -> SQL {
        """
        SELECT x.point_id, ((x.from_at + 999) / 1000) * 1000, (x.until_at / 1000) * 1000 FROM exemption AS x
        WHERE x.approved = 1 AND x.kind IN ('filing', 'outOfUse') AND x.filing_id IS NULL
            AND x.from_at < \(window.upperBound) AND (x.until_at IS NULL OR x.until_at > \(window.lowerBound))
            AND \(scope.enterprises(column: "x.enterprise_id"))
        """
    }
}
