import AsyncHTTPClient
import Domain
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Storage
import Support
import Testing

/// Kills the real server with `kill -9` under load, again and again, and looks at what it left: no acknowledged reading
/// lost, no step doubled, no timer forgotten. The server's clock runs three hundred times as fast, so that hours pass.
@Suite(.serialized) struct KillTests {
    static let enterprises = 6
    static let pointsEach = 20
    static let rounds = 6

    /// Where a gateway goes on: its next seq, and the bytes under it whose answer did not come.
    struct Next: Sendable {
        var seq: Int64
        var pending: [UInt8]?
    }

    /// What the server has said that it holds.
    actor Acknowledged {
        private(set) var uploads: [String: [Int64: Int]] = [:]
        func add(_ gateway: String, _ seq: Int64, _ accepted: Int) { uploads[gateway, default: [:]][seq] = accepted }
        /// The server was killed: whoever uploads stops trying.
        private(set) var isRoundOver = false
        func beginRound() { isRoundOver = false }
        func endRound() { isRoundOver = true }
        var count: Int { uploads.values.reduce(0) { $0 + $1.count } }
    }

    @Test(.timeLimit(.minutes(6)))
    func `YJ-01 A8 T8 kill -9 under load: nothing acknowledged is lost, no step doubled, no timer forgotten`()
        async throws
    {
        let folder = URL(filePath: try TemporaryFolder.make())
        try ServerUnderTest.command(
            [
                "load", "prepare", "--data", folder.appending(path: "data").path,
                "--points", String(Self.enterprises * Self.pointsEach), "--enterprises", String(Self.enterprises),
            ], log: folder.appending(path: "prepare.log"))
        let server = try ServerUnderTest(folder: folder, arguments: ["--clock-rate", "300"])
        defer { server.kill() }
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        let acknowledged = Acknowledged()
        var generator = SeededGenerator(seed: 20_261_123)
        var seqs = Array(repeating: Next(seq: 1, pending: nil), count: Self.enterprises)
        for round in 0..<Self.rounds {
            if round > 0 { try server.restart() }
            try await server.ready(client)
            await acknowledged.beginRound()
            let address = server.address
            let load = Task { [seqs] in
                await Self.upload(to: address, client: client, from: seqs, round: round, into: acknowledged)
            }
            try await Task.sleep(for: .milliseconds(2_500 + generator.integer(0...2_500)))
            server.kill()
            await acknowledged.endRound()
            seqs = await load.value
        }
        // Down for more than an hour of its clock: the last start catches up, then everything must be in order.
        try await Task.sleep(for: .seconds(14))
        try server.restart()
        try await server.ready(client)
        try await Task.sleep(for: .seconds(3))
        server.kill()
        try await client.shutdown()
        #expect(await acknowledged.count > 50, "the load was real")
        try await LeftBehind(data: folder.appending(path: "data").path).check(acknowledged.uploads)
    }

    /// Uploads for all gateways until the server dies; the next seq of each. An upload whose answer did not come is
    /// sent again after the restart under the same seq.
    private static func upload(
        to address: String, client: HTTPClient, from seqs: [Next], round: Int, into acknowledged: Acknowledged
    ) async -> [Next] {
        await withTaskGroup(of: (Int, Next).self) { group in
            for gateway in 0..<enterprises {
                group.addTask {
                    var seq = seqs[gateway].seq
                    var pending = seqs[gateway].pending
                    while await !acknowledged.isRoundOver {
                        let body: [UInt8]
                        if let kept = pending {
                            body = kept
                        } else if let now = try? await ServerUnderTest.time(at: address, client) {
                            body = Self.body(gateway: gateway, seq: seq, at: now)
                            pending = body
                        } else {
                            try? await Task.sleep(for: .milliseconds(50))
                            continue
                        }
                        guard let accepted = try? await send(body, gateway, to: address, client: client) else {
                            try? await Task.sleep(for: .milliseconds(50))
                            continue
                        }
                        pending = nil
                        await acknowledged.add(name(gateway), seq, accepted)
                        seq += 1
                        try? await Task.sleep(for: .milliseconds(30))
                    }
                    return (gateway, Next(seq: seq, pending: pending))
                }
            }
            var next = seqs
            for await (gateway, reached) in group { next[gateway] = reached }
            return next
        }
    }

    private static func name(_ gateway: Int) -> String { "GW-L" + padded(gateway, 6) }

    private static func padded(_ value: Int, _ width: Int) -> String {
        String(repeating: "0", count: width - String(value).count) + String(value)
    }

    /// Half of the gateways stand beyond their limits nearly all
    /// the time, with short returns: alarms and warnings come, stay and go.
    private static func body(gateway: Int, seq: Int64, at now: Int64) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(gateway) &* 1_000_003 &+ UInt64(seq))
        let isHigh = gateway % 2 == 0 && (seq / 40) % 5 != 4
        let values = (0..<pointsEach).map { place -> String in
            let point = gateway + place * enterprises
            let value = isHigh && place % 7 == 0 ? 10.5 : 4 + Double(generator.integer(0...100)) / 100
            return "{\"targetCode\":\"LP\(padded(point, 9))\",\"value\":\(value),\"collectTime\":\(now)}"
        }
        let text =
            "{\"dataSourceCode\":\"\(name(gateway))\",\"seq\":\(seq),\"type\":\"realtime\",\"datas\":["
            + values.joined(separator: ",") + "]}"
        return [UInt8](text.utf8)
    }

    private static func send(
        _ body: [UInt8], _ gateway: Int, to address: String, client: HTTPClient
    ) async throws -> Int {
        var request = HTTPClientRequest(url: address + "/api/v1/upload")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer load-test-key-" + padded(gateway, 6))
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await client.execute(request, timeout: .seconds(2))
        let answer = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .ok, let json = try? JSON.parse([UInt8](answer.readableBytesView)),
            let accepted = json["accepted"]?.integer
        else { throw Browser.Failure(description: "\(response.status): \(String(buffer: answer))") }
        return Int(accepted)
    }
}
