import ArgumentParser
import AsyncHTTPClient
import Domain
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Operations
import Rig
import Services
import Storage

/// Measuring: a registry of any size, and many gateways that upload to a real server. docs/performance.md says how the
/// figures there were made with it.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "压测:造一个任意规模的台账,或以许多网关向服务器上传",
        subcommands: [Prepare.self, Send.self, Watch.self, Drill.self])

    struct Size: ParsableArguments {
        @Option(help: "监测点位数") var points = 100_000
        @Option(help: "企业(网关)数") var enterprises = 1_600

        func validate() throws {
            guard enterprises > 0, points >= enterprises else {
                throw ValidationError("点位数不能少于企业数,两者都要大于 0")
            }
        }

        var registry: LoadRegistry { LoadRegistry(points: points, enterprises: enterprises) }
    }

    struct Prepare: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "在空的数据目录里造台账")
        @OptionGroup var size: Size
        @Option(help: "数据目录(须为空)") var data: String
        @Option(help: "另造多少个供测时延的危险源") var probes = 200

        func run() throws {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            let path = data + "/fengsui.sqlite"
            guard !FileManager.default.fileExists(atPath: path) else {
                throw ValidationError("\(path) 已存在:压测台账只写入空的数据目录")
            }
            let database = try Database.open(.file(path))
            try database.migrate()
            try size.registry.store(in: database, at: ServerClock().now()) { done in
                FileHandle.standardError.write(Data("\r  企业 \(done)/\(size.enterprises)".utf8))
            }
            FileHandle.standardError.write(Data("\n".utf8))
            let drawn = Password.suggestion()
            guard let hash = Password.hash(drawn) else {
                throw ValidationError("内存不足,口令散列没有算成")
            }
            try database.write { session throws(StorageError) in
                try LoadRegistry.storeProbes(probes, passwordHash: hash, at: ServerClock().now(), in: &session)
            }
            let note = data + "/load-password.txt"
            try Data((drawn + "\n").utf8).write(to: URL(filePath: note))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: note)
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "以许多网关同时上传,报告吞吐与应答时延")
        @OptionGroup var size: Size
        @Option(help: "服务器地址") var server = "http://127.0.0.1:8080"
        @Option(help: "同时上传的连接数") var connections = 32
        @Option(help: "持续秒数") var seconds = 20.0
        @Option(help: "随机种子") var seed: UInt64 = 1
        @Option(help: "总速率上限(条/秒),0 为不限") var rate = 0.0
        @Option(help: "越限值所占比例") var alarms = 0.0
        @Option(help: "上传纪元(每次压测换一个)") var epoch = "1"
        @Option(help: "改向同类软件写同样的读数(InfluxDB 行协议,毫秒),填完整的写入地址") var peer: String?

        func run() async throws {
            let client = HTTPClient(eventLoopGroupProvider: .singleton)
            do {
                let result = try await send(with: client)
                print(result)
            } catch {
                try await client.shutdown()
                throw error
            }
            try await client.shutdown()
        }

        private func send(with client: HTTPClient) async throws -> String {
            let clock = ContinuousClock()
            let start = clock.now
            let perConnection = rate > 0 ? rate / Double(connections) : 0
            let tallies = try await withThrowingTaskGroup(of: LoadTally.self) { group in
                for lane in 0..<connections {
                    group.addTask {
                        try await sendLane(lane, client: client, until: start + .seconds(seconds), rate: perConnection)
                    }
                }
                return try await group.reduce(into: LoadTally()) { $0.merge($1) }
            }
            let elapsed = Double((clock.now - start) / .milliseconds(1)) / 1_000
            return tallies.report(seconds: elapsed)
        }

        private func sendLane(
            _ lane: Int, client: HTTPClient, until end: ContinuousClock.Instant, rate: Double
        ) async throws -> LoadTally {
            var tally = LoadTally()
            var generator = SeededGenerator(seed: seed &+ UInt64(lane) &* 7_919)
            let registry = size.registry
            let gateways = Array(stride(from: lane, to: size.enterprises, by: connections))
            guard !gateways.isEmpty else { return tally }
            let clock = ContinuousClock()
            let start = clock.now
            let wall = ServerClock()
            var body: [UInt8] = []
            var seq: Int64 = 1
            while true {
                for gateway in gateways {
                    guard clock.now < end else { return tally }
                    if rate > 0 {
                        try await clock.sleep(until: start + .seconds(Double(tally.values) / rate))
                    }
                    let points = registry.points(of: gateway)
                    let count: Int
                    var request: HTTPClientRequest
                    if let peer {
                        count = LoadBody.writeLines(points: points, at: wall.now(), generator: &generator, into: &body)
                        request = HTTPClientRequest(url: peer)
                    } else {
                        count = LoadBody.write(
                            gateway: gateway, points: points, epoch: epoch, seq: seq, at: wall.now(), alarms: alarms,
                            generator: &generator, into: &body)
                        request = HTTPClientRequest(url: server + "/api/v1/upload")
                        request.headers.add(name: "authorization", value: "Bearer " + LoadRegistry.key(gateway))
                        request.headers.add(name: "content-type", value: "application/json")
                    }
                    request.method = .POST
                    request.body = .bytes(ByteBuffer(bytes: body))
                    let sent = clock.now
                    let response = try await client.execute(request, timeout: .seconds(60))
                    _ = try await response.body.collect(upTo: 1 << 20)
                    let isOK = (200..<300).contains(response.status.code)
                    tally.add(latency: clock.now - sent, values: isOK ? count : 0, isOK: isOK)
                }
                seq += 1
            }
        }
    }
}

/// What one connection counted.
struct LoadTally: Sendable {
    var values = 0
    var uploads = 0
    var failures = 0
    private var latenciesMicroseconds: [Int32] = []

    mutating func add(latency: Duration, values count: Int, isOK: Bool) {
        values += count
        uploads += 1
        if !isOK { failures += 1 }
        latenciesMicroseconds.append(Int32(clamping: Int(latency / .microseconds(1))))
    }

    mutating func merge(_ other: LoadTally) {
        values += other.values
        uploads += other.uploads
        failures += other.failures
        latenciesMicroseconds += other.latenciesMicroseconds
    }

    func report(seconds: Double) -> String {
        let sorted = latenciesMicroseconds.sorted()
        func quantile(_ share: Double) -> String {
            guard !sorted.isEmpty else { return "—" }
            let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
            return "\((Double(sorted[index]) / 100).rounded() / 10) ms"
        }
        let rate = Int(Double(values) / seconds)
        return "readings/s \(rate)  readings \(values)  uploads \(uploads)  refused \(failures)  "
            + "answer p50 \(quantile(0.5)) p99 \(quantile(0.99)) p99.9 \(quantile(0.999))  in \(Int(seconds)) s"
    }
}

/// The bytes of one upload, written without a JSON encoder so that the sender costs less than the server.
enum LoadBody {
    /// How many values it holds.
    static func write(
        gateway: Int, points: StrideTo<Int>, epoch: String, seq: Int64, at now: Timestamp, alarms: Double,
        generator: inout SeededGenerator, into body: inout [UInt8]
    ) -> Int {
        body.removeAll(keepingCapacity: true)
        body += "{\"dataSourceCode\":\"\(LoadRegistry.gateway(gateway))\",\"epoch\":\"\(epoch)\",\"seq\":\(seq),".utf8
        body += "\"sendTime\":\(now.milliseconds),\"type\":\"realtime\",\"datas\":[".utf8
        var count = 0
        for point in points {
            if count > 0 { body.append(UInt8(ascii: ",")) }
            let value = generator.chance(alarms) ? 9.5 : 4.0 + Double(generator.integer(0...300)) / 100
            body += "{\"targetCode\":\"\(LoadRegistry.point(point))\",\"value\":\(value),".utf8
            body += "\"collectTime\":\(now.milliseconds),\"quality\":\"GOOD\"}".utf8
            count += 1
        }
        body += "]}".utf8
        return count
    }

    /// The same readings in InfluxDB's line protocol, for measuring beside other software. Times in milliseconds.
    static func writeLines(
        points: StrideTo<Int>, at now: Timestamp, generator: inout SeededGenerator, into body: inout [UInt8]
    ) -> Int {
        body.removeAll(keepingCapacity: true)
        var count = 0
        for point in points {
            let value = 4.0 + Double(generator.integer(0...300)) / 100
            body += "reading,point=\(LoadRegistry.point(point)) value=\(value) \(now.milliseconds)\n".utf8
            count += 1
        }
        return count
    }
}
