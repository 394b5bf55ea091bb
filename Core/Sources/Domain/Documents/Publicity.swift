/// Bulletins are either internal or for the public (bulletin rules Art. 2, TB-02).
public enum Publicity: String, CaseIterable, Hashable, Sendable {
    /// 内部通报.
    case internalUse
    /// 社会公开: approved by a second person, without contacts, coordinates and personal data, never without the
    /// list of enterprises.
    case openToPublic

    public var label: String {
        switch self {
        case .internalUse: "内部通报"
        case .openToPublic: "社会公开"
        }
    }

    /// 附注 under the date; nil where nothing is printed.
    public var annotation: String? {
        switch self {
        case .internalUse: nil
        case .openToPublic: "此件公开发布"
        }
    }
}
