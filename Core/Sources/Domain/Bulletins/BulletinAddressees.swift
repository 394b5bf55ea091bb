/// 主送, as it is written at the head of what an office issues (SZ-15, JC-02, JC-21). To whom it is delivered one by one
/// is the registry's business.
public enum BulletinAddressees {
    /// - Parameter others: county offices that cover no division, by name: an energy bureau.
    public static func text(_ level: AuthorityLevel, beside others: [String]) -> [String] {
        switch level {
        case .ministry, .center: ["各省、自治区、直辖市应急管理厅（局）"]
        case .province: ["各市应急管理局", "各相关企业"]
        case .city: ["各县（市、区）应急管理局"] + others + ["各化工园区（片区）及有关企业"]
        case .county: ["各化工园区及辖区各危险化学品企业"]
        case .park: ["园区各危险化学品企业"]
        }
    }
}
