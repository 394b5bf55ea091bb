import Kernel

/// What a place on the board leads to (information measures Art. 7): the first month a notice of caution, the second in
/// a row a public criticism, from the third on an interview. A month off the board begins anew (A26).
public enum LadderStep: Int, CaseIterable, Comparable, Hashable, Sendable {
    /// 通报警示 (TB-12)
    case caution = 1
    /// 通报批评 (TB-13)
    case criticism = 2
    /// 约谈 (TB-14)
    case interview = 3

    public var title: String {
        switch self {
        case .caution: "通报警示"
        case .criticism: "通报批评"
        case .interview: "约谈"
        }
    }

    public static func < (left: LadderStep, right: LadderStep) -> Bool { left.rawValue < right.rawValue }
}

public struct Ladder: Hashable, Sendable {
    public struct Standing: Hashable, Sendable {
        public var place: MonthBoard.Place
        /// Months in a row on the board, this one included.
        public var months: Int
        public var step: LadderStep
    }

    public let month: Month
    public let board: MonthBoard
    /// Those on the board, in its order.
    public let standings: [Standing]

    /// - Parameter boards: of the months known; a month without a board interrupts.
    public init?(_ month: Month, boards: [Month: MonthBoard]) {
        guard let board = boards[month] else { return nil }
        self.month = month
        self.board = board
        standings = board.listed.map { place in
            let months = Self.streak(of: place.count.unit, through: month, boards: boards)
            return Standing(place: place, months: months, step: Self.step(afterMonths: months))
        }
    }

    public static func streak(of unit: String, through month: Month, boards: [Month: MonthBoard]) -> Int {
        var count = 0
        var current = month
        while boards[current]?.lists(unit) == true {
            count += 1
            current = current.previous
        }
        return count
    }

    public static func step(afterMonths months: Int) -> LadderStep {
        precondition(months >= 1, "who is not on the board stands on no step")
        return LadderStep(rawValue: min(months, 3)) ?? .interview
    }

    /// Whose units an office ranks (TB-15): the ministry its cities, a province and a city their counties, a county and
    /// a park their enterprises.
    public static func unit(for level: AuthorityLevel) -> RankedUnit {
        switch level {
        case .ministry, .center: .city
        case .province, .city: .county
        case .county, .park: .enterprise
        }
    }
}

/// What is ranked: divisions by the first digits of their code, or enterprises.
public enum RankedUnit: Hashable, Sendable {
    case province, city, county, enterprise

    /// Of the division's code; nil for an enterprise.
    public var digits: Int? {
        switch self {
        case .province: 2
        case .city: 4
        case .county: 6
        case .enterprise: nil
        }
    }

    /// Where an enterprise counts: its division's first digits, or its own id.
    public func id(of enterprise: EnterpriseRecord) -> String {
        digits.map { String(enterprise.region.prefix($0)) } ?? enterprise.id.rawValue
    }

    /// The level right below an office: whose rates its bulletins compare (TB-04 下级部门).
    public static func below(_ level: AuthorityLevel) -> RankedUnit {
        switch level {
        case .ministry, .center: .province
        case .province: .city
        case .city: .county
        case .county, .park: .enterprise
        }
    }

    public var title: String {
        switch self {
        case .province: "省（区、市）"
        case .city: "地市"
        case .county: "县（市、区）"
        case .enterprise: "企业"
        }
    }
}
