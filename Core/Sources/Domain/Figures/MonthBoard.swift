/// How often the enterprises of one unit stood at orange or red in a month (information measures Art. 7; A25).
public struct RiskCount: Hashable, Sendable {
    /// The digits of a division, or an enterprise's id.
    public var unit: String
    public var name: String
    /// Episodes whose highest level was red, and those whose was orange.
    public var red: Int
    public var orange: Int
    public var enterprises: [EnterpriseID]

    public init(unit: String, name: String, red: Int = 0, orange: Int = 0, enterprises: [EnterpriseID] = []) {
        self.unit = unit
        self.name = name
        self.red = red
        self.orange = orange
        self.enterprises = enterprises
    }

    public var total: Int { red + orange }
}

/// The month's list: the units with most episodes, equals of the last place all on it, none with zero (TB-11; A25,
/// A26).
public struct MonthBoard: Hashable, Sendable {
    public struct Rules: Hashable, Sendable {
        /// 前 10 位.
        public var length: Int
        /// Red and orange in two lists; who stands on either is on the board.
        public var splitBoards: Bool

        public init(length: Int = 10, splitBoards: Bool = false) {
            self.length = length
            self.splitBoards = splitBoards
        }
    }

    public struct Place: Hashable, Sendable {
        public var rank: Int
        public var count: RiskCount
    }

    /// All units with at least one episode, by (red, orange, enterprises) descending.
    public let places: [Place]
    /// On the board, in the order of their places; with two lists those of the red one first.
    public let listed: [Place]

    public init(_ counts: [RiskCount], rules: Rules = Rules()) {
        let counts = counts.sorted { $0.unit < $1.unit }
        places = Self.places(counts) { $0.total > 0 ? [$0.red, $0.orange, $0.enterprises.count] : nil }
        if rules.splitBoards {
            let red = Self.places(counts) { $0.red > 0 ? [$0.red, $0.enterprises.count] : nil }
            let orange = Self.places(counts) { $0.orange > 0 ? [$0.orange, $0.enterprises.count] : nil }
            let first = red.filter { $0.rank <= rules.length }
            let units = Set(first.map(\.count.unit))
            listed = first + orange.filter { $0.rank <= rules.length && !units.contains($0.count.unit) }
        } else {
            listed = places.filter { $0.rank <= rules.length }
        }
    }

    public func lists(_ unit: String) -> Bool { listed.contains { $0.count.unit == unit } }

    private static func places(_ counts: [RiskCount], _ key: (RiskCount) -> [Int]?) -> [Place] {
        Ranking.places(counts, value: key) { left, right in
            for (first, second) in zip(left, right) where first != second { return first > second }
            return false
        }.map { Place(rank: $0.rank, count: $0.unit) }
    }
}
