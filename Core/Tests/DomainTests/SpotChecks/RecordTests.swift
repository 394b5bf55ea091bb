import Domain
import Kernel
import Testing

@Suite struct SpotCheckRecordTests {
    static let at = Timestamp(milliseconds: 1_795_410_521_000)

    static var facts: SpotCheckFacts {
        SpotCheckFacts(
            at: at, enterpriseName: "晋沁化工有限公司", region: "晋城市沁水县", hazards: ["合成氨装置", "液氨罐区"], level: .red,
            commitment: "是 08:52", openAlarms: 2, anomalies: ["压力 PT-2031 高高 2.47/2.40 MPa"], video: "24/24 在线",
            highLevels: ["11-23 橙、红"], dutyCall: "查岗 10:03 按时应答(42 秒),张三")
    }

    static var complete: SpotCheckRecord {
        var record = SpotCheckRecord(
            facts: facts, videoNote: "无", watch: "在岗", other: "无", inspectors: "王敏、李岩", contact: "0356-000-1190")
        for item in SpotCheckContent.allCases { record.verdicts[item] = .sound }
        return record
    }

    @Test func `XC-28 five items, none may be left out, a problem says what it is`() {
        #expect(SpotCheckContent.allCases.map(\.title) == ["系统及视频在线和完好", "异常处置", "值班值守", "安全承诺", "包保责任落实"])
        #expect(Self.complete.gaps.isEmpty)
        for item in SpotCheckContent.allCases {
            var record = Self.complete
            record.verdicts[item] = nil
            #expect(record.gaps.map(\.field) == ["v-" + item.rawValue])
            record.verdicts[item] = .problem
            #expect(record.gaps.map(\.field) == ["n-" + item.rawValue])
            record.notes[item] = " "
            #expect(record.gaps.count == 1)
            record.notes[item] = "罐区 3 路视频黑屏"
            #expect(record.gaps.isEmpty && record.problems.map(\.text) == ["罐区 3 路视频黑屏"])
        }
        #expect(SpotCheckRecord(facts: Self.facts).gaps.count == 10)
    }

    @Test func `XC-29 twelve columns in the words of the appendix`() {
        #expect(SpotCheckRecord.columns.count == 12 && SpotCheckRecord.sources.count == 12)
        #expect(
            SpotCheckRecord.columns.joined(separator: "|")
                == "序号|企业名称|所在地区|重大危险源名称|安全风险等级|是否安全承诺|未消警数量|实时监测数据异常情况|视频异常情况|"
                + "值班值守|7日内是否出现过较大及以上安全风险等级|其他异常情况")
        #expect(SpotCheckRecord.title(Day(Self.at)) == "2026年11月23日抽查情况")
        var record = Self.complete
        record.verdicts[.responsibility] = .problem
        record.notes[.responsibility] = "技术负责人 3 日未履职"
        #expect(
            record.cells(number: 1) == [
                "1", "晋沁化工有限公司", "晋城市沁水县", "合成氨装置、液氨罐区", "重大(红)", "是 08:52", "2",
                "压力 PT-2031 高高 2.47/2.40 MPa", "24/24 在线;无", "在岗", "是(11-23 橙、红)",
                "异常处置:正常;包保责任落实:有问题(技术负责人 3 日未履职);无其他异常",
            ])
    }

    @Test func `XC-29 A34 column 11 looks back 7 × 24 hours, the instant itself included`() {
        let at = Self.at
        func span(_ level: Level, _ from: Interval, _ until: Interval?) -> HighLevelSpan {
            HighLevelSpan(enterprise: "e", level: level, from: at - from, until: until.map { at - $0 })
        }
        #expect(SpotCheckFacts.highLevels([span(.orange, .days(8), .days(7))], at: at).isEmpty)
        #expect(
            SpotCheckFacts.highLevels([span(.orange, .days(8), .days(7) - .milliseconds(1))], at: at) == ["11-16 橙"])
        #expect(SpotCheckFacts.highLevels([span(.yellow, .hours(2), nil)], at: at).isEmpty)
        #expect(SpotCheckFacts.highLevels([span(.red, .zero, nil)], at: at) == ["11-23 红"])
        #expect(
            SpotCheckFacts.highLevels([span(.orange, .hours(30), .hours(20)), span(.red, .hours(1), nil)], at: at)
                == ["11-23 红", "11-22 橙"])
    }

    @Test func `a record is stored and read back`() throws {
        var record = Self.complete
        record.hasCameraViolation = true
        record.verdicts[.watch] = .problem
        record.notes[.watch] = "无人应答"
        #expect(try SpotCheckRecord(json: JSON.parse(record.json.text)) == record)
        #expect(SpotCheckRecord(json: ["facts": .null]) == nil)
    }
}

@Suite struct DutyCallTests {
    let at = Timestamp(milliseconds: 1_795_410_521_000)

    private func call(_ minutes: Int = 5) throws(DutyCall.Refusal) -> DutyCall {
        try DutyCall(
            id: "c", caller: "city", target: .enterprise("e"), calledAt: at, minutes: minutes, question: "请报在岗人数")
    }

    @Test func `XC-28 an answer exactly at the deadline is in time, a millisecond later it is missed`() throws {
        var early = try call()
        #expect(early.state == .waiting && early.nextDeadline == at + .minutes(5))
        try early.answer(by: "张三", text: "两人在岗", at: at + .minutes(5))
        #expect(early.state == .answered && early.nextDeadline == nil)
        let isMissed = early.elapse(at: at + .minutes(6))
        #expect(!isMissed)
        #expect(throws: DutyCall.Refusal.alreadyAnswered) { try early.answer(by: "李四", text: "", at: at) }
        var late = try call()
        let outcomes = [
            late.elapse(at: at + .minutes(5) - .milliseconds(1)), late.elapse(at: at + .minutes(5)),
            late.elapse(at: at + .minutes(9)),
        ]
        #expect(outcomes == [false, true, false] && late.state == .missed)
        try late.answer(by: "张三", text: "", at: at + .minutes(7) + .seconds(3))
        #expect(late.state == .late)
        #expect(late.summary == "查岗 13:08 迟应答(7 分 3 秒),张三")
    }

    @Test func `a name is needed, and a time that can be kept`() throws {
        #expect(throws: DutyCall.Refusal.tooFewMinutes) { try call(0) }
        #expect(throws: DutyCall.Refusal.tooManyMinutes) { try call(61) }
        var asked = try call()
        #expect(throws: DutyCall.Refusal.noName) { try asked.answer(by: "  ", text: "在", at: at) }
    }
}
