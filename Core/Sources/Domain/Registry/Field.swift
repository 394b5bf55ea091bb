/// Every field of the registry under one name: the column of an imported file, the input of a form, the place that a
/// violation points at.
public enum Field: String, CaseIterable, Hashable, Sendable {
    case id, name, kind, level, region, parent, phone, coversRegion
    case creditCode, regulator, coRegulators, park, group, industry, address, longitude, latitude, inUse
    case enterprise, hazard, location, exposedPeople, substance, cas, category, quantityTonnes
    case equipment, medium, form
    case tag, unit, rangeLow, rangeHigh, lowLow, low, high, highHigh
    case edgeLowLow, edgeLow, edgeHigh, edgeHighHigh, onDelay, offDelay, deadband, isKey
    case authority, title, email, role, person, from
    case login, account, rule, reason

    /// The name on pages, and the header that an export writes.
    public var label: String { words[0] }

    /// A header of a file, in Chinese or English, whatever its width, case and spaces.
    public init?(header: String) {
        guard let field = Self.byHeader[header.foldedForComparison] else { return nil }
        self = field
    }

    private static let byHeader: [String: Field] = {
        var found: [String: Field] = [:]
        for field in Field.allCases {
            for word in field.words + [field.rawValue] where found[word.foldedForComparison] == nil {
                found[word.foldedForComparison] = field
            }
        }
        return found
    }()

    private var words: [String] { Self.words[self] ?? [rawValue] }

    private static let words: [Field: [String]] = [
        .id: ["编码", "代码", "id", "code", "编号"],
        .name: ["名称", "姓名"],
        .kind: ["类型", "种类", "指标类型", "设备类型"],
        .level: ["层级", "级别"],
        .region: ["行政区划", "属地", "区划代码", "region code", "regionCode"],
        .parent: ["上级", "上级单位"],
        .phone: ["电话", "手机", "手机号", "联系电话", "mobile"],
        .coversRegion: ["按区划管辖"],
        .creditCode: ["统一社会信用代码", "信用代码"],
        .regulator: ["监管单位", "日常监管部门", "regulatorOrgId"],
        .coRegulators: ["协管单位", "其他监管单位", "coRegulatorOrgIds"],
        .park: ["园区", "化工园区", "parkId"],
        .group: ["集团", "集团公司"],
        .industry: ["行业"],
        .address: ["地址"],
        .longitude: ["经度"],
        .latitude: ["纬度"],
        .inUse: ["在用", "是否在用"],
        .enterprise: ["企业", "企业编码", "companyCode", "企业名称"],
        .hazard: ["重大危险源", "危险源", "危险源编码", "hazardCode"],
        .location: ["位置", "安装位置"],
        .exposedPeople: ["厂外暴露人数", "暴露人数"],
        .substance: ["物质", "化学品", "物质名称"],
        .cas: ["CAS", "CAS号", "cas no"],
        .category: ["危险类别", "类别"],
        .quantityTonnes: ["设计最大量", "设计最大量(吨)", "数量(吨)", "数量", "最大量(t)", "quantity"],
        .equipment: ["设备", "设备编码", "equipCode"],
        .medium: ["物料介质", "介质"],
        .form: ["物料形态", "形态"],
        .tag: ["位号", "localeNo"],
        .unit: ["单位", "计量单位"],
        .rangeLow: ["量程下限", "rangeDown"],
        .rangeHigh: ["量程上限", "rangeUp"],
        .lowLow: ["低低报", "thresholdDown2", "LL"],
        .low: ["低报", "thresholdDown", "L"],
        .high: ["高报", "thresholdUp", "H", "一级报警"],
        .highHigh: ["高高报", "thresholdUp2", "HH", "二级报警"],
        .edgeLowLow: ["前端低低报"],
        .edgeLow: ["前端低报"],
        .edgeHigh: ["前端高报"],
        .edgeHighHigh: ["前端高高报"],
        .onDelay: ["报警延时(秒)", "报警延时"],
        .offDelay: ["消警延时(秒)", "消警延时"],
        .deadband: ["死区"],
        .isKey: ["关键点位", "是否关键"],
        .authority: ["部门", "单位名称"],
        .title: ["职务", "岗位"],
        .email: ["邮箱", "电子邮箱", "电子邮件", "e-mail"],
        .role: ["包保角色", "角色", "责任类别"],
        .person: ["责任人", "人员"],
        .from: ["起始时间", "任职时间", "开始日期"],
        .login: ["登录名", "用户名"],
        .account: ["账号"],
        .rule: ["规则"],
        .reason: ["理由", "原因"],
    ]
}
