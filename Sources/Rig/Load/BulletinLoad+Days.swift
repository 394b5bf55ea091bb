import Domain
import Kernel
import Storage

extension BulletinLoad {
    /// Spans of the enterprise and its ten cameras; some were filed as under repair, some were off line for days.
    func storePresence(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let id = Self.id(index)
        try storeSpans("enterprise", id, of: id, gapADay: 0.01, &random, in: &session)
        for camera in 0..<10 {
            let name = "BC\(index)-\(camera)"
            try session.execute(
                """
                INSERT INTO camera (id, enterprise_id, name, place, created_at)
                VALUES (\(name), \(id), \("\(camera + 1)号摄像机"), 'tank', \(Self.registeredAt))
                """)
            try storeSpans("camera", name, of: id, gapADay: 0.008, &random, in: &session)
        }
        guard random.chance(0.02) else { return }
        let isLong = random.chance(0.2)
        let from = isLong ? Self.registeredAt + .days(680) : Self.day.start + .hours(Int64(random.integer(-30...12)))
        let until = from + (isLong ? .days(200) : .hours(Int64(random.integer(6...60))))
        try session.execute(
            """
            INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at, submitted_at,
                submitted_by, is_late, confirmed_at, effect_from, effect_until, done)
            VALUES (\("BF" + id), \(id), \(isLong ? "longStop" : "maintenance"), 1, '检修', '巡检', \(from), \(until),
                \(from - .days(2)), 'a', 0, \(from - .days(1)), \(from), \(until), '')
            """)
    }

    private func storeSpans(
        _ kind: String, _ subject: String, of enterprise: String, gapADay: Double, _ random: inout SeededGenerator,
        in session: inout Session
    ) throws(StorageError) {
        var from = Self.day.start - .days(Int64(days) + 20)
        func insert(_ until: Timestamp?, in session: inout Session) throws(StorageError) {
            try session.execute(
                """
                INSERT INTO presence_span (subject_kind, subject_id, enterprise_id, online_from, online_until)
                VALUES (\(kind), \(subject), \(enterprise), \(from), \(until))
                """)
        }
        for day in allDays where day.start >= from && random.chance(gapADay) {
            let cut = day.start + .seconds(Int64(random.integer(0...80_000)))
            let length = random.chance(0.05) ? random.integer(20...110) * 3_600 : random.integer(300...14_000)
            try insert(cut, in: &session)
            from = cut + .seconds(Int64(length))
        }
        if from < Self.now { try insert(nil, in: &session) }
    }

    func storeDays(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let (id, last) = (Self.id(index), Self.day)
        let content = CommitmentDraft.bench(index, at: last.start + .hours(10)).json
        var open: Set<Int> = []
        let care = random.unit()
        for day in allDays {
            try session.execute(
                "INSERT INTO commitment_day (day, enterprise_id) VALUES (\(day), \(id)) ON CONFLICT DO NOTHING")
            try storePromise(index, day, care: care, content, &random, in: &session)
            let isWeekEnd = (day.number - last.number) % 7 == 0
            for source in sources(of: index) where isWeekEnd {
                let until = day.next.start
                let done: Timestamp? = random.chance(0.9 + care / 10) ? until - .hours(20) : nil
                try session.execute(
                    """
                    INSERT INTO duty_task (id, enterprise_id, hazard_id, role, kind, period, title, from_at, until_at,
                        is_partial, created_at, done_at)
                    VALUES (\("D\(source)-\(day.number)"), \(id), \(Self.hazard(source)), 'operations', 'weekly',
                        \("w\(day.number)"), '周排查', \(until - .days(7)), \(until), 0, \(until - .days(7)), \(done))
                    """)
            }
            try storeAlarms(index, day, &open, &random, in: &session)
            var tally = QualityTally()
            tally.add(60 - random.integer(0...3), of: 60, to: .truth)
            tally.add(90_000 - random.integer(0...9_000), of: 90_000, to: .promptness)
            tally.add(70 - Int((1 - care) * 25), of: 70, to: .completeness)
            tally.add(64 - index % 7, of: 64, to: .standard)
            tally.add(90_000 - random.integer(0...4_000), of: 90_000, to: .accuracy)
            let item = QualityStore.Item(
                kind: .point, id: Self.point(sources(of: index).lowerBound), name: "", hazard: nil, tally: tally)
            try QualityStore.store([item], of: EnterpriseID(id), day: day, in: &session)
        }
        guard random.chance(0.03) else { return }
        let start = last.start + .hours(Int64(random.integer(0...20)))
        try session.execute(
            """
            INSERT INTO operation_record (id, enterprise_id, kind, device_name, content, start_at, expire_at,
                person_name, person_phone, removes_interlock, emergency_plan, created_at, created_by)
            VALUES (\("O" + id), \(id), \(["startUp", "shutDown", "maintenance"][index % 3]), '合成塔', '检修', \(start),
                \(start + .hours(9)), '甲', '13900000000', 0, '有', \(start - .hours(12)), 'a')
            """)
    }

    private func storePromise(
        _ index: Int, _ day: Day, care: Double, _ content: JSON, _ random: inout SeededGenerator,
        in session: inout Session
    ) throws(StorageError) {
        guard random.chance(0.97 + care * 0.03) else { return }
        let id = Self.id(index)
        let isLate = random.chance(0.012)
        let received = day.start + (isLate ? .minutes(Int64(random.integer(601...900))) : .hours(9))
        let isByDelegate = !isLate && random.chance(0.01)
        let level: Level = random.chance(0.005) ? .orange : .blue
        try session.execute(
            """
            INSERT INTO commitment (id, enterprise_id, day, version, is_current, received_at, first_received_at,
                state, is_by_delegate, signed_by_delegate, signer, source, actor, risk_level, risk_score, units,
                running, stopped, overhaul, hot_work, special_work, is_starting_or_stopping, has_hidden_danger,
                content)
            VALUES (\("\(id)-\(day.number)"), \(id), \(day), 1, 1, \(received), \(received),
                \(isLate ? "late" : "onTime"), \(isByDelegate), \(isByDelegate), '甲', 'page', 'a', \(level), 10.0, 4,
                3, 1, 0, 0, 0, \(random.chance(0.02)), 0, \(content))
            """)
    }

    /// 0.65 an enterprise and day; a few points again and again; one in a hundred stays open.
    private func storeAlarms(
        _ index: Int, _ day: Day, _ open: inout Set<Int>, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let isRestless = index % 40 == 7
        let count = isRestless ? random.integer(2...9) : random.chance(0.3) ? random.integer(1...2) : 0
        let own = sources(of: index)
        for number in 0..<count {
            let source = isRestless ? own.lowerBound : random.integer(own.lowerBound...(own.upperBound - 1))
            guard !open.contains(source) else { continue }
            let opened = day.start + .seconds(Int64(random.integer(0...86_000)))
            let stays = day == Self.day && random.chance(0.03)
            if stays { open.insert(source) }
            let cleared: Timestamp? = stays ? nil : opened + .seconds(Int64(random.integer(60...5_400)))
            let name = "\(Self.id(index))-\(day.number)-\(number)"
            try session.execute(
                """
                INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state, worst_state,
                    current_state, current_since, side_since, chain_id, occurrences, cleared_at)
                VALUES (\(name), \(Self.point(source)), \(Self.hazard(source)), \(Self.id(index)), 'pressure',
                    \(opened), 'high', 'high', 'normal', \(opened), \(opened), \(name), 1, \(cleared))
                """)
        }
    }
}

extension CommitmentDraft {
    /// A whole form, as long as a real one.
    static func bench(_ index: Int, at now: Timestamp) -> CommitmentDraft {
        var draft = CommitmentDraft()
        for count in CommitmentCount.allCases { draft.counts[count] = 0 }
        draft.counts[.units] = 4
        draft.counts[.running] = 3
        draft.counts[.stopped] = 1
        if index % 17 == 0, let first = CommitmentCount.hotWork.first { draft.counts[first] = 1 }
        if index % 11 == 0 { draft.counts[.confinedSpace] = 1 }
        for flag in CommitmentFlag.allCases { draft.flags[flag] = false }
        draft.flags[.hazardsSafe] = true
        draft.flags[.responsibilityCarriedOut] = true
        draft.texts = [.notice: "今天我公司已进行安全风险研判,各项安全风险防控措施已落实到位。", .measures: "加强巡检。", .dutyLead: "甲"]
        draft.riskLevel = .blue
        draft.riskScore = 10
        draft.signer = "甲"
        draft.judgements = [
            Judgement(tier: .team, unit: "甲班", name: "乙", at: now - .hours(2)),
            Judgement(tier: .workshop, unit: "合成车间", name: "丙", at: now - .hours(1)),
            Judgement(tier: .enterprise, unit: "", name: "丁", at: now - .minutes(20)),
        ]
        return draft
    }
}
