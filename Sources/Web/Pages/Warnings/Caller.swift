import Domain
import Kernel
import Storage

/// Whom to call, in the order in which one calls.
struct Caller: Sendable {
    var title: String
    var phone: String?
    var dial: String?
    var read: String?
    var isUnread: Bool

    static func all(_ dossier: WarningDossier, now: Timestamp) -> [Caller] {
        var callers = dossier.responsible.map { person in
            let read = dossier.receipts.last {
                $0.recipientID == person.person.rawValue && $0.kind == "sent" && $0.channel == "portal"
            }
            return Caller(
                title: Wording.role(person.role) + " " + person.name, phone: person.phone,
                dial: person.phone.map(Wording.dial),
                read: read?.readAt.map { Wording.stamp($0, now: now) + " 已读" },
                isUnread: read != nil && read?.readAt == nil)
        }
        if let phone = dossier.enterprisePhone {
            callers.append(
                Caller(title: "企业值班", phone: phone, dial: Wording.dial(phone), read: nil, isUnread: false))
        }
        return callers
    }
}
