import ArgumentParser
import Kernel
import Operations
import Storage

/// 恢复: a backup into a database without tables, all or nothing. Exit status 1 where it failed.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "恢复:把备份写入空的数据目录或空的 PostgreSQL 库,全部成功或一行不写",
        discussion: "先核对备份,再写入,写完逐表比对哈希,最后升级到本程序的数据格式。中断后目标仍是空的,重新运行即可。")

    @Option(name: .customLong("from"), help: "备份文件") var source: String
    @OptionGroup var options: DatabaseOptions

    func run() throws {
        try TransferLine.run("恢复") { line in
            let database = try options.create()
            let manifest = try BackupOperations.restore(source, to: database, watch: line.show)
            try database.close()
            return (manifest, ["已恢复,取于 \(ChinaTime.dateTime(manifest.takenAt)) 的备份;逐表比对哈希一致"])
        }
    }
}
