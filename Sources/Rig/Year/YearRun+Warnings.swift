import Domain
import Kernel
import Operations
import Storage

/// What people do about warnings, and how they come to know of what the platform wrote.
extension YearRun {
    /// What was logged is what people see: each entry may set somebody to work.
    mutating func react(to journal: [LogEntry]) throws(StorageError) {
        for entry in journal {
            switch entry.streamKind {
            case "warning": react(toWarning: entry)
            case "problem":
                if underway.insert("problem:" + entry.streamID).inserted {
                    agenda.add(.problem(ProblemID(entry.streamID)), at: soon(90...1_500))
                }
            case "quality":
                if entry.kind != "told", underway.insert("finding:" + entry.streamID).inserted {
                    agenda.add(.finding(QualityFindingID(entry.streamID)), at: soon(200...3_000))
                }
            case "duty":
                if entry.kind == "rootCauseAsked" { agenda.add(.analyse(entry.streamID), at: soon(600...5_000)) }
            case "filing":
                if entry.kind == "submitted" { agenda.add(.decideFiling(FilingID(entry.streamID)), at: soon(20...280)) }
            case "check":
                if entry.kind == "called", !chance.chance(0.04) {
                    agenda.add(.answerCall(DutyCallID(entry.streamID)), at: soon(1...9))
                }
            case "bulletin":
                if entry.kind == "drafted" {
                    let morning = clock(Day(now), 9, Int64(chance.integer(1...40)))
                    agenda.add(.bulletin(BulletinID(entry.streamID)), at: max(morning, now + .minutes(20)))
                }
            default: break
            }
        }
    }

    private mutating func react(toWarning entry: LogEntry) {
        guard let event = WarningEvent(kind: entry.kind, payload: entry.payload) else {
            faults.append("an event of our own cannot be read: \(entry.kind)")
            return
        }
        let id = WarningID(entry.streamID)
        switch event {
        case .raised(let raised):
            hazards[id] = raised.hazard
            if !chance.chance(0.06) { agenda.add(.acknowledge(id, raised.hazard), at: soon(1...45)) }
        case .allClear:
            guard let hazard = hazards[id] else { return }
            let isLate = chance.chance(0.08)
            agenda.add(.report(id, hazard), at: soon(isLate ? 65...300 : 8...55))
        case .reported: agenda.add(.decideReport(id), at: soon(15...400))
        case .reportReturned:
            guard let hazard = hazards[id] else { return }
            agenda.add(.report(id, hazard), at: soon(10...50))
        case .supervisionOrdered(_, let office, _): agenda.add(.feedBack(id, office), at: soon(60...1_600))
        case .closed: hazards[id] = nil
        case .changed, .cleared, .alarmLinked, .alarmCleared, .cautioned, .reportOverdue, .acknowledged, .progressed,
            .reportApproved, .fedBack, .annotated:
            break
        }
    }

    private func site(of hazard: HazardID) -> YearRegistry.Site {
        guard let site = world.sites.first(where: { $0.sources.contains { $0.id == hazard } }) else {
            preconditionFailure("a source of our own world: \(hazard)")
        }
        return site
    }

    private func isOpen(_ id: WarningID) throws(StorageError) -> Bool {
        try database.read { session throws(StorageError) in
            try session.first("SELECT 1 FROM warning WHERE id = \(id) AND closed_at IS NULL") {
                row throws(StorageError) in row.next() as Int64
            } != nil
        }
    }

    private mutating func perform(
        _ command: WarningCommand, on id: WarningID, as actor: String, scope: Scope
    ) throws(StorageError) {
        try act(as: actor) { _, context, session throws(WarningFailure) in
            try WarningOperations.perform(command, on: id, scope: scope, context: &context, in: &session)
        }
    }

    mutating func acknowledge(_ id: WarningID, _ hazard: HazardID) throws(StorageError) {
        guard try isOpen(id) else { return }
        let person = chance.pick(ResponsibleRole.allCases.compactMap { site(of: hazard).people[$0] })
        try perform(
            .acknowledge(by: person, note: "已到现场"), on: id, as: person.rawValue, scope: .person(person))
    }

    mutating func report(_ id: WarningID, _ hazard: HazardID) throws(StorageError) {
        // A rebound, or a report that stands already, makes this one needless.
        let isWaiting = try database.read { session throws(StorageError) in
            try session.first(
                """
                SELECT 1 FROM warning WHERE id = \(id) AND closed_at IS NULL AND all_clear_at IS NOT NULL
                    AND reported_at IS NULL
                """
            ) { row throws(StorageError) in row.next() as Int64 } != nil
        }
        guard isWaiting else { return }
        let site = site(of: hazard)
        let words = chance.pick([
            ("已恢复正常", "收料速度过快", "降低收料流量并修订操作卡"), ("已处置完毕", "仪表漂移", "校验仪表,缩短校验周期"),
            ("现场已清理,浓度归零", "法兰垫片老化泄漏", "更换垫片,同类法兰全部排查"), ("压力已泄至正常", "环境温度升高", "启动喷淋,增加巡检"),
        ])
        try perform(
            .report(by: "enterprise", result: words.0, cause: words.1, measures: words.2), on: id,
            as: site.id.rawValue, scope: .enterprise(site.id))
    }

    mutating func decideReport(_ id: WarningID) throws(StorageError) {
        let waiting = try database.read { session throws(StorageError) in
            try session.first(
                """
                SELECT e.regulator_id FROM warning AS w JOIN enterprise AS e ON e.id = w.enterprise_id
                WHERE w.id = \(id) AND w.closed_at IS NULL AND w.reported_at IS NOT NULL AND w.approved_at IS NULL
                """
            ) { row throws(StorageError) in row.next() as AuthorityID }
        }
        guard let office = waiting else { return }
        let command: WarningCommand =
            chance.chance(0.08)
            ? .returnReport(by: office.rawValue, note: "原因分析过于笼统,请补充") : .approveReport(by: office.rawValue)
        try perform(command, on: id, as: office.rawValue, scope: .authority(office))
    }

    mutating func feedBack(_ id: WarningID, _ office: AuthorityID) throws(StorageError) {
        let isWaiting = try database.read { session throws(StorageError) in
            try session.first(
                """
                SELECT 1 FROM supervision WHERE warning_id = \(id) AND authority_id = \(office) AND fed_back_at IS NULL
                """
            ) { row throws(StorageError) in row.next() as Int64 } != nil
        }
        guard isWaiting else { return }
        try perform(
            .feedBack(by: office, text: "已派员现场核查,处置措施落实"), on: id, as: office.rawValue,
            scope: .authority(office))
    }
}
