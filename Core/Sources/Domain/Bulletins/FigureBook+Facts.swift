public import Kernel

extension FigureBook {
    /// The kinds whose days' mean the periodic bulletins tell (TB-05).
    static let meanKinds: [FigureKind] = [
        .commitment, .onlineTime, .videoTime, .enterprisesOnline, .enterprisesVideo,
    ]

    /// The facts of one office.
    /// - Parameter enterprises: what lies in its jurisdiction.
    public func facts(for office: BulletinFacts.Office, enterprises: Set<EnterpriseID>) -> BulletinFacts {
        let unit = RankedUnit.below(office.level)
        var facts = BulletinFacts(office: office, kind: kind, period: period, now: now, unit: unit)
        facts.missing = missing
        facts.isDemonstration = isDemonstration
        let own = roster.indices.filter { enterprises.contains(roster[$0].id) }
        var members: [String: [Int]] = [:]
        for place in own { members[unitID(roster[place], unit: unit), default: []].append(place) }
        let counts = Counts(self, members: own)
        facts.units = members.keys.sorted().map { id in
            makeUnit(id, members[id] ?? [], unit: unit, office: office, counts: counts)
        }
        facts.whole = figures(of: own, in: period, counts: counts)
        facts.before = figures(of: own, in: comparison, counts: counts)
        facts.weekBefore = weekAgo.map { figures(of: own, in: $0, counts: counts) }
        for kind in Self.meanKinds { facts.wholeDays[kind] = rates(kind, of: own, in: period) }
        facts.trend = trend(of: own)
        facts.places = places(of: own, unit: unit, office: office)
        facts.lists = lists.filtered(to: enterprises, subordinates: subordinates(of: office.id))
        facts.lists.risks = risks(of: enterprises)
        facts.lists.cases = caseList(of: enterprises)
        for kind in [FigureKind.patrols, .checks, .mustChecks] {
            let rows = (officeRows[kind] ?? []).filter { $0.authority == office.id && periodWindow.contains($0.at) }
            facts.ownWork[kind] = FigureRow.sum(rows)
        }
        facts.weakVideo = weakVideo(of: own)
        facts.recipients = recipients(of: office, members: own)
        facts.lists.candidates = CandidateRule.find(facts)
        return facts
    }

    private func unitID(_ enterprise: EnterpriseRecord, unit: RankedUnit) -> String {
        unit.digits.map { String(enterprise.region.prefix($0)) } ?? enterprise.id.rawValue
    }

    private var comparison: BulletinPeriod { period.previous(kind: kind) }
    private var weekAgo: BulletinPeriod? {
        guard kind == .daily else { return nil }
        return BulletinPeriod(from: Day(number: period.from.number - 7), until: Day(number: period.until.number - 7))
    }

    /// The office that answers for a division: that of its level and code, an emergency office before others.
    private func officeOf(division digits: String) -> OfficeRecord? { Self.office(ofDivision: digits, in: offices) }

    /// `沁水县` for 140521; the code itself where no office of that level is registered.
    public static func divisionName(_ digits: String, offices: [AuthorityID: OfficeRecord]) -> String {
        office(ofDivision: digits, in: offices).map { BulletinFacts.Office.place($0.name) } ?? digits
    }

    private static func office(
        ofDivision digits: String, in offices: [AuthorityID: OfficeRecord]
    ) -> OfficeRecord? {
        let code = digits + String(repeating: "0", count: max(0, 6 - digits.count))
        let level: AuthorityLevel = digits.count == 2 ? .province : digits.count == 4 ? .city : .county
        return offices.values.filter { $0.level == level && $0.region == code }
            .min { left, right in
                let (one, two) = (left.name.contains("应急"), right.name.contains("应急"))
                return one != two ? one : left.id < right.id
            }
    }

    private func makeUnit(
        _ id: String, _ members: [Int], unit: RankedUnit, office: BulletinFacts.Office, counts: Counts
    ) -> BulletinFacts.Unit {
        let record = unit.digits == nil ? nil : officeOf(division: id)
        let name =
            unit.digits == nil
            ? members.first.map { roster[$0].name } ?? id : record.map { BulletinFacts.Office.place($0.name) } ?? id
        var found = BulletinFacts.Unit(id: id, name: name, office: record?.name ?? name)
        found.figures = figures(of: members, in: period, counts: counts)
        for kind in [FigureKind.patrols, .checks, .mustChecks] {
            let rows = (officeRows[kind] ?? []).filter { row in
                periodWindow.contains(row.at) && row.authority.map { isOffice($0, of: id) } ?? false
            }
            if unit.digits != nil { found.figures[kind] = FigureRow.sum(rows) }
        }
        found.before = figures(of: members, in: comparison, counts: counts)
        found.weekBefore = weekAgo.map { figures(of: members, in: $0, counts: counts) }
        for kind in Self.meanKinds { found.days[kind] = rates(kind, of: members, in: period) }
        return found
    }

    private func isOffice(_ authority: AuthorityID, of digits: String) -> Bool {
        guard let record = offices[authority], let region = record.region else { return false }
        let level: AuthorityLevel = digits.count == 2 ? .province : digits.count == 4 ? .city : .county
        return record.level == level && region.hasPrefix(digits)
    }

    func figures(of members: [Int], in period: BulletinPeriod, counts: Counts) -> FigureSet {
        var set = FigureSet()
        for (kind, grid) in grids { set[kind] = grid.sum(of: members, from: period.from, until: period.until) }
        set.clearTime = clearTimes.sum(of: members, from: period.from, until: period.until)
        let lastDay = Day(min(now, period.last.start))
        for place in members where roster[place].isExpected(on: lastDay) {
            set.enterprises += 1
            if !roster[place].isExpectedOnline(on: lastDay) { set.unconnected += 1 }
        }
        for place in members {
            for (at, level) in counts.warnings[place] ?? [] where contains(period, at) {
                set.warnings[level, default: 0] += 1
            }
            for (at, level) in counts.episodes[place] ?? [] where contains(period, at) {
                set.episodes[level, default: 0] += 1
            }
        }
        return set
    }

    private func contains(_ period: BulletinPeriod, _ instant: Timestamp) -> Bool {
        period.from.start <= instant && instant < period.until.start && instant <= now
    }

    private func rates(_ kind: FigureKind, of members: [Int], in period: BulletinPeriod) -> DayRates {
        guard let grid = grids[kind] else { return DayRates([]) }
        return DayRates(period.days.map { grid.sum(of: members, from: $0, until: $0.next) })
    }

    /// Of a daily the eight days up to it; of longer periods their days, of a quarter and longer nothing by day.
    private func trend(of members: [Int]) -> [BulletinFacts.TrendDay] {
        let days: [Day]
        switch kind {
        case .daily, .special: days = (-7...0).map { Day(number: period.last.number + $0) }
        case .weekly, .monthly, .ranking: days = period.days
        case .quarterly, .yearly: return []
        }
        return days.filter { $0.start <= now }.map { day in
            var figures: [FigureKind: Ratio] = [:]
            for kind in [FigureKind.commitment, .onlineTime, .videoTime] {
                figures[kind] = grids[kind]?.sum(of: members, from: day, until: day.next) ?? Ratio.none
            }
            return BulletinFacts.TrendDay(day: day, figures: figures)
        }
    }

    private func weakVideo(of members: [Int]) -> [(enterprise: EnterpriseID, ratio: Ratio)] {
        guard let grid = grids[.videoTime] else { return [] }
        return members.map { place in
            (roster[place].id, grid.sum(of: [place], from: period.from, until: period.until))
        }.filter { $0.1.missing > 0 }.sorted { left, right in
            left.1.missing != right.1.missing ? left.1.missing > right.1.missing : left.0 < right.0
        }
    }

    private func places(
        of members: [Int], unit: RankedUnit, office: BulletinFacts.Office
    ) -> [EnterpriseID: BulletinLists.Place] {
        var places: [EnterpriseID: BulletinLists.Place] = [:]
        var names: [String: (name: String, office: String)] = [:]
        for place in members {
            let enterprise = roster[place]
            let id = unitID(enterprise, unit: unit)
            let record =
                names[id]
                ?? {
                    guard unit.digits != nil else { return (enterprise.name, enterprise.name) }
                    let record = officeOf(division: id)
                    return (record.map { BulletinFacts.Office.place($0.name) } ?? id, record?.name ?? id)
                }()
            names[id] = record
            // A city knows who regulates each enterprise; above it the office of the division answers.
            let addressee =
                unit == .county ? offices[enterprise.regulator]?.name ?? record.office : record.office
            places[enterprise.id] = BulletinLists.Place(
                enterprise: enterprise.id, name: enterprise.name, unit: id, unitName: record.name, office: addressee)
        }
        return places
    }

    private func recipients(of office: BulletinFacts.Office, members: [Int]) -> BulletinRecipients {
        var found = BulletinRecipients()
        let below = offices.values.filter { $0.parent == office.id }.sorted { $0.id < $1.id }
        found.offices = below.filter { $0.level != .park }.map(\.name)
        let parks = Set(members.compactMap { roster[$0].park })
        found.parks = offices.values.filter { $0.level == .park && ($0.parent == office.id || parks.contains($0.id)) }
            .map(\.name).sorted()
        found.groups = Set(members.compactMap { roster[$0].group }).sorted()
        found.enterprises = members.count
        return found
    }

    private func subordinates(of office: AuthorityID) -> Set<AuthorityID> {
        var found: Set<AuthorityID> = []
        for record in offices.values {
            var current: AuthorityID? = record.parent
            var steps = 0
            while let above = current, steps < 8 {
                if above == office { found.insert(record.id) }
                current = offices[above]?.parent
                steps += 1
            }
        }
        return found
    }
}
