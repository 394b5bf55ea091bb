import Domain

/// The entries of the rail. A page says which one it belongs to.
enum Section: Hashable, Sendable {
    case desk, warnings, map, enterprises, alarms, exemptions, inbox
    case today, points, people, gateways
    case card, sources
    case admin(String)

    /// What each role sees, in order; at most eight.
    static func rail(for role: AccountRole) -> [Section] {
        switch role {
        case .duty: [.desk, .warnings, .alarms, .map, .enterprises, .exemptions, .inbox]
        case .safety: [.today, .warnings, .alarms, .points, .exemptions, .inbox]
        case .responsible: [.card, .inbox, .sources]
        case .admin: AdminSections.all
        }
    }

    var title: String {
        switch self {
        case .desk: "值守"
        case .warnings: "预警"
        case .map: "地图"
        case .enterprises: "企业"
        case .alarms: "报警"
        case .exemptions: "豁免"
        case .inbox: "消息"
        case .today: "今天"
        case .points: "点位"
        case .people: "包保"
        case .gateways: "网关"
        case .card: "预警"
        case .sources: "危险源"
        case .admin(let name): AdminSections.title(name)
        }
    }

    var address: String {
        switch self {
        case .desk: "/"
        case .warnings: "/warnings"
        case .map: "/map"
        case .enterprises: "/enterprises"
        case .alarms: "/alarms"
        case .exemptions: "/exemptions"
        case .inbox: "/inbox"
        case .today: "/e"
        case .points: "/points"
        case .people: "/people"
        case .gateways: "/gateways"
        case .card: "/m"
        case .sources: "/m/sources"
        case .admin(let name): name == "home" ? "/admin" : "/admin/" + name
        }
    }

    var icon: String {
        switch self {
        case .desk: Icons.desk
        case .warnings, .card: Icons.warning
        case .map: Icons.map
        case .enterprises: Icons.enterprise
        case .alarms: Icons.curve
        case .exemptions: Icons.calendar
        case .inbox: Icons.inbox
        case .today: Icons.home
        case .points, .sources: Icons.point
        case .people: Icons.people
        case .gateways: Icons.key
        case .admin(let name): AdminSections.icon(name)
        }
    }
}

/// The administrator's rail. An administration page adds its line here: name in `/admin/<name>`, title, icon.
enum AdminSections {
    private static let entries: [(name: String, title: String, icon: String)] = [
        ("home", "概况", Icons.home), ("organisations", "组织", Icons.map), ("accounts", "账号", Icons.people),
        ("enterprises", "企业", Icons.enterprise), ("points", "点位", Icons.point),
        ("gateways", "网关", Icons.key), ("rules", "规则", Icons.pen), ("import", "导入", Icons.document),
    ]

    static var all: [Section] { entries.map { .admin($0.name) } }
    static func title(_ name: String) -> String { entries.first { $0.name == name }?.title ?? "管理" }
    static func icon(_ name: String) -> String { entries.first { $0.name == name }?.icon ?? Icons.list }
}
