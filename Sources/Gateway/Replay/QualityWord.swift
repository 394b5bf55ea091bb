/// The words and numbers for quality that historians write, as the upload's four.
enum QualityWord {
    /// nil: good.
    static func upload(_ text: String) -> String? {
        let word = text.trimmed.lowercased()
        if word.isEmpty { return nil }
        if let number = Int(word) {
            // OPC: the two high bits of the low byte. 0 and 1 alone are used by others for good as well, but a value of
            // which nobody says that it is good must not clear an alarm.
            switch (number & 0xFF) >> 6 {
            case 3: return nil
            case 1: return "UNCERTAIN"
            default: return "BAD"
            }
        }
        if good.contains(word) { return nil }
        if word.contains("range") || word.contains("超量程") { return "OUT_OF_RANGE" }
        if word.contains("uncertain") || word.contains("questionable") || word.contains("可疑") { return "UNCERTAIN" }
        return "BAD"
    }

    private static let good: Set<String> = ["good", "ok", "g", "valid", "true", "normal", "好", "良好", "正常", "有效"]
}
