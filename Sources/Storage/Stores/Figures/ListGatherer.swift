import Domain
import Kernel

/// The names and cases behind a bulletin's figures, each list in one query for all enterprises.
struct ListGatherer {
    let book: FigureBook
    let scope: Scope

    /// Off line for less is not told (domain §6 Q: 未报备离线≥30min).
    static let offlineMin = Interval.minutes(30)

    private var window: FigureWindow { book.periodWindow }
    private var lastDay: Day { FigureStore.lastDay(window) }

    func fill(_ lists: inout BulletinLists, in session: inout Session) throws(StorageError) {
        lists.promises = try promises(in: &session)
        lists.offline = try offline(in: &session)
        lists.vacancies = try vacancies(in: &session)
        lists.installations = try installations(in: &session)
        lists.operations = try operations(in: &session)
        lists.alarms = try alarms(in: &session)
        lists.repeated = try repeated(in: &session)
        lists.problems = try problems(in: &session)
        lists.checks = try checks(in: &session)
        lists.violations = try violations(in: &session)
        lists.qualities = try QualityStore.sums(
            from: book.period.from, until: book.period.until, scope: scope, in: &session
        ).map { BulletinLists.Quality(enterprise: $0.enterprise, tally: $0.tally) }
        lists.unconnected = book.roster.filter { $0.isExpected(on: lastDay) && !$0.isExpectedOnline(on: lastDay) }
            .map(\.id)
        if let grid = book.grids[.duties] {
            lists.overdueDuties = book.roster.indices.compactMap { place in
                let ratio = grid.sum(of: [place], from: book.period.from, until: book.period.until)
                return ratio.missing > 0
                    ? BulletinLists.OverdueDuties(enterprise: book.roster[place].id, ratio: ratio) : nil
            }.sorted { $0.ratio.missing > $1.ratio.missing }
        }
    }

    private func promises(in session: inout Session) throws(StorageError) -> [BulletinLists.Promise] {
        guard let grid = book.grids[.commitment] else { return [] }
        // Before ten o'clock nobody's commitment is missing yet (data measures Art. 7).
        guard window.end >= CommitmentRules.deadline(of: lastDay) else { return [] }
        let month = Month(lastDay).first
        let kept = try session.rows(
            """
            SELECT c.enterprise_id, count(*) FROM commitment AS c
            WHERE c.day >= \(month) AND c.day <= \(lastDay) AND c.is_current = 1 AND c.state = 'onTime'
                AND c.is_by_delegate = 0 AND \(scope.enterprises(column: "c.enterprise_id"))
            GROUP BY c.enterprise_id
            """
        ) { row throws(StorageError) in (row.next() as EnterpriseID, row.next() as Int) }
        let keptDays = Dictionary(kept, uniquingKeysWith: { first, _ in first })
        let today = try session.rows(
            """
            SELECT c.enterprise_id, c.state, c.is_by_delegate, c.first_received_at FROM commitment AS c
            WHERE c.day = \(lastDay) AND c.is_current = 1 AND \(scope.enterprises(column: "c.enterprise_id"))
            """
        ) { row throws(StorageError) in
            (
                row.next() as EnterpriseID, row.next() as CommitmentStanding.State, row.next() as Bool,
                row.next() as Timestamp
            )
        }
        var states: [EnterpriseID: BulletinLists.Promise.State] = [:]
        for (enterprise, state, isByDelegate, receivedAt) in today where receivedAt <= book.now {
            switch state {
            case .late: states[enterprise] = .late(receivedAt)
            case .onTime: if isByDelegate { states[enterprise] = .byDelegate }
            case .madeUp: break
            }
        }
        return book.roster.indices.compactMap { place -> BulletinLists.Promise? in
            let record = book.roster[place]
            let ratio = grid[place, lastDay]
            guard ratio.isCountable, ratio.missing > 0 else { return nil }
            let expected = (month.number...lastDay.number).count { record.isExpected(on: Day(number: $0)) }
            let missed = max(1, expected - (keptDays[record.id] ?? 0))
            return BulletinLists.Promise(
                enterprise: record.id, state: states[record.id] ?? .missing,
                monthDays: Ratio(Int64(missed), Int64(max(expected, missed))))
        }
    }

    /// The longest unfiled stretch off line that reaches into the period, with its true beginning.
    private func offline(in session: inout Session) throws(StorageError) -> [BulletinLists.Offline] {
        let online = try FigureSources.online(.enterprise, window: window, scope: scope, in: &session)
        let earlier = try session.rows(
            """
            SELECT s.subject_id, max(s.online_until) FROM presence_span AS s
            WHERE s.subject_kind = 'enterprise' AND s.online_until <= \(window.from)
                AND \(scope.enterprises(column: "s.enterprise_id")) GROUP BY s.subject_id
            """
        ) { row throws(StorageError) in (row.next() as String, row.next() as Timestamp) }
        let lastSeen = Dictionary(earlier, uniquingKeysWith: { first, _ in first })
        let absent = book.roster.filter { $0.isExpectedOnline(on: lastDay) }.compactMap {
            record -> (
                EnterpriseRecord, SpanSet
            )? in
            let spans = online[record.id.rawValue] ?? .empty
            let begin = max(lastSeen[record.id.rawValue] ?? record.connectedAt ?? record.createdAt, record.createdAt)
            let from = spans.contains(window.from) ? window.from : min(begin, window.from)
            guard from < window.end else { return nil }
            let off = SpanSet([from..<window.end]).subtracting(spans)
            return off.isEmpty ? nil : (record, off)
        }
        guard let first = absent.compactMap({ $0.1.spans.first?.lowerBound }).min() else { return [] }
        let filed = try FilingStore.confirmedSpans(
            .enterprise, window: first..<window.end, scope: scope, in: &session)
        return absent.compactMap { record, off -> BulletinLists.Offline? in
            let open = off.subtracting(filed[record.id.rawValue] ?? .empty).spans
                .filter { $0.upperBound > window.from }
            guard let longest = open.max(by: { length($0) < length($1) }), length(longest) >= Self.offlineMin else {
                return nil
            }
            return BulletinLists.Offline(
                enterprise: record.id, since: longest.lowerBound,
                until: longest.upperBound < window.end ? longest.upperBound : nil, length: length(longest))
        }.sorted { left, right in
            left.length != right.length ? left.length > right.length : left.enterprise < right.enterprise
        }
    }

    private func length(_ span: Range<Timestamp>) -> Interval { span.upperBound - span.lowerBound }

    private func vacancies(in session: inout Session) throws(StorageError) -> [BulletinLists.Vacancy] {
        let end = window.end
        let rows = try session.rows(
            """
            SELECT h.enterprise_id, h.name,
                CAST(max(CASE WHEN r.role = 'principal' THEN 1 ELSE 0 END) AS BIGINT),
                CAST(max(CASE WHEN r.role = 'technical' THEN 1 ELSE 0 END) AS BIGINT),
                CAST(max(CASE WHEN r.role = 'operations' THEN 1 ELSE 0 END) AS BIGINT)
            FROM hazard AS h LEFT JOIN responsibility AS r ON r.hazard_id = h.id AND r.from_at < \(end)
                AND (r.until_at IS NULL OR r.until_at >= \(end))
            WHERE h.in_use = 1 AND h.created_at < \(end) AND \(scope.enterprises(column: "h.enterprise_id"))
            GROUP BY h.id, h.enterprise_id, h.name
            HAVING count(DISTINCT r.role) < 3 ORDER BY h.enterprise_id, h.name
            """
        ) { row throws(StorageError) in
            (
                row.next() as EnterpriseID, row.next() as String,
                [row.next() as Int64, row.next() as Int64, row.next() as Int64]
            )
        }
        return rows.flatMap { enterprise, hazard, held in
            zip(ResponsibleRole.allCases, held).filter { $0.1 == 0 }.map {
                BulletinLists.Vacancy(enterprise: enterprise, hazard: hazard, role: $0.0)
            }
        }
    }
}
