import ArgumentParser
import Foundation
import Hummingbird
import Kernel
import Logging
import Operations
import Rig
import ServiceLifecycle
import Services
import Storage
import UnixSignals
import Web

/// The server: pages, upload, timers and delivery in one process.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "值守:启动服务(页面、数据接入、时限、推送)")

    @Option(help: "设置文件;环境变量优先于它,命令行又优先于环境变量")
    var config: String?

    @OptionGroup var database: DatabaseOptions

    @Option(help: "监听地址")
    var host = "127.0.0.1"

    @Option(help: "监听端口")
    var port = 8080

    @Option(help: "第三方静态文件目录")
    var assets: String?

    @Flag(help: "页面上标明演示数据")
    var demo = false

    @Flag(name: .customLong("secure-cookies"), help: "前面有 TLS 时打开")
    var hasSecureCookies = false

    @Option(name: .customLong("public-url"), help: "人们打开页面的地址,写进推送的消息,如 https://aq.example.cn")
    var publicURL: String?

    @Option(name: .customLong("heartbeat-url"), help: "审计可信时每分钟请求一次的外部地址:它收不到,就是平台或审计停了")
    var heartbeatURL: String?

    @Option(name: .customLong("clock-rate"), help: "时钟加快的倍数:只用于演练和测试,页面会标明")
    var clockRate: Int64 = 1

    @Option(
        name: .customLong("clock-start"),
        help: "演示时钟第一次启动时显示的时刻,如 \"2026-11-23 09:57:00\":只能与 --demo 同用,页面会标明")
    var clockStart: String?

    func validate() throws {
        if let publicURL {
            guard publicURL.hasPrefix("https://") || publicURL.hasPrefix("http://"), !publicURL.contains(" ") else {
                throw ValidationError("--public-url 写成 https://主机")
            }
        }
        if let heartbeatURL {
            do throws(WebhookAddress.Refusal) { try WebhookAddress.check(heartbeatURL) } catch {
                throw ValidationError("--heartbeat-url:\(error)")
            }
        }
        if let clockStart {
            guard demo else { throw ValidationError("--clock-start 只能与 --demo 同用") }
            guard ChinaTime.parseDateTime(clockStart) != nil else {
                throw ValidationError("--clock-start 写成 \"2026-11-23 09:57:00\"")
            }
        }
        guard (1...600).contains(clockRate) else { throw ValidationError("--clock-rate 须在 1 与 600 之间") }
    }

    func run() async throws {
        let settings = ServerSettingsFile.read(config)
        guard settings.mistakes.isEmpty else {
            for mistake in settings.mistakes { Files.complain(mistake.line) }
            throw ExitCode(1)
        }
        let given = Array(CommandLine.arguments.drop { $0 != Self.configuration.commandName }.dropFirst())
        try await ServerSettingsFile.command(settings, arguments: given).serve()
    }

    private func serve() async throws {
        let logger = Logger(label: "fengsui")
        let store = try await openStore()
        let clock = try await RehearsalClock.start(
            rate: clockRate, beginning: clockStart.flatMap(ChinaTime.parseDateTime),
            floor: try await latestInstant(store), store: store)
        if demo {
            var generator = SystemRandomNumberGenerator()
            try await Demonstration(folder: database.data).prepare(
                store, now: clock.now(), ids: IdentifierSource(seed: generator.next())
            ) { line in FileHandle.standardError.write(Data("  \(line)\n".utf8)) }
        }
        var configuration = WebConfiguration(now: { clock.now() })
        configuration.host = host
        configuration.port = port
        configuration.assets = assets ?? "assets"
        configuration.isDemonstration = demo || clockRate > 1
        configuration.clockRate = clockRate
        configuration.isClockShifted = clockStart != nil
        // People do not get faster with the clock.
        configuration.idleAfter = configuration.idleAfter * clockRate
        configuration.sessionLifetimeMax = configuration.sessionLifetimeMax * clockRate
        configuration.lockedFor = configuration.lockedFor * clockRate
        configuration.hasSecureCookies = hasSecureCookies
        try await HolidayFile.load(
            assets: configuration.assets, store: store, now: clock.now(), logger: logger)
        let events = EventHub()
        let metrics = Metrics()
        let engine = try await ServerEngine(
            store: store, clock: clock, site: publicURL, heartbeat: heartbeatURL, folder: database.data,
            logger: logger,
            published: { events.ring() })
        events.follow { engine.wake() }
        metrics.add { engine.figures }
        let web = try await WebServer(
            configuration, store: store, events: events, metrics: metrics, intake: engine.intake,
            auditor: engine.auditor, logger: logger)
        let address = "http://\(host):"
        let application = web.application { port in
            FileHandle.standardError.write(Data("烽燧已启动 \(address)\(port)\n".utf8))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: engine.services.map { .init(service: $0) } + [.init(service: application)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
            try await engine.close()
        } catch {
            try? await engine.close()
            throw error
        }
    }

    private func openStore() async throws -> Store {
        if case .file = database.location { try Files.makeFolder(database.data) }
        let store = try await Store.open(database.location)
        try await store.migrate()
        return store
    }

    /// A machine that comes back with an earlier clock goes on from what is on record.
    private func latestInstant(_ store: Store) async throws -> Timestamp {
        try await store.read { session throws(StorageError) in
            try session.first("SELECT max(recorded_at) FROM log") { row throws(StorageError) in
                row.next() as Timestamp?
            } ?? nil
        } ?? .distantPast
    }
}
