import ArgumentParser
import AsyncHTTPClient
import Foundation
import Gateway
import Kernel
import Services

/// 回放: anybody's historian export, through the real upload.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "回放:把任何历史数据导出文件(CSV)经真实上传接口送入",
        discussion: """
            长表(每行一个值)或宽表(每列一个点位,--wide)。列名自动识别,认不出时用 --map 指明,列可写列名或 #序号,
            日期与时间分两列时用 + 相连:--map time=日期+时间,point=位号,value=值,quality=质量。
            不加 --speed 时按服务器能收的速度送;加 --speed 1 按原来的快慢送。5 分钟以前的值按补传送,不触发实时预警。
            """)

    @Argument(help: "导出文件(CSV)") var file: String
    @Option(help: "服务器地址") var server = "http://127.0.0.1:8080"
    @Option(help: "网关编码(dataSourceCode)") var gateway: String
    @Option(help: "网关密钥;也可用环境变量 FENGSUI_KEY,或 --keys 文件") var key: String?
    @Option(help: "密钥文件:每行“网关 密钥”") var keys: String?
    @Option(help: "列对应:time=…,point=…,value=…,quality=…") var map: String?
    @Flag(help: "宽表:除时间外每列一个点位") var wide = false
    @Option(help: "点位对照表(CSV 两列:文件里的名字,指标编码)") var points: String?
    @Option(help: "列分隔符,不填自动识别") var delimiter: String?
    @Option(name: .customLong("time-format"), help: "时间写法,不填自动识别:\(Self.formats)") var timeFormat: String?
    @Option(name: .customLong("utc-offset"), help: "没有写时区的时间所在时区(小时)") var utcOffset = 8.0
    @Option(help: "按原时间的多少倍速送") var speed: Double?
    @Flag(name: .customLong("shift-to-now"), help: "时间移到现在:有 --speed 时首行为现在,否则末行为现在") var shiftToNow = false
    @Option(name: .customLong("bad-rows"), help: "最多列出多少个坏行") var badRows = 20
    @Flag(help: "压缩上传(gzip)") var gzip = false

    private static let formats = TimeFormat.allCases.map(\.rawValue).joined(separator: "、")

    func validate() throws {
        if let speed, speed <= 0 { throw ValidationError("--speed 要大于 0") }
        if let timeFormat, TimeFormat(rawValue: timeFormat) == nil {
            throw ValidationError("--time-format 应为 \(Self.formats)")
        }
        if let delimiter, delimiter != "\\t", delimiter.utf8.count != 1 {
            throw ValidationError("--delimiter 应为一个 ASCII 字符或 \\t")
        }
    }

    func run() async throws {
        let console = Console()
        let clock = ServerClock()
        let options = try options()
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: HTTPTransport.configuration)
        let uploader = Uploader(
            source: gateway, key: try secret(), epoch: "replay-\(clock.now().milliseconds)", capacity: 20_000,
            transport: HTTPTransport(client: client, server: server, compresses: gzip), clock: { clock.now() },
            tell: { console.say($0) })
        let startedAt = clock.now()
        let replay = ReplayRun(
            options: options, uploader: uploader, clock: { clock.now() }, tell: { console.say($0) },
            progress: { share, summary in
                let counts = await uploader.snapshot()
                console.status(Self.bar(share) + " \(summary.rows) 行,已收 \(counts.accepted) 值,待发 \(counts.waiting)")
            })
        let sending = Task { await uploader.run() }
        var summary = ReplayRun.Summary()
        do {
            summary = try await replay.run()
            await uploader.finish()
            await sending.value
        } catch {
            sending.cancel()
            await sending.value
            try? await client.shutdown()
            if let mistake = error as? ReplayMistake { throw ValidationError(mistake.description) }
            throw error
        }
        try await client.shutdown()
        console.endStatus()
        let seconds = Double(max(1, (clock.now() - startedAt).milliseconds)) / 1_000
        await report(summary, uploader, seconds: seconds)
    }

    private func options() throws -> ReplayRun.Options {
        var options = ReplayRun.Options(file: file)
        do {
            if let map { options.map = try ColumnMap(map) }
        } catch { throw ValidationError(error.description) }
        options.isWide = wide
        options.delimiter = delimiter.map { $0 == "\\t" ? UInt8(ascii: "\t") : Array($0.utf8)[0] }
        options.format = timeFormat.flatMap { TimeFormat(rawValue: $0) }
        options.zone = .milliseconds(Int64(utcOffset * 3_600_000))
        options.speed = speed
        options.shiftsToNow = shiftToNow
        options.badRowsShownMax = max(0, badRows)
        if let points { options.codes = try codes(points) }
        return options
    }

    private func codes(_ path: String) throws -> [String: String] {
        guard let data = FileManager.default.contents(atPath: path) else { throw ValidationError("\(path) 读不了") }
        var codes: [String: String] = [:]
        do throws(CSVError) {
            var reader = try CSVReader([UInt8](data))
            while let cells = try reader.next() {
                if cells.count >= 2, !cells[0].isEmpty { codes[cells[0]] = cells[1] }
            }
        } catch { throw ValidationError("\(path) \(error.line)") }
        return codes
    }

    private func secret() throws -> String {
        if let key { return key }
        if let keys {
            guard let text = try? String(contentsOfFile: keys, encoding: .utf8) else {
                throw ValidationError("\(keys) 读不了")
            }
            guard let found = try KeysFile(text).keys[gateway] else { throw ValidationError("\(keys) 里没有 \(gateway)") }
            return found
        }
        guard let key = ProcessInfo.processInfo.environment["FENGSUI_KEY"] else {
            throw ValidationError("没有密钥:用 --key、--keys 或环境变量 FENGSUI_KEY 给出")
        }
        return key
    }

    private static func bar(_ share: Double) -> String {
        let filled = Int(min(1, max(0, share)) * 24)
        let percent = Int(min(1, max(0, share)) * 100)
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled) + " \(percent)%"
    }

    private func report(_ summary: ReplayRun.Summary, _ uploader: Uploader, seconds: Double) async {
        let counts = await uploader.snapshot()
        var lines = ["读 \(summary.rows) 行,坏行 \(summary.badRows);送 \(summary.values) 值"]
        lines.append(
            "收 \(counts.accepted),拒收 \(counts.rejected),整份被拒 \(counts.refusedUploads) 份,重试 \(counts.retries) 次")
        if summary.emptyCells > 0 { lines.append("空单元格 \(summary.emptyCells)") }
        if let first = summary.firstAt, let last = summary.lastAt {
            let format = summary.format?.rawValue ?? ""
            lines.append("文件里的时间 \(ChinaTime.dateTime(first)) – \(ChinaTime.dateTime(last))(写法 \(format))")
        }
        lines.append("用时 \((seconds * 10).rounded() / 10) 秒,每秒 \(Int(Double(counts.accepted) / seconds)) 值")
        for (reason, count) in (await uploader.rejectionReasons).sorted(by: { $0.value > $1.value }).prefix(10) {
            lines.append("  拒收 \(count) 次 \(reason)")
        }
        print(lines.joined(separator: "\n"))
    }
}
