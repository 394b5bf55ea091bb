import Domain
import Kernel
import Storage

/// Who is signed in: the account, its organisation, and the scope that cuts every query.
struct Officer: Sendable {
    var account: AccountID
    var login: String
    var name: String
    var role: AccountRole
    var authority: AuthorityID?
    var authorityLevel: AuthorityLevel?
    var enterprise: EnterpriseID?
    var person: PersonID?
    /// 晋城市应急管理局, or the enterprise's name.
    var organization: String
    var region: String?
    var sessionHash: [UInt8]
    var csrf: String

    /// What this account may see. An administrator without an authority sees the whole system.
    var scope: Scope {
        switch role {
        case .duty: authority.map { .authority($0) } ?? .enterprise("")
        case .safety: .enterprise(enterprise ?? "")
        case .responsible: .person(person ?? "")
        case .admin: authority.map { .authority($0) } ?? .system
        }
    }
    /// The actor in the log.
    var actor: String { account.rawValue }

    /// The page on which this account begins.
    var home: String {
        switch role {
        case .duty: "/"
        case .safety: "/e"
        case .responsible: "/m"
        case .admin: "/admin"
        }
    }
}
