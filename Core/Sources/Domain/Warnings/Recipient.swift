public import Kernel

/// Somebody a warning is sent to.
public enum Recipient: Hashable, Sendable {
    case person(PersonID)
    case authority(AuthorityID)
    case enterprise(EnterpriseID)

    public var id: String {
        switch self {
        case .person(let id): id.rawValue
        case .authority(let id): id.rawValue
        case .enterprise(let id): id.rawValue
        }
    }

    public var kind: String {
        switch self {
        case .person: "person"
        case .authority: "authority"
        case .enterprise: "enterprise"
        }
    }

    public init?(kind: String, id: String) {
        switch kind {
        case "person": self = .person(PersonID(id))
        case "authority": self = .authority(AuthorityID(id))
        case "enterprise": self = .enterprise(EnterpriseID(id))
        default: return nil
        }
    }

    /// By the code points of the ids, as the drill prints them.
    public static func ordered(_ left: Recipient, _ right: Recipient) -> Bool {
        left.id.unicodeScalars.lexicographicallyPrecedes(right.id.unicodeScalars)
    }
}
