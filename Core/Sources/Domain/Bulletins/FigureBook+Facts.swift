public import Kernel

extension FigureBook {
    /// The kinds whose days' mean the periodic bulletins tell (TB-05).
    static let meanKinds: [FigureKind] = [
        .commitment, .onlineTime, .videoTime, .enterprisesOnline, .enterprisesVideo,
    ]

    /// Work of offices, told of the office itself and of those below.
    static let officeKinds: [FigureKind] = [.patrols, .checks, .mustChecks]

    /// The facts of one office.
    /// - Parameter enterprises: what lies in its jurisdiction.
    public func facts(for office: BulletinFacts.Office, enterprises: Set<EnterpriseID>) -> BulletinFacts {
        let unit = RankedUnit.below(office.level)
        var facts = BulletinFacts(office: office, kind: kind, period: period, now: now, unit: unit)
        facts.isDemonstration = isDemonstration
        let own = roster.indices.filter { enterprises.contains(roster[$0].id) }
        var members: [String: [Int]] = [:]
        for place in own { members[unit.id(of: roster[place]), default: []].append(place) }
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
        for kind in Self.officeKinds { facts.ownWork[kind] = officeWork[kind]?[office.id] ?? Ratio.none }
        facts.weakVideo = weakVideo(of: own)
        facts.addressees = BulletinAddressees.text(office.level, beside: others(under: office.id))
        facts.lists.candidates = CandidateRule.find(facts)
        if let riskMonths {
            let month = Month(period.from)
            let boards = riskMonths.boards(
                through: month, unit: Ladder.unit(for: office.level), roster: own.map { roster[$0] },
                divisions: divisions, now: now)
            facts.ladder = Ladder(month, boards: boards)
        }
        return facts
    }

    private var comparison: BulletinPeriod { period.previous(kind: kind) }
    private var weekAgo: BulletinPeriod? {
        guard kind == .daily else { return nil }
        return BulletinPeriod(from: Day(number: period.from.number - 7), until: Day(number: period.until.number - 7))
    }

    private func makeUnit(
        _ id: String, _ members: [Int], unit: RankedUnit, office: BulletinFacts.Office, counts: Counts
    ) -> BulletinFacts.Unit {
        let record = unit.digits == nil ? nil : divisions.office(of: id)
        let name =
            unit.digits == nil
            ? members.first.map { roster[$0].name } ?? id : record.map { BulletinFacts.Office.place($0.name) } ?? id
        var found = BulletinFacts.Unit(id: id, name: name, office: record?.name ?? name)
        found.figures = figures(of: members, in: period, counts: counts)
        if unit != .enterprise {
            let offices = divisions.offices(of: id)
            for kind in Self.officeKinds {
                found.figures[kind] = offices.reduce(Ratio.none) { $0 + (officeWork[kind]?[$1.id] ?? Ratio.none) }
            }
        }
        found.before = figures(of: members, in: comparison, counts: counts)
        found.weekBefore = weekAgo.map { figures(of: members, in: $0, counts: counts) }
        for kind in Self.meanKinds { found.days[kind] = rates(kind, of: members, in: period) }
        return found
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
            let id = unit.id(of: enterprise)
            let record =
                names[id]
                ?? {
                    guard unit.digits != nil else { return (enterprise.name, enterprise.name) }
                    let record = divisions.office(of: id)
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

    private func others(under office: AuthorityID) -> [String] {
        offices.values.filter { $0.parent == office && $0.level == .county && !$0.coversRegion }
            .sorted { $0.id < $1.id }.map(\.name)
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
