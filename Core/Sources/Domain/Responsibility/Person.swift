public import Kernel

/// Somebody of an enterprise or of an authority.
public struct Person: Hashable, Sendable {
    public enum Employer: Hashable, Sendable {
        case enterprise(EnterpriseID)
        case authority(AuthorityID)
    }

    public var id: PersonID
    public var employer: Employer
    public var name: String
    public var phone: String?
    public var title: String?
    public var email: String?
    public var leftAt: Timestamp?

    public init(
        id: PersonID, employer: Employer, name: String, phone: String? = nil, title: String? = nil,
        email: String? = nil, leftAt: Timestamp? = nil
    ) {
        self.id = id
        self.employer = employer
        self.name = name
        self.phone = phone
        self.title = title
        self.email = email
        self.leftAt = leftAt
    }

    public func violations(in index: RegistryIndex) -> [Violation] {
        var found: [Violation] = []
        if name.trimmedOfSpace.isEmpty { found.append(Violation(.name, "没有填")) }
        if name.count > 40 { found.append(Violation(.name, "超过 40 个字")) }
        switch employer {
        case .enterprise(let id):
            if index.enterprises[id] == nil { found.append(Violation(.enterprise, "没有登记过“\(id)”")) }
        case .authority(let id):
            if index.authorities[id] == nil { found.append(Violation(.authority, "没有登记过“\(id)”")) }
        }
        if let phone {
            if !Self.isMobile(phone) { found.append(Violation(.phone, "“\(phone)”不是 11 位手机号")) }
        } else {
            found.append(Violation(.phone, "没有填,收不到短信和电话", .caution))
        }
        if let email, !ChannelSettings.isMailAddress(email) { found.append(Violation(.email, "“\(email)”不是邮箱地址")) }
        return found
    }

    /// 11 digits that begin with 1.
    public static func isMobile(_ phone: String) -> Bool {
        let bytes = [UInt8](phone.utf8)
        return bytes.count == 11 && bytes[0] == UInt8(ascii: "1")
            && bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
