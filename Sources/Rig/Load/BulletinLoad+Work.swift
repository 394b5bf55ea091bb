import Domain
import Kernel
import Storage

extension BulletinLoad {
    /// Patrols and checks of every office and day, records of checks, problems of thirty days.
    func storeWork(_ random: inout SeededGenerator, in session: inout Session) throws(StorageError) {
        var own: [String: [Int]] = [:]
        for index in 0..<enterprises {
            let place = region(index)
            for office in [place.province, enterprises < 1_000 ? Self.city : place.city, place.county] {
                own[office, default: []].append(index)
            }
        }
        let first = Self.day.number - max(30, days)
        for office in offices() {
            let members = own[office.id] ?? []
            let quota = min(members.count, office.level == .county ? 1 : office.level == .city ? 3 : 5)
            for day in (first...Self.day.number).map({ Day(number: $0) }) {
                let needed = office.level == .county ? 0 : 2
                let patrolled = random.chance(0.93) ? needed : max(0, needed - 1)
                let must = random.chance(0.2) ? 1 : 0
                let checked = random.chance(0.95) ? quota : max(0, quota - 1)
                if day.number > Self.day.number - days {
                    try session.execute(
                        """
                        INSERT INTO patrol_day (office_id, day, available, needed_divisions, needed_patrols, factor,
                            is_made_up, generated_at, done_divisions, done_patrols)
                        VALUES (\(office.id), \(day), 9, \(needed), \(needed), 1, 0, \(day.start), \(patrolled),
                            \(patrolled))
                        """)
                    try session.execute(
                        """
                        INSERT INTO check_day (authority_id, day, quota, factor, enterprises, draw, generated_at, must,
                            must_checked, checked)
                        VALUES (\(office.id), \(day), \(quota), 1, \(members.count), '{}', \(day.start), \(must),
                            \(min(must, checked)), \(checked))
                        """)
                }
                for number in 0..<checked {
                    let index = members[(Int(day.number) * quota + number) % members.count]
                    try storeCheck(index, by: office.id, on: day, &random, in: &session)
                }
            }
        }
    }

    private func storeCheck(
        _ index: Int, by office: String, on day: Day, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let hasProblem = random.chance(0.08)
        let at = day.start + .hours(Int64(random.integer(8...20)))
        let id = "S\(office)-\(day.number)-\(index)"
        if day.number > Self.day.number - days {
            let facts = SpotCheckFacts(
                at: at, enterpriseName: Self.name(index), region: region(index).county,
                hazards: sources(of: index).map { "罐区\($0 % 9 + 1)" }, level: .blue, commitment: "是 08:52",
                openAlarms: hasProblem ? 1 : 0, anomalies: hasProblem ? ["PT-2031 1.72>1.60 MPa"] : [],
                video: "10/10 在线", highLevels: [])
            let record = SpotCheckRecord(
                facts: facts, videoNote: "无", watch: hasProblem ? "脱岗" : "在岗", other: "无",
                verdicts: [.watch: hasProblem ? .problem : .sound], notes: hasProblem ? [.watch: "中控室无人值守"] : [:],
                inspectors: "甲、乙", contact: "电话")
            try session.execute(
                """
                INSERT INTO spot_check (id, authority_id, day, enterprise_id, opened_at, opened_by, record,
                    submitted_at, submitted_by, problem_count, version)
                VALUES (\(id), \(office), \(day), \(Self.id(index)), \(at), 'a', \(record.json), \(at), 'a',
                    \(hasProblem ? 1 : 0), 1) ON CONFLICT DO NOTHING
                """)
        }
        guard hasProblem else { return }
        let isDone = random.chance(day == Self.day ? 0.4 : 0.97)
        let severity = random.chance(0.05) ? "majorHiddenDanger" : random.chance(0.2) ? "serious" : "general"
        let topic = ["值班值守", "视频异常", "预警处置", "安全承诺"][random.integer(0...3)]
        let deadline = at + .days(severity == "general" ? 3 : 1)
        let rectified: Timestamp? = isDone ? min(at + .hours(Int64(random.integer(2...30))), Self.now - .hours(1)) : nil
        try session.execute(
            """
            INSERT INTO problem (id, source_kind, source_id, subject_kind, enterprise_id, severity, topic, content,
                stage, finder_id, holder_id, last_id, raised_at, raised_by, ordered_at, deadline, responded_at,
                rectified_at, closed_at, is_holder_overdue, is_feedback_overdue, was_overdue, version)
            VALUES (\("P" + id), 'spotCheck', \(id), 'enterprise', \(Self.id(index)), \(severity), \(topic),
                \("\(topic)不符合要求"), \(isDone ? "closed" : "ordered"), \(office), \(region(index).county),
                \(region(index).county), \(at), 'a', \(at), \(deadline), \(rectified), \(rectified), \(rectified), 0, 0,
                0, 1) ON CONFLICT DO NOTHING
            """)
        for (position, holder) in Set([office, region(index).county]).sorted().enumerated() {
            try session.execute(
                """
                INSERT INTO problem_office (problem_id, position, authority_id, received_at)
                VALUES (\("P" + id), \(position), \(holder), \(at)) ON CONFLICT DO NOTHING
                """)
        }
    }
}
