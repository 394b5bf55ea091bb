import Domain
import Kernel
import Operations
import Storage

/// What offices do every day: patrols, spot checks, duty calls, and what they found on its way down and back up.
extension YearRun {
    mutating func patrol(_ office: AuthorityID) throws(StorageError) {
        let today = Day(now)
        let tasks = try database.read { session throws(StorageError) in
            try PatrolStore.tasks(office: office, day: today, scope: .authority(office), in: &session)
        }
        for task in tasks where task.patrol == nil && (task.isSuggested || task.problem != nil) {
            var wrong: PatrolTopic?
            if chance.chance(0.05) { wrong = chance.pick(PatrolTopic.allCases) }
            let severity: ProblemSeverity = chance.chance(0.15) ? .serious : .general
            let sheet = PatrolSheet(
                kind: task.kind, subject: task.subject,
                answers: PatrolTopic.allCases.map { topic in
                    PatrolAnswer(
                        item: topic.rawValue, title: topic.label, isNormal: topic != wrong,
                        severity: topic == wrong ? severity : nil, note: topic == wrong ? "值守席无人应答,记录不全" : "")
                }, inspector: "值守员", followed: task.problem,
                conclusion: task.problem == nil ? nil : .unrectified, conclusionNote: "现场看过,仍未到位")
            try act(as: office.rawValue) { _, context, session throws(ProblemFailure) in
                try PatrolOperations.submit(sheet, by: office, context: &context, in: &session)
            }
        }
    }

    /// Everything on today's list that has no record yet.
    mutating func check(_ office: AuthorityID) throws(StorageError) {
        let today = Day(now)
        let list = try database.read { session throws(StorageError) in
            try SpotCheckListing.all(of: office, on: today, scope: .authority(office), in: &session)
        }
        for item in list where item.submittedAt == nil && !item.isReserve {
            let enterprise = item.enterprise
            var found: SpotCheckContent?
            if chance.chance(0.06) { found = chance.pick(SpotCheckContent.allCases) }
            let finding: SpotCheckRecordOperations.Finding =
                found == nil ? .none : (chance.chance(0.06) ? .majorHiddenDanger : .problem)
            let hasViolation = chance.chance(0.004)
            try act(as: office.rawValue) { _, context, session throws(SpotCheckFailure) in
                let id = try SpotCheckRecordOperations.open(
                    enterprise, office: office, inspectors: "值守员、科长", contact: "0351-0000000", context: &context,
                    in: &session)
                try SpotCheckRecordOperations.submit(
                    id,
                    { record in
                        for content in SpotCheckContent.allCases {
                            record.verdicts[content] = content == found ? .problem : .sound
                        }
                        if let found { record.notes[found] = "\(found.title)不到位,责任人说不清本班风险" }
                        record.videoNote = hasViolation ? "罐区有人未戴安全帽" : "无"
                        record.hasCameraViolation = hasViolation
                        record.watch = "在岗,应答及时"
                        record.other = "无"
                    }, finding: finding, scope: .authority(office), context: &context, in: &session)
            }
        }
    }

    mutating func call(_ office: AuthorityID) throws(StorageError) {
        let places = try database.read { session throws(StorageError) in
            try session.rows(
                """
                SELECT e.id FROM enterprise AS e WHERE \(Scope.authority(office).enterprises(column: "e.id"))
                ORDER BY e.id
                """
            ) { row throws(StorageError) in row.next() as EnterpriseID }
        }
        guard !places.isEmpty else { return }
        let target = chance.pick(places)
        try act(as: office.rawValue) { _, context, session throws(SpotCheckFailure) in
            try DutyCallOperations.call(
                .enterprise(target), minutes: 10, question: "", office: office, context: &context, in: &session)
        }
    }

    mutating func answer(_ id: DutyCallID) throws(StorageError) {
        let found = try database.read { session throws(StorageError) in
            try session.first("SELECT target_id FROM duty_call WHERE id = \(id) AND target_kind = 'enterprise'") {
                row throws(StorageError) in row.next() as EnterpriseID
            }
        }
        guard let enterprise = found else { return }
        try act(as: enterprise.rawValue) { _, context, session throws(SpotCheckFailure) in
            try DutyCallOperations.answer(
                id, name: "调度员", text: "在岗 4 人,装置运行平稳", scope: .enterprise(enterprise), context: &context,
                in: &session)
        }
    }

    /// One step of a problem by whoever has it; then the next one is planned, until it is closed.
    mutating func advance(_ id: ProblemID) throws(StorageError) {
        let (problem, _) = try database.read { session throws(StorageError) in
            try ProblemStore.load(id, in: &session)
        }
        guard problem.isOpen else { return }
        let last = problem.last
        let supervisor = problem.supervision.flatMap { $0.liftedAt == nil ? $0.by : nil }
        var step: (command: ProblemCommand, actor: String)
        switch problem.stage {
        case .raised where !problem.isDelivered:
            let holder = problem.holder
            step = (.handDown(to: problem.path[problem.position + 1], note: "请督促整改", by: holder), holder.rawValue)
        case .raised:
            // Its own problem an office is told to mend by the one above it.
            let by = problem.subject == .authority(last) ? problem.finder : last
            let order: Rectification =
                chance.chance(0.5)
                ? .atOnce : .limited(measures: "限期整改,期间专人看守", deadline: now + .days(Int64(chance.integer(2...12))))
            step = (.order(order, by: by), by.rawValue)
        case .ordered where !problem.isDelivered:
            let holder = problem.holder
            step = (.handDown(to: problem.path[problem.position + 1], note: "请落实", by: holder), holder.rawValue)
        case .ordered:
            let answer = ProblemCommand.Answer(measures: "已按要求整改", proof: "现场照片两张,培训签到表", finishedAt: now)
            step = (.feedBack(answer, by: problem.subject), problem.subject.id)
        case .rectified:
            let by = problem.subject == .authority(last) ? problem.finder : last
            let isGood = !chance.chance(0.08)
            step = (.recheck(isGood ? .rectified : .unrectified, note: "现场复查", next: nil, by: by), by.rawValue)
        case .rechecked:
            let by = problem.subject == .authority(last) ? problem.finder : last
            step =
                supervisor.map { (.liftSupervision(note: "整改到位,解除督办", by: $0), $0.rawValue) }
                ?? (.close(note: "复查合格", by: by), by.rawValue)
        case .closed: return
        }
        let command = step.command
        try act(as: step.actor) { _, context, session throws(ProblemFailure) in
            try ProblemOperations.perform(command, on: id, scope: .system, context: &context, in: &session)
        }
        agenda.add(.problem(id), at: soon(120...2_200))
    }

    mutating func advance(_ id: QualityFindingID) throws(StorageError) {
        let found = try database.read { session throws(StorageError) in
            try QualityFindingStore.find(id, scope: .system, in: &session)
        }
        guard let stored = found else { return }
        let enterprise = stored.subject.enterprise
        guard let site = world.sites.first(where: { $0.id == enterprise }) else { return }
        let (command, actor, account): (QualityFinding.Command, QualityFinding.Actor, String)
        switch stored.finding.state {
        case .found:
            (command, actor, account) = (.assign(deadline: nil, advice: "请核实并整改"), .authority, site.county.rawValue)
        case .assigned:
            if stored.subject.rule == .gasLedgerGap,
                let index = world.sites.firstIndex(where: { $0.id == enterprise })
            {
                try tellLedger(of: index, tooMany: 0)
            }
            (command, actor, account) = (.rectify("已更换卡件并校验"), .enterprise, enterprise.rawValue)
        case .rectified:
            let isPassed = !chance.chance(0.1)
            (command, actor, account) = (.recheck(isPassed: isPassed, note: "曲线仍异常"), .authority, site.county.rawValue)
        case .closed, .dismissed:
            underway.remove("finding:" + id.rawValue)
            return
        }
        let scope: Scope = actor == .enterprise ? .enterprise(enterprise) : .authority(site.county)
        try act(as: account) { _, context, session throws(QualityFailure) in
            try QualityOperations.perform(
                command, on: id, by: actor, scope: scope, context: &context, in: &session)
        }
        agenda.add(.finding(id), at: soon(300...3_000))
    }
}
