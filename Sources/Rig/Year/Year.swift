public import Kernel
public import Storage

/// Runs a year and looks at what it came to.
public enum Year {
    /// - Parameters:
    ///   - database: empty.
    ///   - issued: told of every bulletin as it goes out.
    ///   - progress: told after each virtual day.
    public static func run(
        _ plan: YearPlan, on database: Database, issued: @escaping (YearDocument) -> Void = { _ in },
        progress: (Day) -> Void = { _ in }
    ) throws(StorageError) -> YearPlan.Outcome {
        var run = try YearRun(plan, database: database, issued: issued)
        try run.play(progress: progress)
        return try outcome(of: run)
    }

    static func outcome(of run: YearRun) throws(StorageError) -> YearPlan.Outcome {
        var outcome = YearPlan.Outcome()
        outcome.faults = run.faults
        outcome.faults += try run.database.read { session throws(StorageError) in
            try YearChecks(plan: run.plan, now: run.now).faults(in: &session)
        }
        outcome.milliseconds = run.spent.map { name, time in
            let parts = time.components
            return YearPlan.Count(
                name: name, value: Int(parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000))
        }.sorted { ($1.value, $0.name) < ($0.value, $1.name) }
        outcome.refusals = run.refusals.map { YearPlan.Count(name: $0.key, value: $0.value) }
            .sorted { ($1.value, $0.name) < ($0.value, $1.name) }
        try run.database.read { session throws(StorageError) in
            for (name, sql) in tables {
                let count = try session.first(sql) { row throws(StorageError) in row.next() as Int64 }
                outcome.counts.append(YearPlan.Count(name: name, value: Int(count ?? 0)))
            }
            outcome.digest = Hash.hexadecimal(try LogChain.head(in: &session).hash)
        }
        return outcome
    }

    private static let tables: [(String, SQL)] = [
        ("上传", "SELECT count(*) FROM upload"), ("报警", "SELECT count(*) FROM alarm"),
        ("预警", "SELECT count(*) FROM warning"),
        ("橙、红预警", "SELECT count(*) FROM warning WHERE peak_level IN ('orange','red')"),
        ("已闭环预警", "SELECT count(*) FROM warning WHERE closed_at IS NOT NULL"),
        ("督办", "SELECT count(*) FROM supervision"), ("承诺", "SELECT count(*) FROM commitment"),
        ("报备", "SELECT count(*) FROM filing"), ("履职任务", "SELECT count(*) FROM duty_task"),
        ("已履职", "SELECT count(*) FROM duty_task WHERE done_at IS NOT NULL"), ("巡查", "SELECT count(*) FROM patrol"),
        ("抽查", "SELECT count(*) FROM spot_check WHERE submitted_at IS NOT NULL"),
        ("问题", "SELECT count(*) FROM problem"), ("查岗", "SELECT count(*) FROM duty_call"),
        ("质量问题", "SELECT count(*) FROM quality_finding"),
        ("通报", "SELECT count(*) FROM bulletin WHERE issued_at IS NOT NULL"), ("消息", "SELECT count(*) FROM outbox"),
        ("日志", "SELECT count(*) FROM log"),
    ]
}
