/// One substance of a major hazard source with the quantities that GB 18218-2018 goes by. Q comes from table 1, else
/// from table 2; β from table 3, else from table 4 by the substance's class – whichever table Q came from.
public struct HazardSubstance: Hashable, Sendable {
    public var name: String
    public var cas: String?
    public var category: HazardCategory?
    /// The largest quantity by design, in tonnes.
    public var quantityTonnes: Double
    public var criticalTonnes: Double
    public var beta: Double

    public init(
        name: String, cas: String?, category: HazardCategory?, quantityTonnes: Double, criticalTonnes: Double,
        beta: Double
    ) {
        self.name = name
        self.cas = cas
        self.category = category
        self.quantityTonnes = quantityTonnes
        self.criticalTonnes = criticalTonnes
        self.beta = beta
    }

    /// What somebody wrote, looked up; or what is wrong with it.
    public static func lookUp(
        name: String, cas: String? = nil, category: HazardCategory? = nil, quantityTonnes: Double
    ) -> Result<HazardSubstance, SubstanceRefusal> {
        let name = name.trimmedOfSpace
        let cas = cas.map(\.trimmedOfSpace).flatMap { $0.isEmpty ? nil : $0 }
        var violations: [Violation] = []
        if name.isEmpty { violations.append(Violation(.substance, "没有填")) }
        if !(quantityTonnes.isFinite && quantityTonnes > 0) {
            violations.append(Violation(.quantityTonnes, "设计最大量要大于 0"))
        }
        if let cas, !isRegistryNumber(cas) {
            violations.append(Violation(.cas, "“\(cas)”不是 CAS 号,校验位不对"))
        }
        guard violations.isEmpty else { return .failure(SubstanceRefusal(violations: violations)) }

        let named = ListedSubstance.find(name: name)
        var listed = named
        if let cas {
            let rows = ListedSubstance.find(cas: cas)
            if rows.count == 1, named == rows[0] || category == nil {
                listed = rows[0]
            } else if rows.count == 1, let category {
                // Another form of a listed substance (盐酸 beside 氯化氢): by the class that was written, tables 2 and 4.
                return .success(
                    HazardSubstance(
                        name: name, cas: cas, category: category, quantityTonnes: quantityTonnes,
                        criticalTonnes: category.criticalTonnes, beta: category.beta))
            } else if rows.count > 1, !rows.contains(where: { $0 == named }) {
                let names = rows.map(\.name).joined(separator: "、")
                return .refused(.substance, "CAS \(cas) 在表 1 有 \(rows.count) 项,名称要写成其中一项:\(names)")
            }
            if let named, rows.isEmpty, !named.cas.isEmpty {
                return .refused(.cas, "“\(name)”的 CAS 号是 \(named.cas[0]),不是 \(cas)")
            }
        }
        return complete(name: name, cas: cas, category: category, quantityTonnes: quantityTonnes, listed: listed)
    }

    private static func complete(
        name: String, cas: String?, category: HazardCategory?, quantityTonnes: Double, listed: ListedSubstance?
    ) -> Result<HazardSubstance, SubstanceRefusal> {
        let number = cas ?? listed?.cas.first
        let category = category ?? listed?.usualCategory
        // 煤气 (row 13) bears no number: by its carbon monoxide, our convention.
        let toxic = number.flatMap(ToxicGasFactor.beta) ?? (listed?.number == 13 ? 2 : nil)
        guard let critical = listed?.criticalTonnes ?? category?.criticalTonnes else {
            return .refused(.category, "表 1 没有“\(name)”,要填危险类别(如 W5.3)")
        }
        guard let beta = toxic ?? category?.beta else {
            return .refused(.category, "表 3 没有“\(name)”,校正系数 β 按危险类别取,要填危险类别(如 J3)")
        }
        return .success(
            HazardSubstance(
                name: name, cas: number, category: category, quantityTonnes: quantityTonnes, criticalTonnes: critical,
                beta: beta))
    }

    /// The check digit of a CAS number: the others times their place from the right, modulo 10.
    static func isRegistryNumber(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { [UInt8]($0.utf8) }
        guard parts.count == 3, (2...7).contains(parts[0].count), parts[1].count == 2, parts[2].count == 1 else {
            return false
        }
        let digits = parts.joined().map { Int($0) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return false }
        let sum = digits.dropLast().reversed().enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
        return sum % 10 == digits[digits.count - 1]
    }
}

/// Why a substance could not be looked up.
public struct SubstanceRefusal: Error, Hashable, Sendable {
    public var violations: [Violation]
}

extension Result where Success == HazardSubstance, Failure == SubstanceRefusal {
    fileprivate static func refused(_ field: Field, _ text: String) -> Self {
        .failure(SubstanceRefusal(violations: [Violation(field, text)]))
    }
}
