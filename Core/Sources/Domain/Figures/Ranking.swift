/// Places in an order: equal ones share a place, the next is skipped (1, 2, 2, 4); who has nothing to count has none.
public struct Ranked<Unit> {
    public var rank: Int
    public var unit: Unit

    public init(rank: Int, unit: Unit) {
        self.rank = rank
        self.unit = unit
    }
}

extension Ranked: Sendable where Unit: Sendable {}
extension Ranked: Equatable where Unit: Equatable {}

public enum Ranking {
    /// - Parameters:
    ///   - units: in the order in which equal ones are to stand.
    ///   - value: nil leaves the unit out.
    ///   - isBefore: a strict order of the values; the first gets place 1.
    public static func places<Unit, Value>(
        _ units: [Unit], value: (Unit) -> Value?, isBefore: (Value, Value) -> Bool
    ) -> [Ranked<Unit>] {
        let valued = units.enumerated().compactMap { position, unit in
            value(unit).map { (position: position, unit: unit, value: $0) }
        }.sorted { left, right in
            if isBefore(left.value, right.value) { return true }
            return !isBefore(right.value, left.value) && left.position < right.position
        }
        var places: [Ranked<Unit>] = []
        for (index, entry) in valued.enumerated() {
            let isEqual = index > 0 && !isBefore(valued[index - 1].value, entry.value)
            places.append(Ranked(rank: isEqual ? places[index - 1].rank : index + 1, unit: entry.unit))
        }
        return places
    }

    /// By a rate; `worstFirst` puts the lowest rate at place 1 (A27: 应用率类低=差).
    public static func places<Unit>(
        _ units: [Unit], by ratio: (Unit) -> Ratio, worstFirst: Bool
    ) -> [Ranked<Unit>] {
        places(
            units, value: { ratio($0).isCountable ? ratio($0) : nil },
            isBefore: { worstFirst ? $0.isBelow($1) : $1.isBelow($0) })
    }

    /// By a count, the largest at place 1 (A27: 风险次数类多=差).
    public static func places<Unit, Count: Comparable>(
        _ units: [Unit], byMost count: (Unit) -> Count?
    ) -> [Ranked<Unit>] {
        places(units, value: count, isBefore: >)
    }
}
