import Foundation
import Kernel
import Synchronization
import Testing

@testable import Gateway

@Suite struct ReplayTests {
    private struct Result {
        var summary: ReplayRun.Summary
        var items: [FakeServer.Item]
        var lines: [String]
    }

    private func replay(
        _ bytes: [UInt8], clock: Timestamp = noon, waits: Waits = Waits(), _ change: (inout ReplayRun.Options) -> Void
    ) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: "replay-\(UInt64.random(in: 0 ... .max)).csv")
        try Data(bytes).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        var options = ReplayRun.Options(file: path.path)
        change(&options)
        let server = FakeServer()
        let lines = Lines()
        let uploader = Uploader(
            source: "GW-1", key: "k", epoch: "r", capacity: 5_000, transport: server, clock: { clock },
            rest: { try await waits.rest($0) }, tell: { lines.add($0) })
        let run = ReplayRun(
            options: options, uploader: uploader, clock: { clock }, rest: { try await waits.rest($0) },
            tell: { lines.add($0) }, progress: { _, _ in })
        async let delivery: Void = uploader.run()
        let summary: ReplayRun.Summary
        do { summary = try await run.run() } catch {
            await uploader.finish()
            await delivery
            throw error
        }
        await uploader.finish()
        await delivery
        return Result(summary: summary, items: server.items, lines: lines.all)
    }

    @Test func `a long export with Chinese headers is read without being told anything`() async throws {
        let text = """
            时间,位号,值,质量
            2026-11-23 09:00:00,PT-2031,1.92,GOOD
            2026-11-23 09:00:05,PT-2031,"1.93",Bad
            坏时间,PT-2031,1.9,GOOD
            2026-11-23 09:00:15,PT-2031,I/O Timeout,GOOD

            2026-11-23 09:00:20,其他点,5,192
            """
        let result = try await replay(Array(text.utf8)) { $0.codes = ["PT-2031": "140521001001G0003P01"] }
        #expect(result.summary.rows == 5 && result.summary.badRows == 2 && result.summary.values == 3)
        #expect(result.items.map(\.target) == ["140521001001G0003P01", "140521001001G0003P01", "其他点"])
        #expect(result.items.map(\.quality) == ["GOOD", "BAD", "GOOD"])
        #expect(result.items[0].at == ChinaTime.parseDateTime("2026-11-23 09:00:00")?.milliseconds)
        #expect(result.lines == ["第 4 行:时间“坏时间”读不懂", "第 5 行:PT-2031 的值“I/O Timeout”不是数"])
    }

    @Test func `a wide export gives a value a column, empty cells none`() async throws {
        let text = "Timestamp;P1;P2;P3\r\n2026/11/23 9:05;1;;3.5\r\n2026/11/23 9:06;2;4;x\r\n"
        let result = try await replay(Array(text.utf8)) {
            $0.isWide = true
            $0.map = ColumnMap(time: "Timestamp")
        }
        #expect(result.items.map(\.target) == ["P1", "P3", "P1", "P2"])
        #expect(result.summary.emptyCells == 1 && result.summary.badRows == 1)
    }

    @Test func `columns by number, no header, two columns for one time, GB 18030`() async throws {
        let text = "2026-11-23,10:00:00,液位计,7.5\n"
        let gbk: [UInt8] =
            Array("2026-11-23,10:00:00,".utf8) + [0xD2, 0xBA, 0xCE, 0xBB, 0xBC, 0xC6] + Array(",7.5\n".utf8)
        for bytes in [Array(text.utf8), gbk] {
            let result = try await replay(bytes) {
                $0.map = ColumnMap(time: "#1+#2", point: "#3", value: "#4")
            }
            #expect(result.items.map(\.target) == ["液位计"])
        }
    }

    @Test func `moved to now the newest value is now and the old ones are backfill`() async throws {
        let text = "time,point,value\n1600000000,A,1\n1600000600,A,2\n1600000660,A,3\n"
        let result = try await replay(Array(text.utf8)) { $0.shiftsToNow = true }
        #expect(result.items.map { noon.milliseconds - $0.at } == [660_000, 60_000, 0])
        #expect(result.items.map(\.isBackfill) == [true, false, false])
    }

    @Test func `played at a speed it waits between the rows and stamps them closer together`() async throws {
        let text = "time,point,value\n1600000000,A,1\n1600000600,A,2\n1600001200,A,3\n"
        let waits = Waits()
        let result = try await replay(Array(text.utf8), waits: waits) {
            $0.shiftsToNow = true
            $0.speed = 60
        }
        #expect(result.items.map { $0.at - noon.milliseconds } == [0, 10_000, 20_000])
        #expect(waits.all == [.seconds(10), .seconds(20)])
    }

    @Test func `mistakes are said before anything is sent`() async throws {
        await #expect(throws: ReplayMistake("文件是空的")) { try await replay([]) { _ in } }
        await #expect(throws: ReplayMistake.self) { try await replay(Array("a,b,c\n1,2,3\n".utf8)) { _ in } }
        await #expect(throws: ReplayMistake.self) {
            try await replay(Array("time,point,value\n13/01/2026 10:00,A,1\n".utf8)) { _ in }
        }
        #expect(throws: ReplayMistake.self) { try ColumnMap("time") }
    }

    @Test(
        arguments: [
            ("2026-11-23T09:00:00+08:00", TimeFormat.rfc3339), ("2026-11-23 01:00:00Z", .rfc3339),
            ("2026-11-23 09:00:00", .ymd), ("2026/11/23 9:00", .ymd), ("2026年11月23日 9:00:00", .ymd),
            ("2026-11-23 09:00:00.000", .ymd), ("2026/11/23 9:00:00 AM", .ymd), ("20261123090000", .compact),
            ("1795395600000", .unixMilliseconds), ("1795395600", .unixSeconds), ("23-Nov-26 09:00:00", .monthName),
            ("46349.375", .excel),
        ] as [(String, TimeFormat)])
    func `nine in the morning is read however it is written`(text: String, format: TimeFormat) {
        #expect(TimeFormat.detect([text]) == format)
        #expect(format.parse(text) == ChinaTime.parseDateTime("2026-11-23 09:00:00"))
    }

    @Test func `day and month are told apart only when declared`() {
        #expect(TimeFormat.detect(["11/10/2026 09:00:00"]) == nil)
        #expect(TimeFormat.dmy.parse("11/10/2026 09:00:00") == ChinaTime.parseDateTime("2026-10-11 09:00:00"))
        #expect(TimeFormat.mdy.parse("11/10/2026 9:00:00 PM") == ChinaTime.parseDateTime("2026-11-10 21:00:00"))
        #expect(TimeFormat.mdy.parse("13/10/2026 09:00:00") == nil)
        #expect(TimeFormat.ymd.parse("2026-02-30 09:00:00") == nil)
    }

    @Test(
        arguments: [
            ("", nil), ("GOOD", nil), ("192", nil), ("良好", nil), ("0", "BAD"), ("64", "UNCERTAIN"), ("Bad", "BAD"),
            ("超量程", "OUT_OF_RANGE"), ("what", "BAD"),
        ] as [(String, String?)])
    func `quality in many words`(word: String, expected: String?) {
        #expect(QualityWord.upload(word) == expected)
    }
}

final class Lines: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock { $0 } }
    func add(_ line: String) { list.withLock { $0.append(line) } }
}
