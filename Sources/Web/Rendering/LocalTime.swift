import Kernel

/// Times as they are written into a form: `2026-11-23 09:00`, to the minute.
enum LocalTime {
    static func text(_ instant: Timestamp) -> String { String(ChinaTime.dateTime(instant).prefix(16)) }

    static func instant(_ text: String) -> Timestamp? {
        let text = text.replacing("T", with: " ")
        return ChinaTime.parseDateTime(text.count == 16 ? text + ":00" : text)
    }
}
