import Domain
import Kernel
import Operations
import Storage

/// A city of two counties, six enterprises, and two days of everything that the figures count, put straight into the
/// tables by a seed. All names are invented.
struct FigureWorld {
    static let day = Day(year: 2026, month: 11, day: 22) ?? Day(number: 0)
    static var now: Timestamp { day.next.start + .hours(8) }
    static let enterprises = (0..<6).map { EnterpriseID("F\($0)") }
    static let counties: [AuthorityID] = ["county0", "county1"]

    static func county(_ index: Int) -> AuthorityID { counties[index % 2] }

    static func seed(_ seed: UInt64 = 1, in session: inout Session) throws(StorageError) {
        var random = SeededGenerator(seed: seed)
        try registry(in: &session)
        for index in enterprises.indices {
            try presence(index, &random, in: &session)
            try promises(index, &random, in: &session)
            try alarms(index, &random, in: &session)
            try work(index, &random, in: &session)
        }
        try warnings(in: &session)
        try offices(in: &session)
    }

    private static func registry(in session: inout Session) throws(StorageError) {
        let authorities: [(String, AuthorityLevel, String, String, String?)] = [
            ("province", .province, "山西省应急管理厅", "140000", nil),
            ("city", .city, "晋城市应急管理局", "140500", "province"),
            ("county0", .county, "沁水县应急管理局", "140521", "city"),
            ("county1", .county, "泽州县应急管理局", "140525", "city"),
        ]
        let before = day.start - .days(60)
        for (id, level, name, region, parent) in authorities {
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, parent_id, created_at)
                VALUES (\(id), \(level), \(name), \(region), \(parent), \(before))
                """)
        }
        for (index, id) in enterprises.enumerated() {
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, created_at)
                VALUES (\(id), \("企业\(index)"), \(index % 2 == 0 ? "140521" : "140525"), \(county(index)), \(before))
                """)
            for authority in ["province", "city", county(index).rawValue] {
                try session.execute(
                    "INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), \(id))")
            }
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES (\("H\(index)"), \(id), \("罐区\(index)"), 'storage', 2, \(before))
                """)
            try session.execute(
                """
                INSERT INTO point (id, enterprise_id, hazard_id, name, kind, unit, on_delay_ms, off_delay_ms, deadband,
                    created_at)
                VALUES (\("P\(index)"), \(id), \("H\(index)"), \("PT-\(index)"), 'pressure', 'MPa', 0, 0, 0.0,
                    \(before))
                """)
            try session.execute(
                """
                INSERT INTO gateway (id, enterprise_id, key_hash, key_hint, created_at, seen_at)
                VALUES (\("G\(index)"), \(id), \([UInt8(index)]), 'k', \(before), \(now))
                """)
            for camera in 0..<2 {
                try session.execute(
                    """
                    INSERT INTO camera (id, enterprise_id, name, place, created_at)
                    VALUES (\("C\(index)-\(camera)"), \(id), \("摄像机\(camera)"), 'tank', \(before))
                    """)
            }
        }
    }

    /// Spans over three days, some through midnight; the fifth enterprise filed six hours out, confirmed.
    private static func presence(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        let id = enterprises[index]
        func spans(
            _ kind: String, _ subject: String, _ random: inout SeededGenerator, in session: inout Session
        ) throws(StorageError) {
            var from = day.start - .hours(30)
            while from < now {
                let until = from + .seconds(Int64(random.integer(3_600...90_000)))
                try session.execute(
                    """
                    INSERT INTO presence_span (subject_kind, subject_id, enterprise_id, online_from, online_until)
                    VALUES (\(kind), \(subject), \(id), \(from), \(until < now ? until : nil))
                    """)
                from = until + .seconds(Int64(random.integer(60...20_000)))
            }
        }
        try spans("enterprise", id.rawValue, &random, in: &session)
        for camera in 0..<2 { try spans("camera", "C\(index)-\(camera)", &random, in: &session) }
        guard index == 4 else { return }
        let (from, until) = (day.start + .hours(3), day.start + .hours(9))
        try session.execute(
            """
            INSERT INTO filing (id, enterprise_id, kind, covers_all, reason, measures, from_at, until_at, submitted_at,
                submitted_by, is_late, confirmed_at, effect_from, effect_until, done)
            VALUES ('X1', \(id), 'maintenance', 1, '检修', '巡检', \(from), \(until), \(from - .days(2)), 'a', 0,
                \(from - .days(1)), \(from), \(until), '')
            """)
    }

    private static func promises(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        for offset: Int32 in -1...0 {
            let own = Day(number: day.number + offset)
            let draw = random.integer(0...3)
            guard draw < 3 else { continue }
            let received = own.start + (draw == 2 ? .hours(11) : .hours(9))
            let state = draw == 2 ? "late" : "onTime"
            try session.execute(
                """
                INSERT INTO commitment (id, enterprise_id, day, version, is_current, received_at, first_received_at,
                    state, is_by_delegate, signed_by_delegate, signer, source, actor, risk_level, risk_score, units,
                    running, stopped, overhaul, hot_work, special_work, is_starting_or_stopping, has_hidden_danger,
                    content)
                VALUES (\("K\(index)-\(own.number)"), \(enterprises[index]), \(own), 1, 1, \(received), \(received),
                    \(state), \(draw == 1), \(draw == 1), '甲', 'page', 'a', 'blue', 10.0, 4, 3, 1, 0, 0, 0, 0, 0, '{}')
                """)
        }
    }

    private static func alarms(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        var opened = day.start - .hours(20)
        var number = 0
        while opened < now {
            let length = Interval.seconds(Int64(random.integer(60...9_000)))
            let cleared = opened + length
            try session.execute(
                """
                INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state, worst_state,
                    current_state, current_since, side_since, chain_id, occurrences, cleared_at)
                VALUES (\("A\(index)-\(number)"), \("P\(index)"), \("H\(index)"), \(enterprises[index]), 'pressure',
                    \(opened), 'high', 'high', 'normal', \(opened), \(opened), \("A\(index)-\(number)"), 1,
                    \(cleared < now ? cleared : nil))
                """)
            opened = cleared + .seconds(Int64(random.integer(600...20_000)))
            number += 1
            if cleared >= now { return }
        }
    }

    private static func work(
        _ index: Int, _ random: inout SeededGenerator, in session: inout Session
    ) throws(StorageError) {
        for task in 0..<3 {
            let until = day.start + .hours(Int64(8 * task + 8))
            let done: Timestamp? = random.chance(0.6) ? until - .hours(1) : nil
            try session.execute(
                """
                INSERT INTO duty_task (id, enterprise_id, hazard_id, role, kind, period, title, from_at, until_at,
                    is_partial, created_at, done_at)
                VALUES (\("D\(index)-\(task)"), \(enterprises[index]), \("H\(index)"), 'operations', 'weekly',
                    \("w\(task)"), '周排查', \(until - .days(7)), \(until), 0, \(until - .days(7)), \(done))
                """)
        }
    }

    private static func warnings(in session: inout Session) throws(StorageError) {
        let start = day.start
        let story: [(Int, Level, Int64)] = [
            (0, .orange, 60), (0, .blue, 90), (1, .red, 120), (1, .orange, 200), (1, .blue, 800), (2, .yellow, 1_430),
            (3, .orange, 300), (3, .blue, 320),
        ]
        for (index, level, minutes) in story {
            var context = OperationContext(
                now: start + .minutes(minutes), actor: "model", ids: IdentifierSource(seed: UInt64(minutes)))
            while try WarningOperations.runDue(context: &context, in: &session) == 256 {}
            try WarningOperations.riskChanged(
                hazard: HazardID("H\(index)"), to: level, cause: .null, context: &context, in: &session)
        }
        var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 9))
        while try WarningOperations.runDue(context: &context, in: &session) == 256 {}
    }

    private static func offices(in session: inout Session) throws(StorageError) {
        for (office, done) in [("city", 2), ("county0", 1), ("county1", 0)] {
            try session.execute(
                """
                INSERT INTO patrol_day (office_id, day, available, needed_divisions, needed_patrols, factor, is_made_up,
                    generated_at, done_divisions, done_patrols)
                VALUES (\(office), \(day), 2, 2, 2, 1, 0, \(day.start), \(done), \(done))
                """)
            try session.execute(
                """
                INSERT INTO check_day (authority_id, day, quota, factor, enterprises, draw, generated_at, must,
                    must_checked, checked)
                VALUES (\(office), \(day), 3, 1, 6, '{}', \(day.start), 4, \(done), \(done + 1))
                """)
        }
    }
}
