/// What the public may read of a text: no telephone numbers, identity numbers or coordinates (TB-02). Names of
/// enterprises stay.
public enum Redaction {
    public static let mark = "***"

    /// Runs of seven or more digits, with or without hyphens between them, and pairs of decimal degrees.
    public static func redacted(_ text: String) -> String {
        var output = ""
        var run: [Character] = []
        func isDigit(_ character: Character) -> Bool { character.isNumber }
        func isInside(_ character: Character) -> Bool { isDigit(character) || "-— .+()".contains(character) }
        func flush() {
            defer { run = [] }
            // Separators at the ends are the sentence's own.
            guard let first = run.firstIndex(where: isDigit), let last = run.lastIndex(where: isDigit) else {
                output += String(run)
                return
            }
            let core = run[first...last]
            let digits = core.count(where: isDigit)
            let text = String(core)
            output += String(run[..<first])
            output += digits >= 7 && !isDate(text) && !isMeasured(text) || isCoordinate(text) ? mark : text
            output += String(run[(last + 1)...])
        }
        for character in text {
            if isInside(character) {
                run.append(character)
            } else {
                flush()
                output.append(character)
            }
        }
        flush()
        return output
    }

    /// `2026-11-23` is a date and no telephone number.
    private static func isDate(_ text: String) -> Bool {
        text.wholeMatch(of: /(19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2})?/) != nil
    }

    /// 1680000.5: hours of a nation's cameras, no telephone number.
    private static func isMeasured(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9]+\.[0-9]{1,2}/) != nil
    }

    /// 35.71234: degrees with at least four decimals, within China.
    private static func isCoordinate(_ text: String) -> Bool {
        text.split(separator: " ").contains { part in
            guard let value = Double(part), let point = part.firstIndex(of: ".") else { return false }
            return part[point...].count > 4 && ((3...54).contains(value) || (73...136).contains(value))
        }
    }
}
