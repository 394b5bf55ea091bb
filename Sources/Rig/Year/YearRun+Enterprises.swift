import Domain
import Kernel
import Operations
import Storage

/// What enterprises do every day: the commitment, the duties of the three persons, filings, causes of what comes back.
extension YearRun {
    /// The smallest thing that is taken for a photograph.
    private static let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 1, count: 128)

    mutating func commit(_ index: Int) throws(StorageError) {
        let site = world.sites[index]
        let draft = draft(of: site, index)
        guard let principal = site.people[.principal] else { return }
        try act(as: site.id.rawValue) { _, context, session throws(CommitmentFailure) in
            try CommitmentOperations.submit(
                CommitmentSubmission(enterprise: site.id, draft: draft, signer: .person(principal), source: "page"),
                context: &context, in: &session)
        }
    }

    private mutating func draft(of site: YearRegistry.Site, _ index: Int) -> CommitmentDraft {
        var draft = CommitmentDraft()
        for count in CommitmentCount.allCases { draft.counts[count] = 0 }
        draft.counts[.units] = site.sources.count
        let isStopped = chance.chance(0.04)
        draft.counts[.running] = isStopped ? 0 : site.sources.count
        draft.counts[.stopped] = isStopped ? site.sources.count : 0
        for (count, grade) in zip(CommitmentCount.grades, HazardGrade.allCases) {
            draft.counts[count] = site.grades[grade] ?? 0
        }
        // Somebody counts wrongly.
        if chance.chance(0.01) { draft.counts[.gradeTwo, default: 0] += 1 }
        for flag in CommitmentFlag.allCases { draft.flags[flag] = false }
        draft.flags[.hazardsSafe] = true
        draft.flags[.responsibilityCarriedOut] = true
        if chance.chance(0.08) { draft.counts[.fireSecond] = 1 }
        for flag in CommitmentFlag.allCases {
            if let count = flag.count { draft.flags[flag] = (draft.counts[count] ?? 0) > 0 }
        }
        draft.texts = [
            .notice: "各装置安全运行", .measures: "加强巡检和交接班", .dutyLead: "值班领导\(index + 1)", .dutyLeadPhone: "13900000000",
        ]
        draft.riskLevel = chance.chance(0.02) ? .orange : (chance.chance(0.1) ? .yellow : .blue)
        draft.riskScore = draft.riskLevel == .orange ? 60 : (draft.riskLevel == .yellow ? 35 : 10)
        draft.judgements = [
            Judgement(tier: .team, unit: "甲班", name: "班长", at: now - .hours(2)),
            Judgement(tier: .workshop, unit: "罐区", name: "车间主任", at: now - .hours(1)),
            Judgement(tier: .enterprise, unit: "", name: "总经理", at: now - .minutes(1)),
        ]
        return draft
    }

    /// Some of what is open, the more the nearer its end.
    mutating func doDuties(of index: Int) throws(StorageError) {
        let site = world.sites[index]
        let instant = now
        let open = try database.read { session throws(StorageError) in
            var filter = DutyStore.Filter()
            filter.enterprise = site.id
            filter.isUndoneOnly = true
            filter.endingAfter = instant
            return try DutyStore.list(filter, scope: .enterprise(site.id), limit: 100, in: &session)
        }
        for listing in open where listing.task.from <= now {
            let days = max(1, (listing.task.until - now) / .days(1))
            guard chance.chance(days == 1 ? 0.85 : 0.25), let person = listing.person else { continue }
            let hasFound = chance.chance(0.05)
            let answers = Dictionary(
                listing.task.kind.items.enumerated().map { ($1, hasFound && $0 == 0 ? DutyAnswer.problem : .good) },
                uniquingKeysWith: { first, _ in first })
            let record = DutyRecord(
                answers: answers, text: "罐区现场检查,附件、仪表、围堰逐项看过", measures: hasFound ? "已下达整改单,三日内完成" : "")
            let id = listing.task.id
            try act(as: person.rawValue) { _, context, session throws(DutyFailure) in
                try DutyOperations.complete(
                    id, record: record, photos: [Self.photo], person: person, scope: .person(person),
                    context: &context, in: &session)
            }
        }
    }

    mutating func analyse(_ id: String) throws(StorageError) {
        let found = try database.read { session throws(StorageError) in
            try session.first("SELECT enterprise_id FROM root_cause WHERE id = \(id) AND submitted_at IS NULL") {
                row throws(StorageError) in row.next() as EnterpriseID
            }
        }
        guard let enterprise = found else { return }
        let finish = Day(now).next
        try act(as: enterprise.rawValue) { _, context, session throws(DutyFailure) in
            try DutyOperations.analyse(
                id,
                RootCause.Analysis(
                    cause: "液位计引压管结晶", measures: "加伴热并缩短清洗周期", responsible: "设备主管", finishBy: finish),
                by: RegistryEditor(scope: .enterprise(enterprise), role: .safety), context: &context, in: &session)
        }
    }

    /// How many gas detectors the enterprise counts in its own book.
    mutating func tellLedger(of index: Int, tooMany: Int) throws(StorageError) {
        let site = world.sites[index]
        let detectors = site.points.count { world.points[$0].isGas } + tooMany
        try act(as: site.id.rawValue) { _, context, session throws(QualityFailure) in
            try QualityOperations.tellLedger(
                detectors, of: site.id, context: &context, in: &session)
        }
    }

    mutating func file(_ index: Int) throws(StorageError) {
        let site = world.sites[index]
        let isWhole = chance.chance(0.3)
        let source = chance.pick(site.sources)
        let from = now + .hours(Int64(chance.integer(2...30)))
        let until = from + .hours(Int64(chance.integer(4...72)))
        let draft = FilingDraft(
            kind: isWhole ? .plannedStop : .maintenance,
            coverage: isWhole ? .whole : FilingCoverage(points: [world.points[chance.pick(source.points)].id]),
            reason: isWhole ? "计划检修,全厂停车" : "仪表校验", measures: "停用期间人工巡检,每两小时记录一次", from: from, until: until,
            foundAt: nil)
        try act(as: site.id.rawValue) { _, context, session throws(FilingFailure) in
            try FilingOperations.submit(
                draft, attachments: [], of: site.id, by: RegistryEditor(scope: .enterprise(site.id), role: .safety),
                context: &context, in: &session)
        }
    }

    mutating func decide(_ id: FilingID) throws(StorageError) {
        let found = try database.read { session throws(StorageError) in
            try session.first(
                """
                SELECT e.regulator_id FROM filing AS f JOIN enterprise AS e ON e.id = f.enterprise_id
                WHERE f.id = \(id)
                """
            ) { row throws(StorageError) in row.next() as AuthorityID }
        }
        guard let office = found else { return }
        let isConfirmed = !chance.chance(0.05)
        try act(as: office.rawValue) { table, context, session throws(FilingFailure) in
            try FilingOperations.decide(
                id, isConfirmed: isConfirmed, note: isConfirmed ? nil : "停用时间写得过长,请说明",
                by: RegistryEditor(scope: .authority(office), role: .duty), table: &table, context: &context,
                in: &session)
        }
    }
}
