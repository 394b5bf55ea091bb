/// Identification and grading of a major hazard source, GB 18218-2018: S = Σ q/Q; R = α · Σ β·q/Q.
public struct HazardGrading: Hashable, Sendable {
    public var substances: [HazardSubstance]
    /// People who live within 500 m outside the source's border.
    public var exposedPeople: Int

    public init(_ substances: [HazardSubstance], exposedPeople: Int) {
        self.substances = substances
        self.exposedPeople = exposedPeople
    }

    /// S: at 1 and above it is a major hazard source.
    public var sum: Double { substances.reduce(0) { $0 + $1.quantityTonnes / $1.criticalTonnes } }

    public var alpha: Double { Self.alpha(exposedPeople: exposedPeople) }

    public var rValue: Double {
        alpha * substances.reduce(0) { $0 + $1.beta * $1.quantityTonnes / $1.criticalTonnes }
    }

    /// nil: 不构成重大危险源.
    public var grade: HazardGrade? { Self.reaches(sum, 1) ? HazardGrade(rValue: rValue) : nil }

    /// `S 10,R = 1.5 × 20 = 30,三级`.
    public var explanation: String {
        let s = Self.short(sum)
        guard let grade else { return "S = \(s) < 1,不构成重大危险源" }
        return "S = \(s),α = \(Self.short(alpha)),R = \(Self.short(rValue)),\(grade.label)"
    }

    public static func alpha(exposedPeople: Int) -> Double {
        if exposedPeople >= 100 { return 2.0 }
        if exposedPeople >= 50 { return 1.5 }
        if exposedPeople >= 30 { return 1.2 }
        return exposedPeople >= 1 ? 1.0 : 0.5
    }

    /// At the boundary up to the rounding of sums of fractions: to the safe side.
    static func reaches(_ value: Double, _ bound: Double) -> Bool { value >= bound - 1e-9 * bound }

    private static func short(_ value: Double) -> String { ((value * 1000).rounded() / 1000).plainText }
}

/// 一级 to 四级; 一级 is the gravest.
public enum HazardGrade: Int, CaseIterable, Hashable, Sendable {
    case first = 1
    case second = 2
    case third = 3
    case fourth = 4

    public init(rValue: Double) {
        if HazardGrading.reaches(rValue, 100) {
            self = .first
        } else if HazardGrading.reaches(rValue, 50) {
            self = .second
        } else {
            self = HazardGrading.reaches(rValue, 10) ? .third : .fourth
        }
    }

    public var label: String {
        switch self {
        case .first: "一级"
        case .second: "二级"
        case .third: "三级"
        case .fourth: "四级"
        }
    }
}
