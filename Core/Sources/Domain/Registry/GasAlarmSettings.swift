/// Set points of gas detectors, GB/T 50493-2019 (domain §4.2): combustible gas ≤ 25 %/50 % LEL (open path 1/2 LEL·m),
/// toxic gas ≤ 100 %/200 % of the occupational limit, oxygen 19.5 and 23.5 %VOL.
public enum GasAlarmSettings {
    public static func violations(
        quantity: Quantity, unit: String, medium: String?, limits: PointLimits
    ) -> [Violation] {
        switch quantity {
        case .combustibleGas:
            let bounds = unit == "LEL·m" ? (1.0, 2.0) : (25.0, 50.0)
            return above(.high, limits.high, bounds.0, "一级报警", unit, .refusal)
                + above(.highHigh, limits.highHigh, bounds.1, "二级报警", unit, .refusal)
        case .toxicGas:
            guard let limit = medium.flatMap({ exposureLimit(medium: $0, unit: unit) }) else {
                return [Violation(.high, "没有该介质的职业接触限值,未按 GB/T 50493 核对", .caution)]
            }
            // Where the range cannot reach so low the standard allows 5 % and 10 % of IDLH: a person decides.
            return above(.high, limits.high, limit, "一级报警(100% 职业接触限值)", unit, .caution)
                + above(.highHigh, limits.highHigh, limit * 2, "二级报警(200% 职业接触限值)", unit, .caution)
        case .oxygen:
            var found = above(.high, limits.high, 23.5, "过氧报警", unit, .caution)
            if let low = limits.low, low < 19.5 {
                let text = "欠氧报警 \(low.plainText)\(unit) 低于 GB/T 50493 的 19.5\(unit)"
                found.append(Violation(.low, text, .caution))
            }
            return found
        case .level, .temperature, .pressure, .flow, .composition, .current, .wind, .humidity, .other: return []
        }
    }

    private static func above(
        _ field: Field, _ value: Double?, _ bound: Double, _ what: String, _ unit: String, _ weight: Violation.Weight
    ) -> [Violation] {
        guard let value, value > bound else { return [] }
        let shown = (bound * 100).rounded() / 100
        let text = "\(what) \(value.plainText)\(unit) 高于 GB/T 50493 的 \(shown.plainText)\(unit)"
        return [Violation(field, text, weight)]
    }

    /// The limit in the point's unit; ppm from mg/m³ at 25 ℃ (24.45 L/mol).
    static func exposureLimit(medium: String, unit: String) -> Double? {
        let medium = medium.foldedForComparison
        guard let row = limits.first(where: { $0.words.contains { medium.contains($0) } }) else { return nil }
        switch unit {
        case "mg/m³": return row.milligrams
        case "ppm": return row.milligrams * 24.45 / row.molarMass
        default: return nil
        }
    }

    private struct ExposureLimit: Sendable {
        let words: [String]
        /// MAC, else PC-STEL, of GBZ 2.1-2019 in mg/m³. From professional knowledge: to be checked before it refuses.
        let milligrams: Double
        let molarMass: Double
        init(_ words: [String], _ milligrams: Double, _ molarMass: Double) {
            self.words = words
            self.milligrams = milligrams
            self.molarMass = molarMass
        }
    }

    /// Longer words first, so that 氯化氢 is not read as 氯.
    private static let limits: [ExposureLimit] = [
        .init(["一氧化碳", "煤气"], 30, 28.01), .init(["硫化氢", "h2s"], 10, 34.08), .init(["氯化氢"], 7.5, 36.46),
        .init(["氰化氢"], 1, 27.03), .init(["氟化氢"], 2, 20.01), .init(["磷化氢"], 0.3, 34.0),
        .init(["二氧化硫"], 10, 64.07), .init(["二氧化氮"], 10, 46.01), .init(["碳酰氯", "光气"], 0.5, 98.92),
        .init(["环氧乙烷"], 5, 44.05), .init(["甲醇"], 50, 32.04), .init(["液氨", "氨气", "氨"], 30, 17.03),
        .init(["液氯", "氯气"], 1, 70.91),
    ]
}
