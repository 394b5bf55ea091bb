import Domain
import Kernel
import Operations
import Storage
import Support

/// One city, one county, two works; the first has a principal, a delegate-to-be and a production unit.
struct CommitmentWorld {
    let database: Database
    var context: OperationContext
    /// Monday, 2026-11-23.
    static let day = Day(year: 2026, month: 11, day: 23) ?? Day(number: 0)
    static let ten = CommitmentRules.deadline(of: day)

    init(_ engine: Engine) throws {
        database = try engine.database()
        context = OperationContext(
            now: Self.day.start + .hours(8), actor: "system", ids: IdentifierSource(seed: 11))
        try database.write { session throws(StorageError) in try Self.register(in: &session) }
    }

    private static func register(in session: inout Session) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO authority (id, level, name, region, parent_id, created_at)
            VALUES ('city', 'city', '市局', '140500', NULL, 0), ('county', 'county', '县局', '140525', 'city', 0)
            """)
        for id in ["e1", "e2"] {
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, created_at)
                VALUES (\(id), \("企业 " + id), '140525', 'county', 0)
                """)
            try session.execute(
                "INSERT INTO visibility (authority_id, enterprise_id) VALUES ('city', \(id)), ('county', \(id))")
            try session.execute(
                """
                INSERT INTO hazard (id, enterprise_id, name, kind, grade, created_at)
                VALUES (\("h-" + id), \(id), '合成装置', 'production', 2, 0)
                """)
            try session.execute(
                """
                INSERT INTO point (id, enterprise_id, hazard_id, name, tag, kind, unit, range_low, range_high, high,
                    on_delay_ms, off_delay_ms, deadband, created_at)
                VALUES (\("p-" + id), \(id), \("h-" + id), '温度', 'TI-1022', 'temperature', '℃', 0.0, 100.0, 90.0,
                    0, 0, 1.0, 0)
                """)
        }
        let people = [("u1", "韩立群", "principal"), ("u2", "赵砚", "technical"), ("u3", "周启明", "operations")]
        for (id, name, role) in people {
            try session.execute(
                """
                INSERT INTO person (id, enterprise_id, name, phone, created_at)
                VALUES (\(id), 'e1', \(name), '13900000001', 0)
                """)
            try session.execute(
                """
                INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                VALUES (\("r-" + id), 'h-e1', \(role), \(id), 0)
                """)
        }
        try session.execute(
            """
            INSERT INTO account (id, login, password_hash, name, role, enterprise_id, created_at)
            VALUES ('a1', 'a1', 'x', '郭晓', 'safety', 'e1', 0)
            """)
    }

    static let safety = RegistryEditor(scope: .enterprise("e1"), role: .safety)
    static let duty = RegistryEditor(scope: .authority("county"), role: .duty)

    static func draft(at now: Timestamp) -> CommitmentDraft {
        var draft = CommitmentDraft()
        for count in CommitmentCount.allCases { draft.counts[count] = 0 }
        draft.counts[.units] = 1
        draft.counts[.running] = 1
        draft.counts[.gradeTwo] = 1
        for flag in CommitmentFlag.allCases { draft.flags[flag] = false }
        draft.flags[.hazardsSafe] = true
        draft.flags[.responsibilityCarriedOut] = true
        draft.texts = [.notice: "公告", .measures: "加强巡检", .dutyLead: "韩立群", .dutyLeadPhone: "13900000001"]
        draft.riskLevel = .yellow
        draft.riskScore = 30
        draft.judgements = [
            Judgement(tier: .team, unit: "甲班", name: "张一", at: now - .hours(2)),
            Judgement(tier: .workshop, unit: "合成车间", name: "李二", at: now - .hours(1)),
            Judgement(tier: .enterprise, unit: "", name: "王三", at: now - .minutes(1)),
        ]
        return draft
    }

    @discardableResult
    mutating func submit(
        _ draft: CommitmentDraft? = nil, as signer: CommitmentSigner = .person("u1"), day: Day? = nil,
        at now: Timestamp
    ) throws -> CommitmentReceipt {
        let submission = CommitmentSubmission(
            enterprise: "e1", day: day, draft: draft ?? Self.draft(at: now), signer: signer, source: "page")
        return try act(at: now) { context, session throws(CommitmentFailure) in
            try CommitmentOperations.submit(submission, context: &context, in: &session)
        }
    }

    @discardableResult
    mutating func act<T, E: TransactionFailure>(
        at now: Timestamp, _ body: (inout OperationContext, inout Session) throws(E) -> T
    ) throws(E) -> T {
        context.now = now
        var context = self.context
        defer { self.context = context }
        return try database.write { session throws(E) in try body(&context, &session) }
    }

    /// The timers up to an instant, as the server runs them: whatever is due, in order.
    mutating func run(until end: Timestamp) throws {
        while true {
            let next = try database.read { session throws(StorageError) in
                try session.first("SELECT min(at) FROM due WHERE kind IN ('commitment', 'duty')") {
                    row throws(StorageError) in row.next() as Timestamp?
                } ?? nil
            }
            guard let next, next <= end else { break }
            try act(at: max(next, context.now)) { context, session throws(StorageError) in
                _ = try CommitmentOperations.runDue(context: &context, in: &session)
                _ = try DutyOperations.runDue(context: &context, in: &session)
            }
        }
        context.now = end
    }

    mutating func arm(at now: Timestamp) throws {
        try act(at: now) { context, session throws(StorageError) in
            try CommitmentOperations.arm(context: &context, in: &session)
            try DutyOperations.arm(context: &context, in: &session)
        }
    }

    func rate(_ day: Day = CommitmentWorld.day, scope: Scope = .authority("county")) throws -> CommitmentRate {
        try database.read { session throws(StorageError) in
            try CommitmentStore.rate(day, scope: scope, in: &session)
        }
    }

    /// `recipient title` of each notice in the inboxes.
    func notices() throws -> [String] {
        try database.read { session throws(StorageError) in
            try session.rows(
                """
                SELECT recipient_id, title FROM outbox WHERE channel = 'portal' AND title <> ''
                ORDER BY created_at, recipient_id, key
                """
            ) { row throws(StorageError) in (row.next() as String) + " " + (row.next() as String) }
        }
    }

    func count(_ rest: SQL) throws -> Int {
        try database.read { session throws(StorageError) in
            try session.first("SELECT count(*) FROM \(rest)") { row throws(StorageError) in row.next() as Int } ?? 0
        }
    }
}
