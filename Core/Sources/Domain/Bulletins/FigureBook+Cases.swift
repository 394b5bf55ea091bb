import Kernel

extension FigureBook {
    /// Warnings and episodes by enterprise, found once for all units.
    struct Counts {
        var warnings: [Int: [(at: Timestamp, level: Level)]] = [:]
        var episodes: [Int: [(at: Timestamp, level: Level)]] = [:]

        init(_ book: FigureBook, members: [Int]) {
            let wanted = Set(members)
            for record in book.cases {
                let warning = record.history.warning
                guard let place = book.index[warning.enterprise], wanted.contains(place) else { continue }
                warnings[place, default: []].append((warning.raisedAt, warning.peakLevel))
            }
            for episode in book.episodes {
                guard let place = book.index[episode.enterprise], wanted.contains(place) else { continue }
                episodes[place, default: []].append((episode.from, episode.peak))
            }
        }
    }

    /// Those that stood at orange or red in the period, the highest and oldest first.
    func risks(of enterprises: Set<EnterpriseID>) -> [BulletinLists.Risk] {
        let (from, until) = (period.from.start, min(period.until.start, now + .milliseconds(1)))
        var names: [HazardID: String] = [:]
        for record in cases { names[record.history.warning.hazard] = record.hazard }
        return episodes.filter { enterprises.contains($0.enterprise) && $0.overlaps(from: from, until: until) }
            .map { episode in
                BulletinLists.Risk(
                    enterprise: episode.enterprise, peak: episode.peak, from: episode.from, until: episode.until,
                    hazards: episode.hazards.map { names[$0] ?? $0.rawValue }, isNew: episode.from >= from)
            }
            .sorted { left, right in
                if left.peak != right.peak { return left.peak > right.peak }
                return left.from != right.from ? left.from < right.from : left.enterprise < right.enterprise
            }
    }

    /// Warnings of the period: raised in it, or open into it.
    func caseList(of enterprises: Set<EnterpriseID>) -> [BulletinLists.Case] {
        let window = periodWindow
        return cases.compactMap { record -> BulletinLists.Case? in
            let warning = record.history.warning
            guard enterprises.contains(warning.enterprise), warning.raisedAt < window.until,
                warning.closedAt.map({ $0 >= window.from }) ?? true
            else { return nil }
            return BulletinLists.Case(
                id: warning.id, enterprise: warning.enterprise, hazard: record.hazard, peak: warning.peakLevel,
                raisedAt: warning.raisedAt, isFallen: warning.level < warning.peakLevel,
                clearedAt: warning.clearedAt, cautions: Int(warning.cautionCount),
                isReportInTime: warning.firstReport?.isInTime, openSupervisions: warning.openSupervisions)
        }.sorted { left, right in
            if left.peak != right.peak { return left.peak > right.peak }
            return left.raisedAt != right.raisedAt ? left.raisedAt < right.raisedAt : left.id < right.id
        }
    }
}

extension BulletinLists {
    /// What concerns the enterprises, and problems of the offices below.
    func filtered(to enterprises: Set<EnterpriseID>, subordinates: Set<AuthorityID>) -> BulletinLists {
        func has(_ enterprise: EnterpriseID) -> Bool { enterprises.contains(enterprise) }
        var lists = BulletinLists()
        lists.promises = promises.filter { has($0.enterprise) }
        lists.offline = offline.filter { has($0.enterprise) }
        lists.vacancies = vacancies.filter { has($0.enterprise) }
        lists.overdueDuties = overdueDuties.filter { has($0.enterprise) }
        lists.installations = installations.filter { has($0.enterprise) }
        lists.operations = operations.filter { has($0.enterprise) }
        lists.alarms = alarms.filter { has($0.enterprise) }
        lists.repeated = repeated.filter { has($0.enterprise) }
        lists.checks = checks.filter { has($0.enterprise) }
        lists.violations = violations.filter { has($0.enterprise) }
        lists.qualities = qualities.filter { has($0.enterprise) }
        lists.unconnected = unconnected.filter { has($0) }
        lists.problems = problems.filter { problem in
            problem.enterprise.map(has) ?? problem.authority.map(subordinates.contains) ?? false
        }
        return lists
    }
}
