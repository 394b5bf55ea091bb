import Compression
import Kernel
import Testing

@testable import Gateway

@Suite struct UploaderTests {
    private func make(_ server: FakeServer, capacity: Int = 10_000, waits: Waits = Waits()) -> Uploader {
        Uploader(
            source: "GW-1", key: "k", epoch: "e", capacity: capacity, transport: server, clock: { noon },
            rest: { try await waits.rest($0) }, tell: { _ in })
    }

    private func values(_ range: Range<Int>, at instant: Timestamp = noon) -> [OutgoingValue] {
        range.map { OutgoingValue(target: "T\($0)", value: Double($0) + 0.5, at: instant) }
    }

    @Test func `the same upload goes out again until it is answered, and each value arrives once`() async {
        let server = FakeServer(script: [
            .later(after: nil, reason: "connection refused"), .later(after: .seconds(7), reason: "503"),
            .later(after: nil, reason: "answer lost"),
        ])
        let waits = Waits()
        let uploader = make(server, waits: waits)
        await uploader.offer(values(0..<10), flush: true)
        await uploader.finish()
        await uploader.run()
        #expect(server.bodies.count == 4)
        #expect(Set(server.bodies).count == 1)
        #expect(server.items.map(\.target) == (0..<10).map { "T\($0)" })
        #expect(waits.all == [.milliseconds(500), .seconds(7), .seconds(2)])
        let counts = await uploader.snapshot()
        #expect(counts.uploads == 1 && counts.duplicates == 1 && counts.retries == 3 && counts.waiting == 0)
    }

    @Test func `a spool without room gives up the oldest and says how many`() async {
        let server = FakeServer()
        let uploader = make(server, capacity: 100)
        await uploader.setConnected(false)
        await uploader.offer(values(0..<250), flush: true)
        let counts = await uploader.snapshot()
        #expect(counts.dropped == 150 && counts.waiting == 100)
        await uploader.finish()
        await uploader.run()
        #expect(server.items.first?.target == "T150")
        #expect(server.items.count == 100)
    }

    @Test func `a source that can wait waits, and nothing is given up`() async {
        let server = FakeServer()
        let uploader = make(server, capacity: 50)
        async let delivery: Void = uploader.run()
        for start in stride(from: 0, to: 1_000, by: 40) { await uploader.put(values(start..<start + 40)) }
        await uploader.finish()
        await delivery
        #expect(server.items.map(\.target) == (0..<1_000).map { "T\($0)" })
        #expect(await uploader.snapshot().dropped == 0)
    }

    @Test func `too large is cut in halves, a taken number begins a new count`() async {
        let server = FakeServer(script: [.tooLarge, .sequenceTaken])
        let uploader = make(server)
        await uploader.offer(values(0..<9), flush: true)
        await uploader.finish()
        await uploader.run()
        #expect(server.items.map(\.target) == (0..<9).map { "T\($0)" })
        #expect(server.bodies.count > 3)
    }

    @Test func `rejected values are counted by reason, a refused upload is not sent for ever`() async {
        let server = FakeServer(script: [.refused("400 not JSON")], rejects: ["T3"])
        let uploader = make(server)
        async let delivery: Void = uploader.run()
        await uploader.put(values(0..<2))
        await uploader.put(values(2..<5))
        await uploader.finish()
        await delivery
        let counts = await uploader.snapshot()
        #expect(counts.refusedUploads == 1)
        #expect(await uploader.snapshot().waiting == 0)
        #expect(server.bodies.count <= 3)
    }

    @Test func `what is older than five minutes is marked as backfill`() async {
        let server = FakeServer()
        let uploader = make(server)
        let old = values(1..<2, at: noon - .seconds(301))
        await uploader.offer(values(0..<1, at: noon - .minutes(5)) + old, flush: true)
        await uploader.finish()
        await uploader.run()
        #expect(server.items.map(\.isBackfill) == [false, true])
    }

    @Test func `answers of the server are read as the contract has them`() {
        func answer(_ status: UInt, _ body: String, retryAfter: String? = nil) -> UploadAnswer {
            HTTPTransport.answer(status: status, retryAfter: retryAfter, body: Array(body.utf8))
        }
        let receipt = UploadReceipt(accepted: 3, rejected: [.init(index: 7, reason: "unknown targetCode X")])
        #expect(
            answer(
                200, #"{"accepted":3,"duplicate":false,"rejected":[{"index":7,"reason":"unknown targetCode X"}]}"#)
                == .accepted(receipt))
        #expect(answer(503, #"{"title":"busy"}"#, retryAfter: "5") == .later(after: .seconds(5), reason: "503 busy"))
        #expect(answer(429, "", retryAfter: "soon") == .later(after: nil, reason: "429 "))
        #expect(answer(409, "{}") == .sequenceTaken)
        #expect(answer(413, "") == .tooLarge)
        #expect(answer(401, #"{"detail":"no key"}"#) == .keyRefused("401 no key"))
        #expect(answer(422, "x") == .refused("422 x"))
        // A proxy's friendly page is not a receipt.
        #expect(answer(200, "<html>") == .later(after: nil, reason: "200, but no receipt in the answer"))
    }

    @Test func `a gzip body inflates to what went in`() throws {
        let body = Array(String(repeating: "{\"targetCode\":\"140525001001G0001L01\"}", count: 900).utf8)
        let small = try #require(Gzip.compressed(body, level: 5))
        #expect(small.count < body.count / 10)
        #expect(small.prefix(2) == [0x1f, 0x8b])
    }

    @Test func `keys are read, mistakes are named by line`() throws {
        let file = try KeysFile("# 演示\nGW-1 abc\n\nGW-2\tdef # 第二\n")
        #expect(file.keys == ["GW-1": "abc", "GW-2": "def"])
        #expect(throws: KeysFile.Mistake.self) { try KeysFile("GW-1 a b") }
        #expect(throws: KeysFile.Mistake.self) { try KeysFile("GW-1 a\nGW-1 b") }
        #expect(throws: KeysFile.Mistake.self) { try KeysFile("# 空\n") }
    }
}
