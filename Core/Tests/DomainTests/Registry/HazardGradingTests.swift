import Domain
import Testing

@Suite struct HazardGradingTests {
    private func substance(
        _ name: String, _ tonnes: Double, _ category: HazardCategory? = nil, cas: String? = nil
    ) throws -> HazardSubstance {
        try HazardSubstance.lookUp(name: name, cas: cas, category: category, quantityTonnes: tonnes).get()
    }

    @Test(
        arguments: [
            ("液氨", 100, 60, 10, 30, .third), ("液氯", 60, 120, 12, 96, .second), ("液氯", 65, 120, 13, 104, .first),
            ("甲醇", 8000, 0, 16, 8, .fourth),
        ] as [(String, Double, Int, Double, Double, HazardGrade)])
    func `GB 18218 worked example`(
        name: String, tonnes: Double, people: Int, sum: Double, rValue: Double, grade: HazardGrade
    ) throws {
        let grading = HazardGrading([try substance(name, tonnes)], exposedPeople: people)
        #expect(abs(grading.sum - sum) < 1e-9)
        #expect(abs(grading.rValue - rValue) < 1e-9)
        #expect(grading.grade == grade)
    }

    @Test func `hydrogen and liquefied gas below the quantity are no major hazard source`() throws {
        let grading = HazardGrading([try substance("氢", 4), try substance("液化石油气", 5)], exposedPeople: 30)
        #expect(abs(grading.sum - 0.9) < 1e-9)
        #expect(grading.grade == nil)
        #expect(grading.explanation == "S = 0.9 < 1,不构成重大危险源")
    }

    @Test func `exactly the critical quantity is a major hazard source, whatever fractions make it up`() throws {
        let parts = try (0..<10).map { _ in try substance("氨", 1) }
        #expect(HazardGrading(parts, exposedPeople: 0).grade == .fourth)
    }

    @Test(
        arguments: [
            (100, .first), (99.99, .second), (50, .second), (49.99, .third), (10, .third), (9.99, .fourth),
            (0, .fourth),
        ] as [(Double, HazardGrade)])
    func `the grade's boundaries belong to the graver side`(rValue: Double, grade: HazardGrade) {
        #expect(HazardGrade(rValue: rValue) == grade)
    }

    @Test(
        arguments: [
            (0, 0.5), (1, 1), (29, 1), (30, 1.2), (49, 1.2), (50, 1.5), (99, 1.5), (100, 2), (5000, 2),
        ] as [(Int, Double)])
    func `α by the people exposed`(people: Int, alpha: Double) {
        #expect(HazardGrading.alpha(exposedPeople: people) == alpha)
    }

    @Test(
        arguments: [
            ("一氧化碳", "630-08-0", .j3, 2), ("二氧化硫", "7446-09-5", nil, 2), ("氯化氢", "7647-01-0", nil, 3),
            ("硫化氢", "7783-06-4", nil, 5), ("二氧化氮", "10102-44-0", nil, 10), ("光气", "75-44-5", nil, 20),
            ("氢", nil, nil, 1.5), ("甲醇", nil, nil, 1), ("氯", "7782-50-5", .j1, 4),
        ] as [(String, String?, HazardCategory?, Double)])
    func `β from table 3 where the gas is there, else by class`(
        name: String, cas: String?, category: HazardCategory?, beta: Double
    ) throws {
        #expect(try substance(name, 1, category, cas: cas).beta == beta)
    }

    @Test func `table 1 has its 85 rows and every number in it is a registry number`() {
        #expect(ListedSubstance.table1.map(\.number) == Array(1...85))
        for row in ListedSubstance.table1 {
            for number in row.cas {
                let found = HazardSubstance.lookUp(name: "x", cas: number, category: .j1, quantityTonnes: 1)
                if case .failure(let refusal) = found {
                    #expect(!refusal.violations.contains { $0.text.contains("校验位") }, "\(number)")
                }
            }
            #expect(ListedSubstance.find(name: row.name) == row)
        }
    }

    @Test func `a number that stands for several rows asks for the name`() throws {
        guard case .failure(let refusal) = HazardSubstance.lookUp(name: "硝铵", cas: "6484-52-2", quantityTonnes: 10)
        else { Issue.record("accepted"); return }
        #expect(refusal.violations.first?.text.contains("硝酸铵(可燃物≤0.2%)") == true)
        #expect(try substance("硝酸铵(可燃物≤0.2%)", 10, cas: "6484-52-2").criticalTonnes == 50)
    }

    @Test func `an unlisted substance needs its class, and another form of a listed one goes by it`() throws {
        guard case .failure(let refusal) = HazardSubstance.lookUp(name: "某溶剂", quantityTonnes: 10) else {
            Issue.record("accepted"); return
        }
        #expect(refusal.violations.map(\.field) == [.category])
        let solvent = try substance("某溶剂", 2000, .w5_3)
        #expect(solvent.criticalTonnes == 1000)
        let acid = try substance("盐酸", 2000, .j5, cas: "7647-01-0")
        #expect((acid.criticalTonnes, acid.beta) == (500, 1))
    }

    @Test(arguments: ["7664-41-8", "氨", "7664-417", "1-2-3", "7664-41-"])
    func `a wrong registry number is refused`(cas: String) {
        let found = HazardSubstance.lookUp(name: "氨", cas: cas, quantityTonnes: 1)
        #expect(throws: SubstanceRefusal.self) { try found.get() }
    }
}
