import Domain
import Kernel
import Operations
import Storage
import Support
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct MessageTests {
    /// Sends a message that must not be refused as a whole; what was accepted, and the places of what was not.
    static func send(
        _ kind: String, _ datas: JSON, seq: Int64, in world: inout IntakeWorld
    ) throws -> (count: Int, rejected: [Int], isDuplicate: Bool) {
        let outcome = try world.message(kind, datas, seq: seq, at: seq)
        guard case .accepted(let count, let rejected, let isDuplicate) = outcome else {
            Issue.record("refused: \(outcome)")
            return (-1, [], false)
        }
        return (count, rejected.map(\.index), isDuplicate)
    }

    @Test(arguments: Engine.underTest) func `JC-18 a filing by upload waits like any other, and once`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let datas: JSON = [
            [
                "companyCode": "e1", "offlineType": "检维修", "offlineReason": "换密封", "measure": "专人监护",
                "offlineTime": .integer(IntakeWorld.at(90_000).milliseconds),
                "planOnlineTime": .integer(IntakeWorld.at(99_000).milliseconds), "targetCode": "G1",
            ],
            ["companyCode": "e2", "offlineType": "检维修"], ["offlineType": "检维修", "targetCode": "X1"],
        ]
        let first = try Self.send("offline", datas, seq: 1, in: &world)
        #expect(first.count == 1 && first.rejected == [1, 2] && !first.isDuplicate)
        let again = try Self.send("offline", datas, seq: 1, in: &world)
        #expect(again.count == 1 && again.rejected == [1, 2] && again.isDuplicate)
        #expect(try world.count("filing WHERE confirmed_at IS NULL AND is_late = 0") == 1)
        let other = try world.message("offline", [], seq: 1, at: 6)
        #expect(other == .conflict)
        #expect(try world.count("message") == 1)
        // What is kept of it is read again at a restart.
        try world.restart(at: 10)
    }

    @Test(arguments: Engine.underTest) func `SJ-06 SJ-22 a gateway registers equipment and points, and loosens nothing`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let equipment: JSON = [
            [
                "equipCode": "K1", "equipName": "1号液氨球罐", "equipType": "压力储罐", "medium": "液氨", "matterForm": "液化气体",
                "location": "罐区东侧", "hazardCode": "h1",
            ]
        ]
        let sent1 = try Self.send("equip", equipment, seq: 1, in: &world)
        #expect(sent1.count == 1)
        #expect(try world.count("equipment WHERE id = 'K1' AND enterprise_id = 'e1'") == 1)
        func target(_ high: Double) -> JSON {
            [
                [
                    "targetCode": "N1", "targetName": "1号液氨球罐液位", "targetType": "液位", "unit": "m", "equipCode": "K1",
                    "hazardCode": "h1", "rangeDown": 0, "rangeUp": 12, "thresholdUp": .number(high),
                    "location": "罐顶",
                ]
            ]
        }
        let sent2 = try Self.send("target", target(9), seq: 2, in: &world)
        #expect(sent2.count == 1)
        #expect(try world.count("point WHERE id = 'N1' AND high = 9 AND location = '罐顶'") == 1)
        // The edge's own limit became laxer: noted as such, ours stays.
        let sent3 = try Self.send("target", target(9.5), seq: 3, in: &world)
        #expect(sent3.count == 1)
        #expect(try world.count("point WHERE id = 'N1' AND high = 9 AND edge_high = 9.5") == 1)
        let moved: JSON = [["targetCode": "N1", "location": "罐底"]]
        let sent4 = try Self.send("target", moved, seq: 4, in: &world)
        #expect(sent4.rejected == [0])
        #expect(try world.count("point WHERE id = 'N1' AND location = '罐顶'") == 1)
        let sent5 = try Self.send("target", [["targetCode": "X1"]], seq: 5, in: &world)
        #expect(sent5.rejected == [0])
    }

    @Test(arguments: Engine.underTest) func `SJ-03 what a gateway says of its enterprise is compared`(
        engine: Engine
    ) throws {
        var world = try IntakeWorld(engine)
        let company: JSON = [["companyCode": "e1", "companyName": "另一个名字", "regionCode": "140525"]]
        let sent6 = try Self.send("company", company, seq: 1, in: &world)
        #expect(sent6.count == 1)
        let hazard: JSON = [["hazardCode": "h1", "hazardName": "罐区"]]
        let sent7 = try Self.send("hazard", hazard, seq: 2, in: &world)
        #expect(sent7.count == 1)
        #expect(try world.findings() == ["registerDifference": 1])
        let people: JSON = [
            ["hazardCode": "h1", "responsibleType": "主要负责人", "personName": "张三", "mobile": "13800000001"],
            ["hazardCode": "h1", "responsibleType": "2", "personName": "李四", "mobile": "123"],
            ["hazardCode": "other", "responsibleType": "1", "personName": "王五", "mobile": "13800000002"],
        ]
        let outcome = try Self.send("responsible", people, seq: 3, in: &world)
        #expect(outcome.count == 1 && outcome.rejected == [1, 2])
        #expect(try world.count("responsibility WHERE hazard_id = 'h1' AND until_at IS NULL") == 1)
    }
}
