/// How high a row must be for its texts, wrapped in the widths of their columns: not every program works that out
/// when it opens a file, and then lines lie over each other.
enum RowHeight {
    static let linePoints = 15.0
    /// A spreadsheet's rows are no higher than 409 points.
    static let linesMax = 27

    static func points(of texts: [String], in columns: [Sheet.Column]) -> Double {
        let count = zip(texts, columns).map { lines(of: $0, widthCharacters: $1.widthCharacters) }.max() ?? 1
        return Double(min(max(count, 1), linesMax)) * linePoints + 3
    }

    /// A Chinese character takes two places, any other one.
    static func lines(of text: String, widthCharacters: Double) -> Int {
        let room = max(2, Int(widthCharacters) - 1)
        return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { sum, line in
            let places = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
            return sum + max(1, (places + room - 1) / room)
        }
    }
}
