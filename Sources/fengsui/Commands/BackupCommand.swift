import ArgumentParser
import Foundation
import Kernel
import Operations

/// 备份: one file with every row, taken beside a running server. Exit status 1 where it failed or is damaged.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份:不停服务,把整个数据库(含附件)写成一个文件;--verify 核对已有的备份",
        discussion: """
            备份取自同一时刻,服务照常读写。SQLite 与 PostgreSQL 的备份格式相同,可以互相恢复。
            文件里有口令的散列和网关、推送的密钥,请妥善保管。
            """)

    @Option(name: .customLong("to"), help: "写到哪里:新文件,或已有的目录(文件名按时间自动取)") var target: String?
    @Option(help: "只核对这个备份文件") var verify: String?
    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        if (target == nil) == (verify == nil) { throw ValidationError("用 --to 指明写到哪里,或用 --verify 指明核对哪个文件") }
    }

    func run() throws {
        if let verify {
            try TransferLine.run("核对") { line in
                let manifest = try BackupOperations.verify(verify, watch: line.show)
                return (manifest, ["备份完好:\(verify),取于 \(ChinaTime.dateTime(manifest.takenAt))"])
            }
        } else if let target {
            let now = Terminal.context().now
            let path = Self.path(target, at: now)
            try TransferLine.run("备份") { line in
                let manifest = try BackupOperations.make(of: try options.open(), at: path, now: now, watch: line.show)
                return (manifest, ["已备份:\(path)"])
            }
        }
    }

    private static func path(_ target: String, at now: Timestamp) -> String {
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: target, isDirectory: &isFolder)
        guard exists, isFolder.boolValue else { return target }
        let digits = ChinaTime.dateTime(now).filter(\.isNumber)
        return target + "/fengsui-\(digits.prefix(8))-\(digits.dropFirst(8)).backup"
    }
}
