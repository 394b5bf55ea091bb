/// What a camera shows (data-quality measures Art. 6: devices, installations, tanks, stores, and whether the control
/// room is manned).
public enum CameraPlace: String, CaseIterable, Hashable, Sendable {
    case controlRoom, tank, installation, warehouse, loading, gate, other

    public var label: String {
        switch self {
        case .controlRoom: "中控室"
        case .tank: "储罐"
        case .installation: "装置"
        case .warehouse: "库区"
        case .loading: "装卸区"
        case .gate: "出入口"
        case .other: "其他"
        }
    }

    /// Places that are part of a hazard source.
    public var belongsToHazard: Bool {
        switch self {
        case .tank, .installation, .warehouse: true
        case .controlRoom, .loading, .gate, .other: false
        }
    }

    /// Reads our own word or the Chinese one.
    public init?(word: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == word || $0.label == word }) else { return nil }
        self = found
    }
}
