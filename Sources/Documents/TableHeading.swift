import Domain

/// The header of a table: one row, or two where columns stand in groups.
struct TableHeading {
    struct Upper {
        var title: String
        var span: Int
        /// A column of its own, which reaches through both rows.
        var isWhole: Bool
    }

    /// Empty where no column has a group.
    private(set) var upper: [Upper] = []

    init(_ columns: [DocumentTable.Column]) {
        guard columns.contains(where: { $0.group != nil }) else { return }
        var previous: String?
        for column in columns {
            if let group = column.group, group == previous {
                upper[upper.count - 1].span += 1
            } else {
                upper.append(Upper(title: column.group ?? column.title, span: 1, isWhole: column.group == nil))
            }
            previous = column.group
        }
    }

    /// Shares of the columns that add up to the whole.
    static func widths(_ columns: [DocumentTable.Column], whole: Int) -> [Int] {
        let sum = columns.reduce(0) { $0 + $1.width }
        guard sum > 0 else { return [] }
        var widths = columns.map { $0.width * whole / sum }
        if !widths.isEmpty { widths[widths.count - 1] += whole - widths.reduce(0, +) }
        return widths
    }
}
