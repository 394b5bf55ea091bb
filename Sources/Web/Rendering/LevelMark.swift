import Domain

/// How a level is drawn: always colour, shape and word together (pages rule 3).
struct LevelMark: Sendable {
    enum State: Sendable { case open, lifted, closed }

    var name: String
    /// 红
    var word: String
    /// 重大
    var title: String
    /// `lv-red`, with `lv-off` where it is lifted and `lv-done` where it is closed.
    var badgeClass: String
    var textClass: String
    /// The shape as an inline picture.
    var shape: String

    init(_ level: Level, state: State = .open) {
        name = level.name
        word = Self.word(level)
        title = Self.title(level)
        switch state {
        case .open: badgeClass = "lv-\(level.name)"
        case .lifted: badgeClass = "lv-\(level.name) lv-off"
        case .closed: badgeClass = "lv-\(level.name) lv-done"
        }
        textClass = "c-\(level.name)"
        shape =
            "<svg class=\"sh\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">"
            + "<path d=\"\(Self.outline(level))\"/></svg>"
    }

    static func word(_ level: Level) -> String {
        switch level {
        case .red: "红"
        case .orange: "橙"
        case .yellow: "黄"
        case .blue: "蓝"
        }
    }

    static func title(_ level: Level) -> String {
        switch level {
        case .red: "重大"
        case .orange: "较大"
        case .yellow: "一般"
        case .blue: "低"
        }
    }

    /// In a field of 16×16.
    static func outline(_ level: Level) -> String {
        switch level {
        case .red: "M8 0l8 8-8 8-8-8z"
        case .orange: "M8 1l8 14H0z"
        case .yellow: "M8 .5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z"
        case .blue: "M1 1h14v14H1z"
        }
    }
}
