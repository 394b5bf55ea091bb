import Domain
import Kernel
import Testing

/// What the data-quality measures ask of names, equipment and points (Art. 4, 5), checked when they are saved.
@Suite struct DataQualityTests {
    private let tank = Equipment(
        id: "E1", enterprise: "e1", hazard: "h1", name: "T-101 液氨球罐", category: .pressureTank, medium: "液氨",
        form: .liquefiedGas, location: "罐区北侧")

    private var index: RegistryIndex {
        var index = RegistryIndex(authorities: [
            Authority(id: "140525", level: .county, name: "泽州县应急管理局", region: "140525")
        ])
        index.add(
            Enterprise(id: "e1", name: "泽化", jurisdiction: Jurisdiction(region: "140525", regulator: "140525")))
        let ammonia = HazardSubstance(
            name: "液氨", cas: "7664-41-7", category: nil, quantityTonnes: 100, criticalTonnes: 10, beta: 2)
        index.add(
            Hazard(
                id: "h1", enterprise: "e1", name: "液氨罐区", unit: .tankFarm, location: "厂区东",
                grading: HazardGrading([ammonia], exposedPeople: 60)))
        index.add(tank)
        return index
    }

    private func point(
        _ quantity: Quantity, unit: String, equipment: EquipmentID? = "E1", location: String? = nil
    ) -> MonitoringPoint {
        MonitoringPoint(
            id: "P9", enterprise: "e1", hazard: "h1", equipment: equipment, name: "T-101 测点", quantity: quantity,
            unit: unit, location: location, limits: PointLimits(rangeLow: 0, rangeHigh: 100, high: 20, highHigh: 40))
    }

    private func refused(_ violations: [Violation]) -> [Field] { violations.refusals.map(\.field) }

    @Test func `SJ-07 a tank's name is its own within the enterprise and its place is written down`() {
        #expect(refused(tank.violations(in: index)) == [])
        var namesake = tank
        namesake.id = "E2"
        #expect(refused(namesake.violations(in: index)) == [.name])
        namesake.name = "T-102 液氨球罐"
        namesake.location = " "
        #expect(refused(namesake.violations(in: index)) == [.location])
        namesake.location = "罐区"
        namesake.name = "储罐"
        #expect(namesake.violations(in: index).cautions.map(\.field) == [.name])
    }

    @Test func `SJ-08 equipment says which quantities its kind lacks`() {
        let missing = tank.missingQuantities(among: [point(.level, unit: "m")])
        #expect(missing.contains(.pressure) && missing.contains(.temperature) && !missing.contains(.level))
    }

    @Test func `SJ-09 kind, medium and form of the equipment must be filled in`() {
        var bare = tank
        bare.id = "E1"
        bare.medium = nil
        bare.form = nil
        #expect(refused(bare.violations(in: index)) == [.medium, .form])
    }

    @Test func `SJ-10 the unit is one of the list`() {
        #expect(refused(point(.pressure, unit: "MPa").violations(in: index)) == [])
        #expect(refused(point(.pressure, unit: "bar").violations(in: index)) == [.unit])
        #expect(refused(point(.temperature, unit: "").violations(in: index)) == [.unit])
    }

    @Test func `SJ-13 a point belongs to one piece of equipment, of its own hazard source`() {
        #expect(refused(point(.level, unit: "m", equipment: "E7").violations(in: index)) == [.equipment])
        var index = index
        var other = tank
        other.id = "E2"
        other.name = "T-201"
        other.hazard = "h2"
        index.add(other)
        #expect(refused(point(.level, unit: "m", equipment: "E2").violations(in: index)).contains(.hazard))
    }

    @Test func `SJ-14 a gas point names its equipment and its place`() {
        #expect(
            refused(point(.toxicGas, unit: "ppm", equipment: nil).violations(in: index)) == [.equipment, .location])
        #expect(refused(point(.toxicGas, unit: "ppm", location: "T-101 北 3 m").violations(in: index)) == [])
    }
}
