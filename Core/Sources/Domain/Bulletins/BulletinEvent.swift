public import Kernel

/// What happened with a bulletin.
public enum BulletinEvent: Hashable, Sendable {
    /// One field, with what stood there before: changes are tracked (TB-16).
    case edited(DocumentEdit, before: String, by: String)
    case submitted(by: String)
    case sentBack(note: String, by: String)
    case approved(by: String)
    case issued(BulletinNumber, to: [Recipient], copies: [Recipient], by: String)
    case acknowledged(Recipient, by: String)
    case correctionBegun(BulletinID, by: String)
    case correctionDropped
    case superseded
    case withdrawn(reason: String, by: String)
    case published(PublicChannel, by: String)

    /// The word in the log.
    public var kind: String {
        switch self {
        case .edited: "edited"
        case .submitted: "submitted"
        case .sentBack: "sentBack"
        case .approved: "approved"
        case .issued: "issued"
        case .acknowledged: "acknowledged"
        case .correctionBegun: "correctionBegun"
        case .correctionDropped: "correctionDropped"
        case .superseded: "superseded"
        case .withdrawn: "withdrawn"
        case .published: "published"
        }
    }

    public var payload: JSON {
        switch self {
        case .edited(let edit, let before, _):
            ["key": .string(edit.key), "before": .string(before), "after": .string(edit.text)]
        case .submitted, .approved, .superseded, .correctionDropped: [:]
        case .sentBack(let note, _): ["note": .string(note)]
        case .issued(let number, let receivers, let copies, _):
            [
                "year": .integer(Int64(number.year)), "number": .integer(Int64(number.number)),
                "to": .recipients(receivers), "copies": .recipients(copies),
            ]
        case .acknowledged(let recipient, _): ["recipient": recipient.json]
        case .correctionBegun(let id, _): ["correction": .string(id.rawValue)]
        case .withdrawn(let reason, _): ["reason": .string(reason)]
        case .published(let channel, _):
            ["channel": .string(channel.kind.rawValue), "place": .string(channel.place)]
        }
    }
}
