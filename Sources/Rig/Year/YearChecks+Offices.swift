import Domain
import Kernel
import Operations
import Storage

/// Patrols, spot checks and their draws.
extension YearChecks {
    /// XC-14…16, XC-11: nation 5, province 3, city 3; twice as many in a special period; done is what the patrols say.
    func patrols(in session: inout Session) throws(StorageError) -> [String] {
        var found = try lines(
            "not the law's number of divisions",
            """
            SELECT a.id || ' ' || CAST(d.day AS TEXT) FROM patrol_day AS d JOIN authority AS a ON a.id = d.office_id
            JOIN (SELECT parent_id AS office, count(*) AS below FROM authority WHERE parent_id IS NOT NULL
                GROUP BY parent_id) AS s ON s.office = a.id
            WHERE d.needed_divisions <> CASE WHEN s.below < (CASE a.level WHEN 'center' THEN 5 ELSE 3 END) * d.factor
                THEN s.below ELSE (CASE a.level WHEN 'center' THEN 5 ELSE 3 END) * d.factor END
            """, in: &session)
        found += try lines(
            "patrols that were not counted right",
            """
            SELECT d.office_id || ' ' || CAST(d.day AS TEXT) FROM patrol_day AS d
            WHERE d.done_divisions <> (SELECT count(DISTINCT p.division) FROM patrol AS p
                WHERE p.office_id = d.office_id AND p.day = d.day AND p.is_counted = 1)
            """, in: &session)
        found += try lines(
            "a past day that is not closed",
            "SELECT office_id FROM patrol_day WHERE closed_at IS NULL AND day < \(Day(number: Day(now).number - 1))",
            in: &session)
        let offices = 2 + plan.cities.count
        let rows = try session.first("SELECT count(*) FROM patrol_day") { row throws(StorageError) in
            row.next() as Int64
        }
        if rows != Int64(offices * plan.days) {
            found.append("\(rows ?? 0) days of patrols, not \(offices * plan.days)")
        }
        return found
    }

    /// XC-20…27: whoever was orange or red that day stands on every list that can see it; quotas 3/3/4/5 or all.
    func spotChecks(in session: inout Session) throws(StorageError) -> [String] {
        var found = try lines(
            "an enterprise at orange or red that is on no list",
            """
            SELECT DISTINCT d.authority_id || ' ' || CAST(d.day AS TEXT) || ' ' || s.enterprise_id
            FROM check_day AS d JOIN visibility AS v ON v.authority_id = d.authority_id
            JOIN level_span AS s ON s.enterprise_id = v.enterprise_id
                AND s.from_at < (CAST(d.day AS BIGINT) + 1) * 86400000 - 28800000
                AND (s.until_at IS NULL OR s.until_at > CAST(d.day AS BIGINT) * 86400000 - 28800000)
            WHERE NOT EXISTS (SELECT 1 FROM check_item AS i WHERE i.authority_id = d.authority_id AND i.day = d.day
                AND i.enterprise_id = s.enterprise_id AND i.category = 'must')
            """, in: &session)
        found += try lines(
            "not the law's quota",
            """
            SELECT d.authority_id || ' ' || CAST(d.day AS TEXT) FROM check_day AS d
            JOIN authority AS a ON a.id = d.authority_id
            JOIN (SELECT authority_id, count(*) AS seen FROM visibility GROUP BY authority_id) AS v
                ON v.authority_id = d.authority_id
            WHERE d.quota <> CASE WHEN v.seen < (CASE a.level WHEN 'city' THEN 4 WHEN 'county' THEN 5 ELSE 3 END)
                * d.factor THEN v.seen
                ELSE (CASE a.level WHEN 'city' THEN 4 WHEN 'county' THEN 5 ELSE 3 END) * d.factor END
            """, in: &session)
        found += try lines(
            "a list shorter than its quota",
            """
            SELECT d.authority_id || ' ' || CAST(d.day AS TEXT) FROM check_day AS d
            WHERE d.quota > (SELECT count(*) FROM check_item AS i WHERE i.authority_id = d.authority_id
                AND i.day = d.day AND i.is_reserve = 0)
            """, in: &session)
        found += try lines(
            "a day's end that counts wrong",
            """
            SELECT d.authority_id || ' ' || CAST(d.day AS TEXT) FROM check_day AS d WHERE d.closed_at IS NOT NULL
                AND d.checked <> (SELECT count(*) FROM spot_check AS c WHERE c.authority_id = d.authority_id
                AND c.day = d.day AND c.submitted_at IS NOT NULL)
            """, in: &session)
        return found
    }

    /// XC-24: every published lot comes out the same when it is drawn again; its seed is the log's head at midnight.
    func draws(in session: inout Session) throws(StorageError) -> [String] {
        var found: [String] = []
        for number in plan.from.number..<plan.until.number {
            let texts = try session.rows("SELECT draw FROM check_day WHERE day = \(Day(number: number))") {
                row throws(StorageError) in row.next() as String
            }
            for text in texts {
                guard let json = try? JSON.parse(text), let draw = SpotCheckDraw(json: json) else {
                    found.append("a draw of \(ChinaTime.date(Day(number: number))) cannot be read")
                    continue
                }
                found += draw.differences().map { "\(draw.office) \(ChinaTime.date(draw.seed.day)): \($0)" }
            }
        }
        found += try lines(
            "a seed that is not the log's last row before midnight",
            """
            SELECT CAST(s.day AS TEXT) FROM check_seed AS s WHERE s.sequence <> COALESCE((SELECT max(l.sequence)
                FROM log AS l WHERE l.recorded_at < CAST(s.day AS BIGINT) * 86400000 - 28800000), 0)
            """, in: &session)
        return found
    }
}
