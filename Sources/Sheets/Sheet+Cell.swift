extension Sheet {
    /// What stands in one field of a table.
    public enum Cell: Sendable, Equatable {
        case text(String)
        case integer(Int64)
        case number(Double)
        /// A share, kept as the two numbers it is made of; without a denominator it is "—", never 0 % or 100 %.
        case share(Int64, Int64)
        /// Milliseconds since 1970, shown as time in China.
        case instant(Int64)
        case empty

        /// What takes up room in the field; numbers and instants stay on one line.
        var text: String { if case .text(let text) = self { text } else { "" } }
    }
}
