import Domain
import Kernel
import Operations
import Storage

/// Bulletins, figures and rankings.
extension YearChecks {
    /// TB-04…08, TB-16: each office and period has its one draft, made in the morning and before nine.
    func bulletins(in session: inout Session) throws(StorageError) -> [String] {
        var expected: [String: Int64] = [:]
        for number in plan.from.number..<plan.until.number {
            let parts = Day(number: number).components
            func due(_ kind: String) { expected[kind, default: 0] += 1 }
            due("daily")
            // 1970-01-01 was a Thursday.
            if (number + 3) % 7 == 0 { due("weekly") }
            guard parts.day == 1 else { continue }
            due("monthly")
            due("ranking")
            if parts.month % 3 == 1 { due("quarterly") }
            if parts.month == 1 { due("yearly") }
        }
        var found: [String] = []
        for (kind, count) in expected.sorted(by: { $0.key < $1.key }) {
            let isLong = ["monthly", "quarterly", "yearly"].contains(kind)
            let levels: SQL = isLong ? "('province','city')" : "('province','city','county')"
            found += try lines(
                "\(kind) bulletins",
                """
                SELECT a.id || ': ' || CAST(count(b.id) AS TEXT) FROM authority AS a LEFT JOIN bulletin AS b
                    ON b.office_id = a.id AND b.kind = \(kind) AND b.ordinal = 0 AND b.drafted_at > \(plan.from.start)
                WHERE EXISTS (SELECT 1 FROM visibility AS v WHERE v.authority_id = a.id) AND a.level IN \(levels)
                GROUP BY a.id HAVING count(b.id) <> \(count)
                """, in: &session)
        }
        found += try lines(
            "a draft that was not there by nine",
            """
            SELECT id FROM bulletin WHERE kind <> 'special' AND ordinal = 0
                AND (drafted_at + 28800000) % 86400000 >= 32400000
            """, in: &session)
        found += try lines(
            "issued to nobody, or without what was issued",
            """
            SELECT b.id FROM bulletin AS b WHERE b.issued_at IS NOT NULL AND (b.final IS NULL
                OR (b.publicity = 'internalUse' AND NOT EXISTS (SELECT 1 FROM bulletin_receiver AS r
                WHERE r.bulletin_id = b.id)))
            """, in: &session)
        found += try lines(
            "a draft that stayed behind",
            "SELECT id FROM bulletin WHERE phase <> 'issued' AND drafted_at < \(now - .hours(3))", in: &session)
        return found
    }

    /// Numbers of an office, kind and year run from 1 without a gap (TB-17).
    func numbers(in session: inout Session) throws(StorageError) -> [String] {
        try lines(
            "numbers with a gap",
            """
            SELECT office_id || ' ' || kind || ' ' || CAST(year AS TEXT) FROM bulletin WHERE number IS NOT NULL
            GROUP BY office_id, kind, year
            HAVING count(*) <> max(number) OR min(number) <> 1 OR count(DISTINCT number) <> count(*)
            """, in: &session)
    }

    /// §9: the parts of a figure are its whole, and no rate is above 100 %: on the first day of each month.
    func figures(in session: inout Session) throws(StorageError) -> [String] {
        var found: [String] = []
        let offices = try session.rows("SELECT id, parent_id FROM authority WHERE level = 'city' ORDER BY id") {
            row throws(StorageError) in (id: row.next() as AuthorityID, parent: row.next() as AuthorityID?)
        }
        for number in plan.from.number..<plan.until.number where Day(number: number).components.day == 1 {
            let window = FigureWindow(Day(number: number), now: now)
            for kind in FigureKind.allCases {
                // What an office does itself is no sum over the enterprises below it.
                switch kind {
                case .patrols, .checks, .mustChecks, .onlineNow, .videoNow, .pointsOnline, .enterprisesOnline,
                    .enterprisesVideo:
                    continue
                case .commitment, .commitmentLate, .onlineTime, .videoTime, .alarmsCleared, .warningsDisposed,
                    .warningsInTime, .reportsInTime, .supervisionsFedBack, .duties, .problemsFedBack:
                    break
                }
                var parts = Ratio(0, 0)
                for office in offices {
                    for row in try FigureStore.rows(kind, window: window, scope: .authority(office.id), in: &session) {
                        parts = Ratio(
                            parts.numerator + row.ratio.numerator, parts.denominator + row.ratio.denominator)
                    }
                }
                var whole = Ratio(0, 0)
                for row in try FigureStore.rows(kind, window: window, scope: .system, in: &session) {
                    whole = Ratio(whole.numerator + row.ratio.numerator, whole.denominator + row.ratio.denominator)
                }
                let day = ChinaTime.date(Day(number: number))
                if parts != whole { found.append("\(day) \(kind): the cities' \(parts) is not the whole \(whole)") }
                if whole.numerator > whole.denominator { found.append("\(day) \(kind): above 100 %: \(whole)") }
            }
        }
        return found
    }

    /// TB-11…15: equal figures share a place and leave a gap; the step is the number of months in a row.
    func rankings(in session: inout Session) throws(StorageError) -> [String] {
        var found: [String] = []
        let province = AuthorityID(plan.provinceCode)
        let last = Month(Day(number: plan.until.number - 1))
        let boards = try RiskBoards.boards(
            through: last, level: .province, scope: .authority(province), now: now, in: &session)
        var streaks: [String: Int] = [:]
        for month in boards.keys.sorted() {
            guard let board = boards[month] else { continue }
            for (index, place) in board.places.enumerated() {
                let better = board.places.filter { Self.key($0) > Self.key(place) }.count
                if place.rank != better + 1 {
                    found.append("\(month.title) \(place.count.name): place \(place.rank), \(better) are before it")
                }
                if index >= 10, place.rank <= 10, !board.lists(place.count.unit) {
                    found.append("\(month.title) \(place.count.name): shares a place of the ten and is not listed")
                }
            }
            let units = Set(board.places.filter { $0.rank <= 10 }.map(\.count.unit))
            streaks = Dictionary(uniqueKeysWithValues: units.map { ($0, (streaks[$0] ?? 0) + 1) })
            guard let ladder = Ladder(month, boards: boards) else { continue }
            for standing in ladder.standings {
                let months = streaks[standing.place.count.unit] ?? 0
                if standing.months != months || standing.step.rawValue != min(3, months) {
                    found.append(
                        "\(month.title) \(standing.place.count.name): \(standing.months) months, not \(months)")
                }
            }
        }
        return found
    }

    private static func key(_ place: MonthBoard.Place) -> Int {
        (place.count.red * 1_000_000 + place.count.orange) * 1_000 + place.count.enterprises.count
    }
}
