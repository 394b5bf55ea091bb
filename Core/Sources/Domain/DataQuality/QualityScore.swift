/// What one thing adds to the score of a day: how much of what there should be there was, in each dimension. A point, a
/// hazard source, a piece of equipment. An enterprise's score is the sum of its things, a region's the sum of its
/// enterprises: numerators over denominators, no mean of percentages.
public struct QualityTally: Hashable, Sendable {
    public struct Part: Hashable, Sendable {
        public var numerator: Int
        public var denominator: Int

        public init(_ numerator: Int = 0, of denominator: Int = 0) {
            precondition(numerator >= 0 && numerator <= denominator, "a part is not more than its whole")
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    private var parts: [Part]

    public init() { parts = QualityDimension.allCases.map { _ in Part() } }

    public subscript(dimension: QualityDimension) -> Part {
        get { parts[Self.place(dimension)] }
        set { parts[Self.place(dimension)] = newValue }
    }

    public mutating func add(_ numerator: Int, of denominator: Int, to dimension: QualityDimension) {
        let part = self[dimension]
        self[dimension] = Part(part.numerator + numerator, of: part.denominator + denominator)
    }

    public static func + (left: QualityTally, right: QualityTally) -> QualityTally {
        var sum = left
        for dimension in QualityDimension.allCases {
            sum.add(right[dimension].numerator, of: right[dimension].denominator, to: dimension)
        }
        return sum
    }

    private static func place(_ dimension: QualityDimension) -> Int {
        switch dimension {
        case .truth: 0
        case .promptness: 1
        case .completeness: 2
        case .standard: 3
        case .accuracy: 4
        }
    }

    /// 0–100 in hundredths; nil where there is nothing to score.
    public func score(_ dimension: QualityDimension) -> Double? {
        let part = self[dimension]
        return part.denominator == 0 ? nil : Double(part.numerator) / Double(part.denominator) * 100
    }

    /// The weighted mean of the dimensions that have something in them; nil where fewer than three have, so that an
    /// enterprise that sends nothing is not ranked by its forms alone.
    public func total(_ weights: QualityWeights = QualityWeights()) -> Double? {
        var sum = 0.0
        var weight = 0.0
        var count = 0
        for dimension in QualityDimension.allCases {
            guard let score = score(dimension) else { continue }
            sum += score * weights[dimension]
            weight += weights[dimension]
            count += 1
        }
        return count >= 3 && weight > 0 ? sum / weight : nil
    }
}

extension QualityTally {
    /// The total in hundredths, as it is shown: scores that look the same are the same.
    public var totalHundredths: Int64? { total().map { Int64(($0 * 100).rounded()) } }

    /// `97.41`, or `—`.
    public func text(_ dimension: QualityDimension) -> String {
        score(dimension).map { PercentText.number(Int64(($0 * 100).rounded())) } ?? "—"
    }

    public var totalText: String { totalHundredths.map(PercentText.number) ?? "—" }
}

/// How much each dimension counts; equal unless an authority sets them. [本项目约定]
public struct QualityWeights: Hashable, Sendable {
    private var weights: [QualityDimension: Double]

    public init() {
        weights = Dictionary(QualityDimension.allCases.map { ($0, 20) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(dimension: QualityDimension) -> Double {
        get { weights[dimension] ?? 0 }
        set { weights[dimension] = max(0, newValue) }
    }
}

/// Places in a ranking by score, the best first: equal scores share a place, the next one skips (1, 2, 2, 4); who has
/// no score has no place.
public enum QualityRanking {
    public static func places(_ scores: [Double?]) -> [Int?] {
        // Two figures that look the same on the page are the same.
        let shown = scores.map { $0.map { ($0 * 100).rounded() } }
        return shown.map { own in own.map { own in 1 + shown.count { $0.map { $0 > own } ?? false } } }
    }
}
