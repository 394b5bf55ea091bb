/// Whose being online is kept in spans.
public enum PresenceKind: String, CaseIterable, Hashable, Sendable {
    case enterprise, point, camera

    public var label: String {
        switch self {
        case .enterprise: "企业"
        case .point: "点位"
        case .camera: "视频"
        }
    }
}
