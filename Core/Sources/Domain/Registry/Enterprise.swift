public import Kernel

/// An enterprise with major hazard sources.
public struct Enterprise: Hashable, Sendable {
    public var id: EnterpriseID
    public var name: String
    public var jurisdiction: Jurisdiction
    /// 统一社会信用代码, GB 32100.
    public var creditCode: String?
    public var group: String?
    public var industry: String?
    public var address: String?
    public var longitude: Double?
    public var latitude: Double?
    public var phone: String?
    public var isInUse: Bool

    public init(
        id: EnterpriseID, name: String, jurisdiction: Jurisdiction, creditCode: String? = nil, group: String? = nil,
        industry: String? = nil, address: String? = nil, longitude: Double? = nil, latitude: Double? = nil,
        phone: String? = nil, isInUse: Bool = true
    ) {
        self.id = id
        self.name = name
        self.jurisdiction = jurisdiction
        self.creditCode = creditCode
        self.group = group
        self.industry = industry
        self.address = address
        self.longitude = longitude
        self.latitude = latitude
        self.phone = phone
        self.isInUse = isInUse
    }

    public func violations(in index: RegistryIndex) -> [Violation] {
        var found = NameRules.codeViolations(id.rawValue) + NameRules.nameViolations(name)
        if let other = index.enterprise(named: name), other.id != id {
            found.append(Violation(.name, "与 \(other.id) 重名"))
        }
        if let creditCode, !Self.isCreditCode(creditCode) {
            found.append(Violation(.creditCode, "“\(creditCode)”不是 18 位统一社会信用代码,校验位不对"))
        }
        if let longitude, !(73...136).contains(longitude) {
            found.append(Violation(.longitude, "\(longitude.plainText) 不在中国境内(73–136)"))
        }
        if let latitude, !(3...54).contains(latitude) {
            found.append(Violation(.latitude, "\(latitude.plainText) 不在中国境内(3–54)"))
        }
        return found + jurisdictionViolations(in: index.authorities)
    }

    private func jurisdictionViolations(in authorities: AuthorityDirectory) -> [Violation] {
        var found: [Violation] = []
        if DivisionCode(jurisdiction.region)?.tier != .county {
            found.append(Violation(.region, "“\(jurisdiction.region)”不是县级 6 位区划代码"))
        }
        if let regulator = authorities[jurisdiction.regulator] {
            let line = authorities.lineage(of: regulator.id)
            if !line.contains(where: { $0.level == .city || $0.level == .province }) {
                found.append(Violation(.regulator, "“\(regulator.name)”之上没有市级或省级单位,橙色、红色预警无处可送"))
            }
        } else {
            found.append(Violation(.regulator, "没有登记过“\(jurisdiction.regulator)”"))
        }
        for other in jurisdiction.coRegulators where authorities[other] == nil {
            found.append(Violation(.coRegulators, "没有登记过“\(other)”"))
        }
        if jurisdiction.coRegulators.contains(jurisdiction.regulator) {
            found.append(Violation(.coRegulators, "监管单位不用再写成协管单位", .caution))
        }
        if let park = jurisdiction.park {
            if let authority = authorities[park] {
                if authority.level != .park { found.append(Violation(.park, "“\(authority.name)”不是园区")) }
            } else {
                found.append(Violation(.park, "没有登记过“\(park)”"))
            }
        }
        return found
    }

    /// GB 32100-2015: 17 characters and a check character, modulo 31.
    public static func isCreditCode(_ text: String) -> Bool {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        let bytes = Array(text.utf8)
        guard bytes.count == 18 else { return false }
        var sum = 0
        var weight = 1
        for byte in bytes.dropLast() {
            guard let value = alphabet.firstIndex(of: byte) else { return false }
            sum += value * weight
            weight = weight * 3 % 31
        }
        return alphabet[(31 - sum % 31) % 31] == bytes[17]
    }
}
