import ArgumentParser
import AsyncHTTPClient
import Domain
import Foundation
import Gateway
import Kernel
import Rig
import Services
import Simulation

/// 仿真: the demonstration city's plants, through the real upload.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "仿真:驱动演示城市的装置,经真实上传接口送数")

    @Option(help: "服务器地址") var server = "http://127.0.0.1:8080"
    @Option(help: "密钥文件:每行“网关 密钥”") var keys: String
    @Option(help: "随机种子:同一种子,同样的读数") var seed: UInt64 = 1
    @Option(help: "装置时间快于真实时间的倍数") var speed = 1.0
    @Option(name: .customLong("incidents-per-hour"), help: "全市每小时发生的异常数(装置时间)") var incidentsPerHour = 4.0
    @Option(
        name: .customLong("incident"),
        help: "开始后立即发生的异常,可多次:类型@企业[/设备][!轻重],如 leak@晋沁化工/V-203!severe")
    var incidents: [String] = []
    @Option(help: "跟读这个文件:运行中追加一行异常(写法同 --incident),立即发生") var requests: String?
    @Option(name: .customLong("upload-seconds"), help: "网关上送周期(秒);越限变化立即上送") var uploadSeconds: Int64 = 10
    @Option(help: "每个网关的缓存上限(值)") var spool = 200_000
    @Option(help: "多少秒(装置时间)后结束;不填则一直运行") var duration: Int64?
    @Flag(help: "压缩上传(gzip)") var gzip = false

    func validate() throws {
        guard speed > 0, speed <= 1_000 else { throw ValidationError("--speed 应在 0 与 1000 之间") }
        guard incidentsPerHour >= 0 else { throw ValidationError("--incidents-per-hour 不能小于 0") }
        guard uploadSeconds > 0, spool > 0 else { throw ValidationError("--upload-seconds 和 --spool 要大于 0") }
        for text in incidents where IncidentRequest(text) == nil {
            let kinds = Incident.Kind.allCases.map(\.rawValue).joined(separator: "、")
            throw ValidationError("“\(text)”应为 类型@企业[/设备][!轻重];类型:\(kinds);轻重:mild、moderate、severe、extreme")
        }
    }

    func run() async throws {
        let console = Console()
        guard let text = try? String(contentsOfFile: keys, encoding: .utf8) else {
            throw ValidationError("\(keys) 读不了")
        }
        let file = try KeysFile(text)
        let city = DemonstrationCity.make(seed: Demonstration.seed)
        let clock = ServerClock()
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: HTTPTransport.configuration)
        let transport = HTTPTransport(client: client, server: server, compresses: gzip)
        // A new count each time: what an earlier run left unsent is gone with it.
        let epoch = "sim-\(clock.now().milliseconds)"
        var uploaders: [GatewayID: Uploader] = [:]
        for site in city.sites {
            guard let key = file.keys[site.gateway.rawValue] else { continue }
            uploaders[site.gateway] = Uploader(
                source: site.gateway.rawValue, key: key, epoch: epoch, capacity: spool, transport: transport,
                clock: { clock.now() }, tell: { console.say($0) })
        }
        guard !uploaders.isEmpty else { throw ValidationError("\(keys) 里没有演示城市的网关") }
        console.say("仿真 \(uploaders.count) 家企业 → \(server),种子 \(seed),倍速 \(speed)")
        var options = SimulatorRun.Options(
            seed: seed, speed: speed, incidentsPerHour: incidentsPerHour, uploadPeriod: .seconds(uploadSeconds),
            requests: incidents.compactMap { IncidentRequest($0) })
        options.beatPeriod = .seconds(60)
        if let requests {
            let followed = FollowedFile(requests)
            options.newRequests = {
                followed.newLines().compactMap { line in
                    let request = IncidentRequest(line)
                    if request == nil { console.say("“\(line)”不是 类型@企业[/设备][!轻重]") }
                    return request
                }
            }
        }
        var simulator = SimulatorRun(
            city: city, options: options, uploaders: uploaders, clock: { clock.now() }, tell: { console.say($0) })
        let all = Array(uploaders.values)
        let limit = duration.map { Interval.seconds($0) }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for uploader in all { group.addTask { await uploader.run() } }
                let watch = Task { await Self.watch(all, console) }
                defer { watch.cancel() }
                try await simulator.run(for: limit)
                for uploader in all { await uploader.finish() }
                try await group.waitForAll()
            }
        } catch {
            try? await client.shutdown()
            throw error
        }
        console.endStatus()
        console.say(await Self.line(all))
        try await client.shutdown()
    }

    private static func watch(_ uploaders: [Uploader], _ console: Console) async {
        while !Task.isCancelled {
            await console.status(line(uploaders))
            do { try await Task.sleep(for: .seconds(console.isTerminal ? 1 : 60)) } catch { return }
        }
    }

    private static func line(_ uploaders: [Uploader]) async -> String {
        var sum = Uploader.Counts()
        var troubled = 0
        for uploader in uploaders {
            let counts = await uploader.snapshot()
            sum.uploads += counts.uploads
            sum.accepted += counts.accepted
            sum.rejected += counts.rejected
            sum.retries += counts.retries
            sum.waiting += counts.waiting
            sum.dropped += counts.dropped
            if await uploader.trouble != nil { troubled += 1 }
        }
        var parts = ["已收 \(sum.accepted) 值", "\(sum.uploads) 份", "待发 \(sum.waiting)"]
        if sum.rejected > 0 { parts.append("拒收 \(sum.rejected)") }
        if sum.retries > 0 { parts.append("重试 \(sum.retries)") }
        if sum.dropped > 0 { parts.append("溢出丢弃 \(sum.dropped)") }
        if troubled > 0 { parts.append("\(troubled) 个网关连不上") }
        return parts.joined(separator: ",")
    }
}
