/// Where a point stands against its limits. Gas: `high` is 一级 and `highHigh` 二级. Oxygen: `low` is 欠氧 and `high`
/// 富氧. Offline is not one of these: a point that falls silent keeps the state that it had.
public enum PointState: String, CaseIterable, Hashable, Sendable {
    case normal, low, high, lowLow, highHigh

    /// 0 normal, 1 the first level of alarm, 2 the second.
    public var severity: Int {
        switch self {
        case .normal: 0
        case .low, .high: 1
        case .lowLow, .highHigh: 2
        }
    }

    public var isAlarm: Bool { self != .normal }

    public var isHighSide: Bool {
        switch self {
        case .high, .highHigh: true
        case .normal, .low, .lowLow: false
        }
    }

    /// The word on pages.
    public func label(for quantity: Quantity) -> String {
        switch (quantity, self) {
        case (_, .normal): "正常"
        case (.combustibleGas, .high), (.toxicGas, .high): "一级报警"
        case (.combustibleGas, .highHigh), (.toxicGas, .highHigh): "二级报警"
        case (.oxygen, .low): "欠氧报警"
        case (.oxygen, .high): "富氧报警"
        case (_, .low): "低报"
        case (_, .high): "高报"
        case (_, .lowLow): "低低报"
        case (_, .highHigh): "高高报"
        }
    }
}
