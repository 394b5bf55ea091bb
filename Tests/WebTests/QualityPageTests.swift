import Domain
import HTTPTypes
import HummingbirdTesting
import Kernel
import Operations
import Storage
import Testing

@testable import Web

/// The pages of data quality: scores, lists, one finding, the enterprise's own check.
@Suite struct QualityPageTests {
    private static let day = Day(number: Day(WebWorld.now).number - 1)

    private static func seed(_ session: inout Session) throws(StorageError) -> QualityFindingID {
        var context = OperationContext(now: WebWorld.now, actor: "system", ids: IdentifierSource(seed: 3))
        var read = PointDay(day: day)
        (read.readings, read.liveReadings, read.accurateReadings) = (500, 500, 490)
        try QualityDayOperations.finish(
            .init(enterprise: "E1", day: day),
            points: [.init(point: "P11", day: read, suspicions: [])], context: &context, in: &session)
        let from = day.start.milliseconds
        let curve = (0..<100).map { JSON.array([.integer(from + Int64($0) * 60_000), .number(2 + Double($0 % 7))]) }
        return try QualityOperations.note(
            .init(
                .init(rule: .replayed, enterprise: "E1", hazard: "H1", point: "P11"), detail: "与昨天一致",
                evidence: [
                    "marks": [
                        [
                            "from": .integer(from + 600_000), "until": .integer(from + 1_200_000), "source": false,
                            "curve": .array(curve),
                        ]
                    ]
                ]), context: &context, in: &session)
    }

    @Test func `SZ-10 the three kinds stand on the desk with their counts, zero too`() async throws {
        let bench = try await WebBench.make()
        try await bench.store.write { session throws(StorageError) in
            var context = OperationContext(now: WebWorld.now, actor: "system", ids: IdentifierSource(seed: 3))
            for point in ["P11", "P12"] as [PointID] {
                _ = try QualityOperations.note(
                    .init(
                        .init(rule: .limitsMissing, enterprise: "E1", hazard: "H1", point: point), detail: "没有高限",
                        evidence: [:]), context: &context, in: &session)
            }
        }
        try await bench.test { client in
            let desk = try await Browser.signIn(client, "qinshui").get("/").text
            #expect(desk.contains("<a href=\"/findings?pinned=notSet\">数据未正确设置 <b class=\"st\">2</b></a>"))
            #expect(desk.contains("<a href=\"/findings?pinned=videoOffline\">视频不在线 <b>0</b></a>"))
            let other = try await Browser.signIn(client, "zezhou").get("/").text
            #expect(other.contains("<a href=\"/findings?pinned=notSet\">数据未正确设置 <b>0</b></a>"))
        }
    }

    @Test func `SJ-02 SJ-03 SZ-10 scores, findings and the self-check open, each to whom it belongs`() async throws {
        let bench = try await WebBench.make()
        let id = try await bench.store.write { session throws(StorageError) in try Self.seed(&session) }
        try await bench.test { client in
            let county = try await Browser.signIn(client, "qinshui")
            let quality = try await county.get("/quality")
            #expect(quality.status == .ok && quality.text.contains("晋沁化工") && quality.text.contains("数据未正确设置"))
            for dimension in QualityDimension.allCases {
                let page = try await county.get("/quality/enterprise/E1?dimension=\(dimension.rawValue)")
                #expect(page.status == .ok && page.text.contains(dimension.formula), "\(dimension)")
            }
            #expect(try await county.get("/findings").text.contains("数据重复"))
            #expect(try await county.get("/findings?pinned=notSet").status == .ok)
            let page = try await county.get("/findings/\(id)")
            #expect(page.status == .ok && page.text.contains("class=\"chart\"") && page.text.contains("发现处"))
            let own = try await Browser.signIn(client, "jinqin")
            let check = try await own.get("/quality")
            #expect(check.status == .ok && check.text.contains("五类数据接入") && check.text.contains("自查"))
            let other = try await Browser.signIn(client, "yunshan")
            #expect(try await other.get("/findings/\(id)").status == .notFound)
            #expect(try await other.get("/quality/enterprise/E1").status == .notFound)
            #expect(!(try await other.get("/findings").text.contains("与昨天一致")))
            let foreign = try await Browser.signIn(client, "zezhou")
            #expect(try await foreign.get("/findings/\(id)").status == .notFound)
        }
    }

    @Test func `SJ-27 handed down, rectified and closed by forms; SJ-05 the ledger`() async throws {
        let bench = try await WebBench.make()
        let id = try await bench.store.write { session throws(StorageError) in try Self.seed(&session) }
        try await bench.test { client in
            let county = try await Browser.signIn(client, "qinshui")
            let own = try await Browser.signIn(client, "jinqin")
            let address = "/findings/\(id)"
            #expect(try await own.post(address, "command=pass&note=x").status == .unprocessableContent)
            #expect(try await county.post(address, "command=assign&note=查").status == .seeOther)
            #expect(try await own.post(address, "command=rectify&note=").status == .unprocessableContent)
            #expect(try await own.post(address, "command=rectify&note=已换仪表").status == .seeOther)
            #expect(try await county.post(address, "command=pass&note=").status == .seeOther)
            #expect(try await county.get(address).text.contains("已闭环"))
            let center = try await Browser.signIn(client, "center")
            #expect(try await center.post(address, "command=reopen&note=x").status == .unprocessableContent)
            #expect(try await own.post("/quality/ledger", "detectors=24").status == .seeOther)
            #expect(try await own.get("/quality").text.contains("台账 24"))
            #expect(try await own.post("/quality/ledger", "detectors=很多").status == .unprocessableContent)
        }
    }
}
