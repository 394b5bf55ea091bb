/// 预警等级 (disposal measures Art. 2): red 重大, orange 较大, yellow 一般, blue 低. Fixed by law; there is no other
/// colour (YJ-02). Blue is the resting level: a level above blue is a warning.
public enum Level: Int, CaseIterable, Comparable, Hashable, Sendable {
    case blue = 0
    case yellow = 1
    case orange = 2
    case red = 3

    /// The levels that are warnings, lowest first.
    public static let warnings: [Level] = [.yellow, .orange, .red]

    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    /// The word in data, files and addresses.
    public var name: String {
        switch self {
        case .blue: "blue"
        case .yellow: "yellow"
        case .orange: "orange"
        case .red: "red"
        }
    }

    public init?(name: String) {
        guard let level = Level.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }
}
