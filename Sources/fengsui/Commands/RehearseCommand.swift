import ArgumentParser
import Rig
import Storage

/// 总演练: the whole platform under a seed, with crashes, lost answers and a jumping clock; twice, and the two must
/// come out the same. Exit status 1 where a check fails or they differ.
struct RehearseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "总演练:用随机种子带着断电、丢包、重发、乱序、时钟跳变运行整个平台并逐项核对",
        discussion: """
            每个种子运行两遍(第二遍总在内存数据库里),结果必须逐位相同。--database、--file 指第一遍用的数据库,
            须是新建的空库,运行后保留,可供查看。
            """)

    @Option(help: "起始种子") var seed: UInt64 = 1
    @Option(help: "种子个数") var seeds = 1
    @Option(help: "模拟天数") var days = 1
    @Option(help: "PostgreSQL 地址(空库;只可配一个种子)") var database: String?
    @Option(help: "SQLite 文件(新建;只可配一个种子)") var file: String?

    func validate() throws {
        if seeds < 1 || days < 1 { throw ValidationError("种子个数、天数至少为 1") }
        if seeds > 1, database != nil || file != nil { throw ValidationError("指明数据库时只运行一个种子") }
    }

    func run() throws {
        for seed in seed..<seed + UInt64(seeds) {
            let plan = Rehearsal.Plan(seed: seed, minutes: Int64(days) * 1_440)
            do {
                let first = try Rehearsal.run(plan, open: opener())
                let second = try Rehearsal.run(plan, open: Rehearsal.memory())
                Files.writeLine("\(Self.line(seed, first))")
                guard first == second else {
                    Files.complain("种子 \(seed) 两遍结果不同:\(first.digest) \(second.digest)")
                    throw ExitCode(1)
                }
            } catch let fault as Rehearsal.Fault {
                Files.complain("\(fault)\n  再现:fengsui rehearse --seed \(seed) --days \(days)")
                throw ExitCode(1)
            }
        }
    }

    private func opener() throws -> () throws(StorageError) -> Database {
        if let database { return Rehearsal.reopened(DatabaseLocation(database)) }
        guard let file else { return Rehearsal.memory() }
        guard !Files.exists(file) else { throw ValidationError("\(file) 已存在") }
        return Rehearsal.reopened(.file(file))
    }

    private static func line(_ seed: UInt64, _ outcome: Rehearsal.Outcome) -> String {
        """
        种子 \(seed):事务 \(outcome.transactions),断电 \(outcome.crashes),时钟跳变 \(outcome.clockJumps);\
        上传 \(outcome.uploads)(重发 \(outcome.repeatedUploads)),报警 \(outcome.alarms),\
        预警 \(outcome.warnings)(闭环 \(outcome.closed)),推送到达 \(outcome.deliveries),拒绝 \(outcome.refusals);\
        摘要 \(outcome.digest.prefix(16))
        """
    }
}
