import Domain
import Kernel
import Testing

@testable import Wire

@Suite struct UploadScannerTests {
    static func directory(_ codes: String...) -> PointDirectory {
        var directory = PointDirectory()
        for code in codes { directory.add(code) }
        return directory
    }

    static func scan(_ text: String, _ directory: PointDirectory = directory("L01", "T01")) throws -> UploadMessage {
        var message = UploadMessage()
        try UploadScanner.scan([UInt8](text.utf8), directory: directory, into: &message)
        return message
    }

    static func upload(_ datas: String) -> String {
        #"{"dataSourceCode":"GW-1","seq":7,"type":"realtime","datas":[\#(datas)]}"#
    }

    @Test func `the example of the contract reads as it should`() throws {
        let message = try Self.scan(
            """
            {"dataSourceCode": "GW-140525001-01", "seq": 88123, "sendTime": "2026-11-23 09:00:00", "type": "realtime",
             "datas": [
               {"targetCode": "L01", "value": 7.85, "collectTime": "2026-11-23 08:59:58", "quality": "GOOD"},
               {"targetCode": "T01", "value": 21.4, "collectTime": 1795395598000, "quality": "BAD", "backfill": true,
                "status": "GAS2"}
             ]}
            """)
        #expect(message.dataSourceCode == "GW-140525001-01" && message.seq == 88123 && message.epoch == "")
        #expect(message.sendTime == ChinaTime.parseDateTime("2026-11-23 09:00:00") && message.kind == .realtime)
        try #require(message.values.count == 2)
        #expect(message.values[0].point == 0 && message.values[0].value == 7.85)
        #expect(message.values[0].claimedAt == ChinaTime.parseDateTime("2026-11-23 08:59:58"))
        #expect(message.values[1].claimedAt.milliseconds == 1_795_395_598_000 && message.values[1].quality == .bad)
        #expect(message.values[1].isMarkedBackfill && message.values[1].reported == .highHigh)
        #expect(message.rejected.isEmpty)
    }

    @Test(arguments: [
        (#"{"targetCode":"X","value":1,"collectTime":1}"#, "不认识的 targetCode “X”"),
        (#"{"value":1,"collectTime":1}"#, "缺少 targetCode"),
        (#"{"targetCode":5,"value":1,"collectTime":1}"#, "targetCode 应为字符串"),
        (#"{"targetCode":"L01","collectTime":1}"#, "缺少 value"),
        (#"{"targetCode":"L01","value":null,"collectTime":1}"#, "缺少 value"),
        (#"{"targetCode":"L01","value":"1","collectTime":1}"#, "value 应为数"),
        (#"{"targetCode":"L01","value":1e999,"collectTime":1}"#, "value 超出范围"),
        (#"{"targetCode":"L01","value":1}"#, "缺少 collectTime"),
        (#"{"targetCode":"L01","value":1,"collectTime":"yesterday"}"#, "collectTime 不是时刻"),
        (#"{"targetCode":"L01","value":1,"collectTime":"2026-02-30 10:00:00"}"#, "collectTime 不是时刻"),
        (#"{"targetCode":"L01","value":1,"collectTime":-5}"#, "collectTime 不是时刻"),
        (
            #"{"targetCode":"L01","value":1,"collectTime":1,"quality":"FINE"}"#,
            "quality 应为 GOOD、UNCERTAIN、BAD 或 OUT_OF_RANGE"
        ),
        (#"{"targetCode":"L01","value":1,"collectTime":1,"backfill":"yes"}"#, "backfill 应为 true 或 false"),
        (#"{"targetCode":"L01","value":1,"value":2,"collectTime":1}"#, "value 出现两次"),
        ("7", "每个值应为对象"), ("{}", "缺少 targetCode"),
    ])
    func `one bad value rejects itself, never the batch`(bad: String, reason: String) throws {
        let good = #"{"targetCode":"T01","value":2,"collectTime":1000}"#
        let message = try Self.scan(Self.upload("\(good),\(bad),\(good)"))
        #expect(message.values.map(\.index) == [0, 2])
        #expect(message.rejected == [RejectedValue(index: 1, reason: reason)])
    }

    @Test func `a bad value may bear no figure`() throws {
        let message = try Self.scan(
            Self.upload(#"{"targetCode":"L01","value":null,"collectTime":1,"quality":"BAD"}"#))
        #expect(message.values.count == 1 && message.values[0].value.isNaN && message.rejected.isEmpty)
    }

    @Test(arguments: [
        ("", 400), ("[]", 400), ("{", 400), ("7", 400), (#"{"type":"realtime"}"#, 422), (#"{"seq":1}"#, 422),
        (#"{"dataSourceCode":"a","type":"realtime","datas":[]}"#, 422),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1}"#, 422),
        (#"{"dataSourceCode":"a","type":"dream","seq":1,"datas":[]}"#, 422),
        (#"{"dataSourceCode":"a","type":"realtime","seq":"1","datas":[]}"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1.5,"datas":[]}"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":-1,"datas":[]}"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1,"seq":1,"datas":[]}"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1,"datas":{}}"#, 400),
        (#"{"dataSourceCode":1,"type":"realtime","seq":1,"datas":[]}"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1,"datas":[]} x"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1,"datas":[],}"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1,"datas":[{]}"#, 400),
        (#"{"dataSourceCode":"a","type":"realtime","seq":1,"sendTime":"x","datas":[]}"#, 400),
    ])
    func `a document that cannot be taken is refused as a whole`(text: String, status: Int) throws {
        let error = try #require(throws: UploadRefusal.self) { try Self.scan(text) }
        #expect(error.status == status, "\(error.detail)")
    }

    @Test func `5,000 values are taken, one more is 413`() throws {
        let value = #"{"targetCode":"L01","value":1,"collectTime":1}"#
        let full = Array(repeating: value, count: 5_000).joined(separator: ",")
        #expect(try Self.scan(Self.upload(full)).values.count == 5_000)
        let error = try #require(throws: UploadRefusal.self) { try Self.scan(Self.upload(full + "," + value)) }
        #expect(error == .tooManyValues(limit: 5_000) && error.status == 413)
    }

    @Test func `members stand in any order, unknown ones and escapes are no trouble`() throws {
        let message = try Self.scan(
            #"""
            {"x":{"a":[1,{"b":"\"]}"}]},"datas":[{"colour":[{}],
            "quality":"\u0047OOD",
            "collectTime":"2026-11-23T09:00:00.5Z",
            "\u0076alue":-1.5E1,"targetCode":"\u004C01"}],"epoch":"e\u00df","type":"real\u0074ime","seq":0,
            "dataSourceCode":"晋城"}
            """#)
        #expect(message.epoch == "eß" && message.dataSourceCode == "晋城")
        try #require(message.values.count == 1)
        #expect(message.values[0].value == -15 && message.values[0].point == 0)
        #expect(message.values[0].claimedAt == ChinaTime.parseRFC3339("2026-11-23T09:00:00.5Z"))
    }

    @Test func `other kinds keep no values`() throws {
        let message = try Self.scan(#"{"datas":[{"companyCode":"1"}],"dataSourceCode":"a","seq":1,"type":"company"}"#)
        #expect(message.kind == .company && message.values.isEmpty && message.rejected.isEmpty)
        #expect(try Self.scan(#"{"dataSourceCode":"a","type":"heartbeat"}"#).kind == .heartbeat)
    }

    @Test func `what is not UTF-8 is refused`() throws {
        var bytes = [UInt8](Self.upload("").utf8)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "G")))
        bytes[place] = 0xFF
        var message = UploadMessage()
        #expect(throws: UploadRefusal.self) {
            try UploadScanner.scan(bytes, directory: PointDirectory(), into: &message)
        }
    }

    @Test(arguments: [
        "dataSourceCode", "seq", "epoch", "sendTime", "type", "datas", "targetCode", "value", "collectTime", "quality",
        "status", "backfill", "GOOD", "UNCERTAIN", "BAD", "OUT_OF_RANGE", "NORMAL", "LL", "L", "H", "HH", "GAS1",
        "GAS2",
        "OFFLINE", "STOPPED",
    ])
    func `the numbers of the words are those of their letters`(text: String) {
        let words: [String: Word] = [
            "dataSourceCode": .dataSourceCode, "seq": .seq, "epoch": .epoch, "sendTime": .sendTime, "type": .type,
            "datas": .datas, "targetCode": .targetCode, "value": .value, "collectTime": .collectTime,
            "quality": .quality, "status": .status, "backfill": .backfill, "GOOD": .good, "UNCERTAIN": .uncertain,
            "BAD": .bad, "OUT_OF_RANGE": .outOfRange, "NORMAL": .normal, "LL": .lowLow, "L": .low, "H": .high,
            "HH": .highHigh, "GAS1": .gasFirst, "GAS2": .gasSecond, "OFFLINE": .offlineStatus, "STOPPED": .stopped,
        ]
        let bytes = [UInt8](text.utf8)
        #expect(words[text] == Word(bytes.span, 0..<bytes.count))
    }
}
