import ArgumentParser
import Domain
import Foundation
import Kernel
import Storage

/// 复核抽签: reads a recorded draw, from a file or from the database, draws again and says what differs.
struct DrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "复核随机抽查:用公布的种子把当日的签重抽一遍,名单不同就指出哪里不同",
        discussion: """
            --verify 文件:复核“下载抽签记录”得到的文件,不需要数据库。
            --day 日期 --office 单位代码:复核数据库里的记录,并核对种子是不是当日 00:00 的日志链尾。
            不符时退出码为 1。
            """)

    @OptionGroup var options: DatabaseOptions
    @Option(help: "抽签记录文件") var verify: String?
    @Option(help: "日期,如 2026-11-23") var day: String?
    @Option(help: "抽查单位的代码") var office: String?

    func validate() throws {
        guard (verify != nil) != (day != nil && office != nil) else {
            throw ValidationError("给出 --verify 文件,或者同时给出 --day 与 --office")
        }
    }

    func run() throws {
        let (draw, differences) = try verify.map(read) ?? load()
        Files.writeLine("\(ChinaTime.date(draw.seed.day)) \(draw.officeName)(\(draw.office))")
        Files.writeLine("种子 \(draw.seed.hash)(日志第 \(draw.seed.sequence) 行)")
        Files.writeLine("候选 \(draw.candidates.count) 家,抽 \(draw.count) 签,算法版本 \(draw.version)")
        for (number, id) in draw.redrawn().enumerated() {
            let name = draw.candidates.first { $0.enterprise == id }?.name ?? ""
            Files.writeLine("第 \(number + 1) 签 \(name)(\(id))")
        }
        guard differences.isEmpty else {
            for line in differences { Files.complain(line) }
            throw ExitCode(1)
        }
        Files.writeLine("名单相符")
    }

    private func read(_ path: String) throws -> (SpotCheckDraw, [String]) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ValidationError("\(path) 读不出来")
        }
        guard let json = try? JSON.parse(text), let draw = SpotCheckDraw(json: json) else {
            throw ValidationError("\(path) 不是抽签记录")
        }
        return (draw, draw.differences())
    }

    private func load() throws -> (SpotCheckDraw, [String]) {
        guard let day = day.flatMap(ChinaTime.parseDate), let office else {
            throw ValidationError("日期写成 2026-11-23")
        }
        let found: (SpotCheckDraw, [String])?
        do {
            let database = try options.open()
            found = try database.read { session throws(StorageError) in
                guard
                    let draw = try SpotCheckStore.draw(day, of: AuthorityID(office), scope: .system, in: &session)
                else { return nil }
                return (draw, draw.differences() + (try DrawSeedStore.differences(draw.seed, in: &session)))
            }
        } catch let error as StorageError {
            Files.complain("数据库无法读取:\(error)")
            throw ExitCode(2)
        }
        guard let found else {
            Files.complain("\(office) 在 \(ChinaTime.date(day)) 没有抽签记录")
            throw ExitCode(2)
        }
        return found
    }
}
