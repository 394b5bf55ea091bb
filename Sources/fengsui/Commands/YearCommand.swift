import ArgumentParser
import Documents
import Domain
import Foundation
import Kernel
import Rig
import Storage

/// 全年推演: a province's year through the production operations; every bulletin as page and DOCX, some as PDF. Exit
/// status 1 where a rule did not hold.
struct YearCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "year",
        abstract: "全年推演:一个省一年的报警、预警、承诺、巡查、抽查、通报,在虚拟时间里跑完并逐条核对规定",
        discussion: """
            企业是虚构的,区划是真实的(取自 assets/divisions.json)。按报警和状态变化推演,只有几家样本企业上传读数。
            --out 目录:每份通报写成网页和 DOCX,另抽 --pdf 份印成 PDF,目录里有 index.html 可翻看。
            """)

    @Option(help: "随机种子") var seed: UInt64 = 1
    @Option(help: "第一天") var from = "2026-01-01"
    @Option(help: "天数") var days = 365
    @Option(help: "省的区划代码") var province = "140000"
    @Option(help: "企业数") var enterprises = 300
    @Option(help: "文件放在哪里(新建的目录)") var out: String?
    @Option(help: "印成 PDF 的份数") var pdf = 100
    @Option(help: "SQLite 文件(新建);不写则用完即弃") var file: String?
    @Option(help: "set-up 取来的数据") var assets = "assets"

    func validate() throws {
        guard days > 0, days <= 3_660, enterprises >= 3, pdf >= 0 else {
            throw ValidationError("天数 1–3660,企业至少 3 家")
        }
        guard ChinaTime.parseDate(from) != nil else { throw ValidationError("日期写成 2026-01-01") }
    }

    func run() async throws {
        let plan = try plan()
        if let file, Files.exists(file) { throw ValidationError("\(file) 已存在") }
        if let out, Files.exists(out) { throw ValidationError("\(out) 已存在") }
        let database = try file.map { try Database.open(.file($0)) } ?? Database.scratch()
        let folder = try out.map {
            try YearFolder(path: $0, pdfCount: pdf, expectedCount: plan.bulletinsExpected)
        }
        // Beside the run: the run itself holds one thread.
        async let printed = folder?.printSample() ?? 0
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try Year.run(plan, on: database) {
            folder?.take($0)
        } progress: { day in
            FileHandle.standardError.write(
                Data("\r  \(ChinaTime.date(day)) \(Self.seconds(from: start, to: clock.now)) 秒".utf8))
        }
        folder?.finish()
        FileHandle.standardError.write(Data("\n".utf8))
        Files.writeLine(
            "\(days) 天、\(plan.cities.count) 市、\(plan.cities.reduce(0) { $0 + $1.counties.count }) 县、\(enterprises) 家企业,"
                + "用时 \(Self.seconds(from: start, to: clock.now)) 秒,种子 \(seed),日志链尾 \(outcome.digest.prefix(16))")
        Files.writeLine(outcome.counts.map { "\($0.name) \($0.value)" }.joined(separator: ","))
        Files.writeLine("用时(毫秒):" + outcome.milliseconds.map { "\($0.name) \($0.value)" }.joined(separator: ","))
        for refusal in outcome.refusals.prefix(20) { Files.writeLine("  被拒 \(refusal.value) 次:\(refusal.name)") }
        if let folder { try folder.report(printed: await printed) }
        guard outcome.faults.isEmpty else {
            for fault in outcome.faults.prefix(100) { Files.complain(fault) }
            Files.complain("共 \(outcome.faults.count) 处不符")
            throw ExitCode(1)
        }
        Files.writeLine("逐条核对:没有不符")
    }

    private static func seconds(
        from start: ContinuousClock.Instant, to end: ContinuousClock.Instant
    ) -> Int64 { (end - start).components.seconds }

    private struct Divisions: Decodable {
        struct Division: Decodable {
            var code: String
            var name: String
            var level: String
            var parent: String?
        }
        var divisions: [Division]
    }

    private func plan() throws -> YearPlan {
        guard let day = ChinaTime.parseDate(from) else { throw ValidationError("日期写成 2026-01-01") }
        guard let data = FileManager.default.contents(atPath: assets + "/divisions.json"),
            let all = try? JSONDecoder().decode(Divisions.self, from: data)
        else { throw ValidationError("\(assets)/divisions.json 读不出来,先运行 make setup") }
        guard let head = all.divisions.first(where: { $0.code == province && $0.level == "province" }) else {
            throw ValidationError("没有区划代码为 \(province) 的省")
        }
        let cities = all.divisions.filter { $0.parent == province && $0.level == "city" }.map { city in
            YearPlan.City(
                code: city.code, name: city.name,
                counties: all.divisions.filter { $0.parent == city.code && $0.level == "county" }
                    .map { YearPlan.County(code: $0.code, name: $0.name) })
        }
        guard !cities.isEmpty else { throw ValidationError("\(head.name) 之下没有地市") }
        var holidays: [Day: String] = [:]
        if let data = FileManager.default.contents(atPath: assets + "/holidays.json"),
            let json = try? JSON.parse([UInt8](data))
        {
            holidays = SpecialPeriods.holidays(json: json) ?? [:]
        }
        return YearPlan(
            seed: seed, from: day, days: days, provinceCode: province, provinceName: head.name, cities: cities,
            enterprises: enterprises, holidays: holidays)
    }
}
