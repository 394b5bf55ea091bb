/// To whom a bulletin of an office goes (JC-02): the offices below it, the parks, and the companies that own
/// enterprises; a city copies its own supervising section at the same time (JC-03); a county and a park their
/// enterprises (TB-18).
public struct BulletinRecipients: Hashable, Sendable {
    /// Of the level below, by name.
    public var offices: [String] = []
    public var parks: [String] = []
    /// 主体企业（集团公司）.
    public var groups: [String] = []
    public var enterprises = 0

    public init() {}

    /// 主送, as it is written at the head.
    public func addressees(_ level: AuthorityLevel) -> [String] {
        switch level {
        case .ministry, .center: offices.isEmpty ? [] : ["各省、自治区、直辖市应急管理厅（局）"]
        case .province: offices.isEmpty ? [] : ["各市应急管理局"]
        case .city:
            (offices.contains { $0.contains("应急") } ? ["各县（市、区）应急管理局"] : [])
                + offices.filter { !$0.contains("应急") } + (parks.isEmpty ? [] : ["各化工园区（片区）"]) + groups
        case .county, .park: enterprises > 0 ? ["辖区内各重大危险源企业"] : []
        }
    }

    /// 抄送.
    public func copies(_ level: AuthorityLevel) -> [String] { level == .city ? ["本局业务监管科室（危化科）"] : [] }
}
