import Domain
import Kernel
import Operations
import Storage

/// The small city with one of everything for each of its three enterprises.
struct APIWorld {
    /// Kind of object → enterprise → id.
    var ids: [String: [String: String]] = [:]
    var bulletin = ""

    static let enterprises = ["E1", "E2", "E3"]

    static func seed(_ bench: WebBench) async throws -> APIWorld {
        let now = bench.now
        var world = APIWorld()
        try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: now - .hours(2), actor: "system", ids: IdentifierSource(seed: 3))
            try SpotCheckOperations.arm(context: &context, in: &session)
            _ = try SpotCheckOperations.runDue(context: &context, in: &session)
            for (index, level) in [Level.red, .orange, .yellow].enumerated() {
                let number = index + 1
                try WebWorld.alarm(
                    AlarmID("AL\(number)"), point: PointID("P\(number)1"), hazard: HazardID("H\(number)"),
                    enterprise: EnterpriseID("E\(number)"), at: now - .minutes(9), in: &session)
                try WebWorld.level(
                    HazardID("H\(number)"), level, at: now - .minutes(Int64(8 - index)), in: &session)
            }
            _ = try DutyStore.generate(.weekly, .week(containing: Day(now)), at: now, in: &session)
        }
        for (index, enterprise) in enterprises.enumerated() { try await world.fill(enterprise, index + 1, bench) }
        try await world.findWarnings(bench)
        try await world.findMessages(bench)
        world.bulletin = try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 33))
            try BulletinOperations.draft(
                .daily, period: .before(Day(now), kind: .daily), context: &context, in: &session)
            return try session.first("SELECT id FROM bulletin WHERE office_id = 'city'") {
                row throws(StorageError) in row.next() as String
            } ?? ""
        }
        return world
    }

    private mutating func note(_ kind: String, _ enterprise: String, _ id: String) {
        ids[kind, default: [:]][enterprise] = id
    }

    private mutating func fill(_ name: String, _ number: Int, _ bench: WebBench) async throws {
        let (now, enterprise) = (bench.now, EnterpriseID(name))
        @Sendable func context(_ actor: String, _ seed: UInt64) -> OperationContext {
            OperationContext(now: now, actor: actor, ids: IdentifierSource(seed: seed + UInt64(number) * 100))
        }
        for (kind, id) in [
            ("enterprise", name), ("hazard", "H\(number)"), ("point", "P\(number)1"), ("alarm", "AL\(number)"),
        ] { note(kind, name, id) }
        let safety = RegistryEditor(scope: .enterprise(enterprise), role: .safety)
        let filing = try await bench.store.write { session throws(FilingFailure) in
            var context = context("safety-\(name)", 1)
            return try FilingOperations.submit(
                FilingDraft(
                    kind: .maintenance, coverage: FilingCoverage(points: [PointID("P\(number)1")]), reason: "换密封",
                    measures: "专人监护", from: now + .hours(25), until: now + .hours(30), foundAt: nil),
                attachments: [], of: enterprise, by: safety, context: &context, in: &session)
        }
        note("filing", name, filing.rawValue)
        let exemption = try await bench.store.write { session throws(AlarmFailure) in
            var context = context("safety-\(name)", 5)
            return try ExemptionOperations.request(
                .filing, point: PointID("P\(number)2"), reason: "换探头", from: now, until: now + .hours(4),
                by: safety, context: &context, in: &session)
        }
        note("exemption", name, exemption)
        let problem = try await bench.store.write { session throws(ProblemFailure) in
            var context = context("A-city", 2)
            return try ProblemOperations.raise(
                ProblemDraft(
                    source: .spotCheck("s\(number)"), subject: .enterprise(enterprise), severity: .general,
                    topic: "duty", text: "值班人员离岗", finder: "city"), context: &context, in: &session)
        }
        note("problem", name, problem.rawValue)
        let (call, record) = try await bench.store.write { session throws(SpotCheckFailure) in
            var context = context("A-city", 3)
            return (
                try DutyCallOperations.call(
                    .enterprise(enterprise), minutes: 5, question: "谁在岗", office: "city", context: &context,
                    in: &session),
                try SpotCheckRecordOperations.open(
                    enterprise, office: "city", inspectors: "王敏", contact: "0356", context: &context, in: &session)
            )
        }
        note("call", name, call.rawValue)
        note("record", name, record.rawValue)
        let finding = try await bench.store.write { session throws(StorageError) in
            var context = context("system", 4)
            try SiteCheckStore.insert(
                .init(
                    id: "SC\(number)", enterprise: enterprise, hazard: nil, warning: nil, problem: nil,
                    orderedBy: "city", executor: "city", reason: "核查", orderedAt: now, dueAt: now + .hours(2)),
                in: &session)
            return try QualityOperations.note(
                .init(
                    .init(
                        rule: .jump, enterprise: enterprise, hazard: HazardID("H\(number)"),
                        point: PointID("P\(number)1")), detail: "跳变"), context: &context, in: &session)
        }
        note("finding", name, finding.rawValue)
        note("siteCheck", name, "SC\(number)")
        note(
            "duty", name,
            DutyTask.id(.weekly, hazard: HazardID("H\(number)"), period: DutyPeriod.week(containing: Day(now)).key))
    }

    private mutating func findWarnings(_ bench: WebBench) async throws {
        let rows = try await bench.store.read { session throws(StorageError) in
            try session.rows("SELECT enterprise_id, id FROM warning") { row throws(StorageError) in
                (row.next() as String, row.next() as String)
            }
        }
        for (enterprise, id) in rows { note("warning", enterprise, id) }
    }

    /// Every enterprise was told of its warning.
    private mutating func findMessages(_ bench: WebBench) async throws {
        let rows = try await bench.store.read { session throws(StorageError) in
            try session.rows(
                """
                SELECT recipient_id, min(key) FROM outbox WHERE channel = 'portal' AND recipient_kind = 'enterprise'
                GROUP BY recipient_id
                """
            ) { row throws(StorageError) in (row.next() as String, row.next() as String) }
        }
        for (enterprise, key) in rows { note("message", enterprise, key) }
    }

    /// What `{id}` of a route stands for; nil where it is no enterprise's own.
    func ids(for path: String) -> [String: String]? {
        let kinds: [(prefix: String, kind: String)] = [
            ("enterprises", "enterprise"), ("hazards", "hazard"), ("points", "point"), ("alarms", "alarm"),
            ("warnings", "warning"), ("commitments", "enterprise"), ("filings", "filing"), ("duties", "duty"),
            ("problems", "problem"), ("site-checks", "siteCheck"), ("spot-check-records", "record"),
            ("duty-calls", "call"), ("quality-findings", "finding"), ("quality-scores", "enterprise"),
            ("exemptions", "exemption"), ("inbox", "message"),
        ]
        return kinds.first { path.hasPrefix("/api/v1/\($0.prefix)/") }.flatMap { ids[$0.kind] }
    }
}
