import Domain
import Kernel
import Testing

/// What is found in an enterprise's own entries (data-quality measures Art. 4–6).
@Suite struct RegistryCheckTests {
    private static let ammonia = HazardSubstance(
        name: "液氨", cas: "7664-41-7", category: nil, quantityTonnes: 100, criticalTonnes: 10, beta: 2)
    private let hazard = Hazard(
        id: "h1", enterprise: "e1", name: "液氨罐区", unit: .tankFarm, location: "厂区东",
        grading: HazardGrading([ammonia], exposedPeople: 60))
    private let tank = Equipment(
        id: "E1", enterprise: "e1", hazard: "h1", name: "T-101 液氨球罐", category: .pressureTank, medium: "液氨",
        form: .liquefiedGas, location: "罐区北侧")

    private func point(
        _ id: PointID, _ quantity: Quantity, _ unit: String, name: String? = nil, location: String? = "T-101 北 3 m",
        limits: PointLimits = PointLimits(rangeLow: 0, rangeHigh: 100, high: 20, highHigh: 40)
    ) -> MonitoringPoint {
        MonitoringPoint(
            id: id, enterprise: "e1", hazard: "h1", equipment: "E1", name: name ?? "T-101 测点 \(id)",
            quantity: quantity, unit: unit, location: location, limits: limits)
    }

    private var sound: RegistryCheck {
        let points = [
            point("P1", .level, "m"), point("P2", .temperature, "℃"), point("P3", .pressure, "MPa"),
            point("P4", .toxicGas, "ppm", limits: PointLimits(rangeLow: 0, rangeHigh: 100, high: 20, highHigh: 40)),
        ]
        return RegistryCheck(
            hazards: [hazard], equipment: [tank], points: points, connected: Set(points.map(\.id)),
            cameras: [.init(hazard: "h1", showsControlRoom: true)], gasLedger: 1)
    }

    private func rules(_ change: (inout RegistryCheck) -> Void) -> [QualityRule] {
        var check = sound
        change(&check)
        return check.run().map(\.rule)
    }

    @Test func `nothing is found where nothing is wrong`() { #expect(rules { _ in } == []) }

    @Test func `SJ-04 a hazard source without a point in use is not connected`() {
        #expect(rules { $0.points = [] }.contains(.hazardWithoutPoints))
    }

    @Test func `SJ-05 the ledger of gas detectors is held against what sends`() {
        #expect(rules { $0.gasLedger = 3 } == [.gasLedgerGap])
        #expect(rules { $0.gasLedger = nil } == [])
    }

    @Test func `SJ-06 JC-15 QY-04 what is registered and never sent is listed`() {
        #expect(rules { $0.connected.remove("P1") } == [.neverConnected])
    }

    @Test func `SJ-07 SJ-12 SJ-13 names that say nothing, names used twice, one device under two names`() {
        #expect(rules { $0.equipment[0].name = "储罐" } == [.vagueName])
        #expect(
            rules { check in
                check.points.append(point("P5", .level, "m", name: check.points[0].name))
                check.connected.insert("P5")
            } == [.duplicateName])
        #expect(
            rules { check in
                var alias = tank
                alias.id = "E2"
                alias.name = "液氨储罐T101"
                alias.category = .other
                check.equipment.append(alias)
            } == [.deviceAlias])
    }

    @Test func `SJ-08 SJ-09 required quantities and the three fields of equipment`() {
        #expect(rules { $0.points.remove(at: 1) } == [.missingQuantity])
        #expect(rules { $0.equipment[0].medium = " " } == [.equipmentIncomplete])
    }

    @Test func `SJ-10 SJ-11 unit, missing limits, illogical limits, H at the top of the range`() {
        #expect(rules { $0.points[0].unit = "" } == [.unitMissing])
        #expect(rules { $0.points[0].limits = PointLimits(rangeLow: 0, rangeHigh: 9) } == [.limitsMissing])
        #expect(
            rules { $0.points[0].limits = PointLimits(rangeLow: 0, rangeHigh: 9, low: 6, high: 4) }
                == [.limitsIllogical])
        #expect(rules { $0.points[0].limits = PointLimits(rangeLow: 0, rangeHigh: 9, high: 9) } == [.highAtRangeTop])
        #expect(
            rules {
                $0.points[3].quantity = .combustibleGas; $0.points[3].unit = "%LEL"
                $0.points[3].limits = PointLimits(rangeLow: 0, rangeHigh: 100, high: 30, highHigh: 50)
            }
                == [.gasLimitBeyondStandard])
    }

    @Test func `SJ-14 a gas point without a place`() {
        #expect(rules { $0.points[3].location = nil } == [.gasWithoutPlace])
    }

    @Test func `SJ-15 SJ-16 a source without a camera, no camera of the control room, cameras not registered at all`() {
        #expect(rules { $0.cameras = [.init(hazard: nil, showsControlRoom: true)] } == [.hazardWithoutCamera])
        #expect(rules { $0.cameras = [.init(hazard: "h1", showsControlRoom: false)] } == [.noControlRoomCamera])
        #expect(rules { $0.cameras = nil } == [])
    }

    @Test func `SJ-23 limits at the edge that are laxer than ours`() {
        #expect(rules { $0.points[0].edgeLimits = PointLimits(high: 30, highHigh: 40) } == [.laxerEdgeLimit])
    }

    @Test func `SZ-10 the three kinds that are put first have rules, and no rule is in two dimensions`() {
        for kind in QualityRule.Pinned.allCases {
            #expect(QualityRule.allCases.contains { $0.pinned == kind }, "\(kind)")
        }
        #expect(Set(QualityRule.allCases.map(\.label)).count == QualityRule.allCases.count)
        #expect(QualityRule.limitsMissing.pinned == .notSet && QualityRule.cameraOffline.pinned == .videoOffline)
    }
}
