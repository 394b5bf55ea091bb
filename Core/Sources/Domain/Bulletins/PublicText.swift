/// Takes out of a text what may not be published: telephone numbers, identity numbers and coordinates. Figures of the
/// bulletin are shorter, dates are broken by their words, and both stay.
public enum PublicText {
    public static func redacted(_ text: String) -> String {
        var output = ""
        var run = ""
        func flush() {
            output += isPersonal(run) ? "＊＊＊" : run
            run = ""
        }
        for character in text {
            if character.isASCII, character.isNumber || character == "-" || character == "." {
                run.append(character)
            } else {
                flush()
                output.append(character)
            }
        }
        flush()
        return output
    }

    /// Eleven digits and more, a number with an area code, or degrees with four places and more.
    private static func isPersonal(_ run: String) -> Bool {
        let digits = run.filter(\.isNumber).count
        if digits >= 11 { return true }
        if run.contains("-"), digits >= 10, run.first == "0" { return true }
        let parts = run.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].count >= 4 && (parts[0].count == 2 || parts[0].count == 3)
            && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    }
}
