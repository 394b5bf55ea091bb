import Domain

/// Measures of GB/T 9704-2012 that both HTML and DOCX use.
enum Typography {
    static let bodyPoints = 16.0
    static let linePoints = 29.0
    /// Width of the type area, 156 mm.
    static let widthPoints = 442.2
    static let red = "E60012"

    /// A line's length in full-width characters; a digit or Latin letter is half of one.
    static func width(_ text: some StringProtocol) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 && $1 != "—" ? 0.5 : 1) }
    }

    /// The size at which the mark stays on one line: 156 mm for up to ten characters at 42 pt, never above 52 pt.
    static func markPoints(_ mark: String) -> Double {
        let fitting = widthPoints / (max(1, width(mark)) * 1.04)
        return min(52, max(16, (fitting * 2).rounded(.down) / 2))
    }

    /// The title in lines as even as they come, at most 20 characters each, none broken inside a number. A builder's
    /// own breaks stay.
    static func titleLines(_ title: String) -> [String] {
        title.split(separator: "\n").flatMap { balanced(String($0), most: 19.5) }
    }

    static func balanced(_ text: String, most: Double) -> [String] {
        let total = width(text)
        guard total > most else { return [text] }
        let count = (total / most).rounded(.up)
        let target = total / count
        var lines: [String] = []
        var line = ""
        var previous: Character?
        for character in text {
            let isInside = previous.map { isJoined($0, character) } ?? false
            if !isInside, lines.count < Int(count) - 1, width(line) + width(String(character)) / 2 > target {
                lines.append(line)
                line = ""
            }
            line.append(character)
            previous = character
        }
        lines.append(line)
        return lines
    }

    /// Numbers with their units stay together, and no line begins with a closing mark.
    private static func isJoined(_ left: Character, _ right: Character) -> Bool {
        if "，。、；：）〕》”".contains(right) || "（〔《“".contains(left) { return true }
        if left.isASCII, right.isASCII { return true }
        return left.isNumber && "年月日号时次家".contains(right) || "年月".contains(left) && right.isNumber
    }
}
