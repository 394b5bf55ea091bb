public import Kernel

/// The rates of one kind by enterprise and day: the rows added up.
public struct FigureGrid: Sendable {
    public let first: Day
    public let dayCount: Int
    private var cells: [Ratio]

    public init(enterprises: Int, first: Day, dayCount: Int) {
        self.first = first
        self.dayCount = dayCount
        cells = Array(repeating: .none, count: enterprises * dayCount)
    }

    /// - Parameter index: of each enterprise; rows of others, or outside the days, are not for this grid.
    public mutating func add(_ rows: some Sequence<FigureRow>, index: [EnterpriseID: Int]) {
        for row in rows {
            let offset = Int(Day(row.at).number - first.number)
            guard offset >= 0, offset < dayCount, let place = index[row.enterprise] else { continue }
            cells[place * dayCount + offset] += row.ratio
        }
    }

    public mutating func add(_ ratio: Ratio, enterprise place: Int, day: Day) {
        let offset = Int(day.number - first.number)
        if offset >= 0, offset < dayCount { cells[place * dayCount + offset] += ratio }
    }

    /// Each enterprise's day as one that reached a share or did not; a day without a rate counts nowhere.
    public func reached(_ least: Ratio) -> FigureGrid {
        var grid = self
        grid.cells = cells.map { $0.isCountable ? Ratio(!$0.isBelow(least)) : .none }
        return grid
    }

    public subscript(enterprise: Int, day: Day) -> Ratio {
        let offset = Int(day.number - first.number)
        return offset >= 0 && offset < dayCount ? cells[enterprise * dayCount + offset] : .none
    }

    public func sum(of enterprises: some Sequence<Int>, from: Day, until: Day) -> Ratio {
        let start = max(0, Int(from.number - first.number))
        let end = min(dayCount, Int(until.number - first.number))
        guard start < end else { return .none }
        var sum = Ratio.none
        for enterprise in enterprises {
            for offset in start..<end { sum += cells[enterprise * dayCount + offset] }
        }
        return sum
    }
}
