/// One value for each of yellow, orange and red. Blue has none: it is no warning.
public struct PerWarningLevel<Value> {
    private var yellow: Value
    private var orange: Value
    private var red: Value

    public init(yellow: Value, orange: Value, red: Value) {
        self.yellow = yellow
        self.orange = orange
        self.red = red
    }

    public init(repeating value: Value) { self.init(yellow: value, orange: value, red: value) }

    public subscript(level: Level) -> Value {
        get {
            switch level {
            case .blue: preconditionFailure("blue is no warning")
            case .yellow: yellow
            case .orange: orange
            case .red: red
            }
        }
        set {
            switch level {
            case .blue: preconditionFailure("blue is no warning")
            case .yellow: yellow = newValue
            case .orange: orange = newValue
            case .red: red = newValue
            }
        }
    }
}

extension PerWarningLevel: Equatable where Value: Equatable {}
extension PerWarningLevel: Hashable where Value: Hashable {}
extension PerWarningLevel: Sendable where Value: Sendable {}
