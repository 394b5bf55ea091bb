import Compression
import Domain
import Foundation
import Kernel
import Testing

@testable import Storage
@testable import Web

/// Models are values: the words on a page can be checked without a server.
@Suite struct ModelTests {
    private let now = WebWorld.now

    private func listing(
        _ level: Level, phase: Warning.Phase = .unacknowledged, raised: Interval, due: Interval? = nil,
        receipt: WarningListing.Receipt = .notRecipient
    ) -> WarningListing {
        var listing = WarningListing.sample(now: now)
        listing.id = WarningID("\(level.name)-\(raised.seconds)-\(phase)")
        listing.level = level
        listing.phase = phase
        listing.raisedAt = now - raised
        listing.changedAt = now - raised
        listing.nextDueAt = due.map { now + $0 }
        listing.receipt = receipt
        return listing
    }

    @Test func `unacknowledged first, then level, then the nearest deadline, then the newest (pages rule 4)`() {
        let officer = Officer.sample
        let listings = [
            listing(.yellow, raised: .minutes(1), due: .minutes(5)),
            listing(.red, phase: .acknowledged, raised: .minutes(2), due: .minutes(1)),
            listing(.orange, raised: .minutes(3), due: .minutes(40)),
            listing(.orange, raised: .minutes(4), due: .minutes(20)),
            listing(.red, raised: .minutes(50), due: .minutes(30)),
        ]

        let rows = listings.map { WarningRow($0, officer: officer, selected: nil, now: now) }
            .sorted { $0.order < $1.order }

        #expect(
            rows.map(\.id) == [
                "red-3000-unacknowledged", "orange-240-unacknowledged", "orange-180-unacknowledged",
                "yellow-60-unacknowledged", "red-120-acknowledged",
            ])
    }

    @Test func `a warning that this desk was told of and has not opened blinks even when acknowledged`() {
        let row = WarningRow(
            listing(.red, phase: .acknowledged, raised: .minutes(1), receipt: .unread), officer: .sample, selected: nil,
            now: now)
        #expect(row.rowClass == "is-unack")
        #expect(row.isUnsigned)
    }

    @Test(arguments: Warning.Phase.allCases)
    func `every phase has its word`(phase: Warning.Phase) {
        #expect(!WarningRow.word(phase).isEmpty)
    }

    @Test(arguments: Level.allCases)
    func `a level is colour, shape and word together (pages rule 3)`(level: Level) {
        let mark = LevelMark(level)
        #expect(mark.badgeClass.contains(level.name))
        #expect(mark.shape.contains("<path"))
        #expect(mark.word.count == 1)
        #expect(Set(Level.allCases.map { LevelMark.outline($0) }).count == 4)
    }

    @Test(
        arguments: [
            (1_373_000, "22:53"), (0, "00:00"), (3_723_000, "1:02:03"), (-60_000, "已超 0:01"), (-7_800_000, "已超 2:10"),
        ] as [(Int64, String)])
    func `a time limit counts down and then says how far it is past`(milliseconds: Int64, text: String) {
        #expect(Wording.remaining(.milliseconds(milliseconds)) == text)
    }

    @Test(
        arguments: [
            (2.4, "2.4"), (12.345, "12.35"), (412, "412"), (-0.5, "-0.5"), (0.0012, "0.001"), (0, "0"),
            (1_234.56, "1234.6"), (.nan, "—"),
        ] as [(Double, String)])
    func `figures are short and never lie about their sign`(value: Double, text: String) {
        #expect(Wording.figure(value) == text)
    }

    @Test func `a share of nothing is no share`() {
        #expect(Wording.percent(0, of: 0) == "—")
        #expect(Wording.percent(85, of: 86) == "98.84%")
    }

    @Test func `a form is read as browsers send it`() {
        let form = Form("a=1&b=%E4%B8%AD+%E6%96%87&c=%&a=2&d=+x+")
        #expect(form["a"] == "1")
        #expect(form.all("a") == ["1", "2"])
        #expect(form["b"] == "中 文")
        #expect(form["c"] == "%")
        #expect(form["d"] == "x")
        #expect(form.value("missing") == nil)
    }

    @Test func `gzip goes there and back and refuses what swells`() throws {
        let bytes = Array(String(repeating: "烽燧 ", count: 10_000).utf8)
        let packed = try #require(Gzip.compressed(bytes, level: 4))
        #expect(try Gzip.inflated(packed, limit: bytes.count) == bytes)
        #expect(throws: Gzip.Failure.tooLarge) { try Gzip.inflated(packed, limit: bytes.count - 1) }
        #expect(throws: Gzip.Failure.corrupt) { try Gzip.inflated(Array(packed.dropLast(9)), limit: bytes.count) }
    }

    @Test func `a curve keeps gaps as gaps and limits in view`() {
        var data = ChartData.sample(now: now)
        data.samples = [0, 5, 10, 600, 605].map {
            HistorySample(at: now - .seconds(3_600 - $0), value: 2, isBad: false)
        }
        let picture = Chart(data: data, size: .page, now: now).picture
        let moves = picture.components(separatedBy: "class=\"cv\" d=\"")[1].prefix { $0 != "\"" }.filter { $0 == "M" }
        #expect(moves.count == 2)
        #expect(picture.contains("高高 2.4"))
    }

    @Test func `a long curve loses no peak`() {
        var data = ChartData.sample(now: now)
        data.samples = (0..<20_000).map { index in
            HistorySample(
                at: data.from + .milliseconds(Int64(index) * 180), value: index == 12_345 ? 99 : 2, isBad: false)
        }
        let picture = Chart(data: data, size: .page, now: now).picture
        #expect(picture.utf8.count < 60_000)
        // The peak is near the top of the drawing.
        #expect(picture.contains(",3") || picture.contains(",4"))
    }
}

extension Officer {
    static var sample: Officer {
        Officer(
            account: "A", login: "city", name: "王敏", role: .duty, authority: "city", authorityLevel: .city,
            enterprise: nil, person: nil, organization: "晋城市应急管理局", region: "140500", sessionHash: [], csrf: "")
    }
}

extension WarningListing {
    static func sample(now: Timestamp) -> WarningListing {
        WarningListing(
            id: "W1", level: .red, peakLevel: .red, phase: .unacknowledged, ordinal: 1, raisedAt: now, changedAt: now,
            acknowledgedAt: nil, acknowledgedBy: nil, clearedAt: nil, allClearAt: nil, reportDueAt: nil,
            reportedAt: nil, approvedAt: nil, closedAt: nil, nextDueAt: nil, nextStep: "caution-red", cautionCount: 0,
            openSupervisions: 0, enterprise: "E1", enterpriseName: "晋沁化工", region: "140521",
            regionName: "沁水县应急管理局", regulator: "qinshui", regulatorName: "沁水县应急管理局", hazard: "H1",
            hazardName: "合成氨装置", hazardGrade: 2, alarm: nil, receipt: .notRecipient)
    }
}

extension ChartData {
    static func sample(now: Timestamp) -> ChartData {
        let sheet = PointSheet(
            id: "P1", name: "PT", tag: "PT-2031", kind: "pressure", unit: "MPa", location: nil, rangeLow: 0,
            rangeHigh: 4, lowLow: nil, low: nil, high: 2.2, highHigh: 2.4, edgeLowLow: nil, edgeLow: nil, edgeHigh: nil,
            edgeHighHigh: nil, isKey: true, isInUse: true, equipmentName: nil, hazard: nil, hazardName: nil,
            enterprise: "E1", enterpriseName: "晋沁化工", region: "140521", value: 2, valueAt: now, quality: nil,
            state: nil, stateSince: nil, offlineSince: nil)
        return ChartData(
            sheet: sheet, from: now - .hours(1), to: now, samples: [], limits: ChartData.limits(of: sheet), marks: [],
            bands: [])
    }
}
