import Domain

/// A part of the site. A page says which one it belongs to; parts of one group share an entry of the rail and are
/// shown as tabs above the page.
enum Section: Hashable, Sendable {
    case desk, warnings, alarms, map, enterprises, points, cameras, inbox
    case patrols, checks, problems, calls
    case commitments, filings, exemptions, duties
    case quality, findings, offline
    case bulletins, rankings, evaluation, figures
    case today, commitment, people, gateways
    case card, tasks, sources
    case admin(String)

    /// What each role sees on the rail, in order; at most eight. The first of a group stands for it.
    static func rail(for role: AccountRole) -> [[Section]] {
        switch role {
        case .duty:
            [
                [.desk], [.warnings, .alarms, .evaluation], [.map], [.enterprises, .points, .cameras],
                [.patrols, .checks, .problems, .calls], [.commitments, .filings, .exemptions, .duties],
                [.quality, .findings, .offline], [.bulletins, .rankings, .figures],
            ]
        case .safety:
            [
                [.today], [.warnings, .alarms], [.commitment], [.duties], [.filings, .exemptions], [.problems, .calls],
                [.quality, .findings, .points, .cameras], [.bulletins],
            ]
        case .responsible: [[.card], [.tasks], [.sources], [.inbox]]
        case .admin: AdminSections.all.map { [$0] }
        }
    }

    var title: String {
        switch self {
        case .desk: "值守"
        case .warnings: "预警"
        case .map: "地图"
        case .enterprises: "企业"
        case .cameras: "摄像机"
        case .alarms: "报警"
        case .exemptions: "豁免"
        case .inbox: "消息"
        case .patrols: "巡查"
        case .checks: "抽查"
        case .problems: "问题"
        case .calls: "查岗"
        case .commitments: "承诺"
        case .commitment: "今日承诺"
        case .filings: "报备"
        case .duties, .tasks: "履职"
        case .quality: "数据质量"
        case .findings: "质量问题"
        case .offline: "离线"
        case .bulletins: "通报"
        case .rankings: "排名"
        case .evaluation: "处置评比"
        case .figures: "统计指标"
        case .today: "今天"
        case .points: "点位"
        case .people: "包保"
        case .gateways: "网关"
        case .card: "预警"
        case .sources: "危险源"
        case .admin(let name): AdminSections.title(name)
        }
    }

    /// What the rail says where the entry stands for its group.
    var groupTitle: String {
        switch self {
        case .patrols: "巡查抽查"
        case .commitments: "承诺报备"
        case .desk, .warnings, .alarms, .map, .enterprises, .points, .cameras, .inbox, .checks, .problems, .calls,
            .commitment, .filings, .exemptions, .duties, .quality, .findings, .offline, .bulletins, .rankings,
            .evaluation, .figures, .today, .people, .gateways, .card, .tasks, .sources, .admin:
            title
        }
    }

    var address: String {
        switch self {
        case .desk: "/"
        case .today: "/e"
        case .card: "/m"
        case .sources: "/m/sources"
        case .tasks: "/m/duties"
        case .admin(let name): name == "home" ? "/admin" : "/admin/" + name
        case .warnings, .alarms, .map, .enterprises, .points, .cameras, .inbox, .patrols, .checks, .problems, .calls,
            .commitments, .commitment, .filings, .exemptions, .duties, .quality, .findings, .offline, .bulletins,
            .rankings, .evaluation, .figures, .people, .gateways:
            "/\(self)"
        }
    }

    var icon: String {
        switch self {
        case .desk: Icons.desk
        case .warnings, .card: Icons.warning
        case .map: Icons.map
        case .enterprises: Icons.enterprise
        case .cameras: Icons.video
        case .alarms, .evaluation, .figures, .rankings: Icons.curve
        case .exemptions, .filings: Icons.calendar
        case .inbox: Icons.inbox
        case .patrols, .checks, .problems, .calls: Icons.check
        case .commitments, .commitment: Icons.pen
        case .duties, .tasks: Icons.people
        case .quality, .findings, .offline: Icons.list
        case .bulletins: Icons.document
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
        ("gateways", "网关", Icons.key), ("channels", "通道", Icons.inbox), ("rules", "规则", Icons.pen),
        ("model", "模型", Icons.curve),
        ("periods", "特殊时段", Icons.calendar), ("inspectors", "专人", Icons.people),
        ("settings", "约定", Icons.pen), ("import", "导入", Icons.document),
    ]

    static var all: [Section] { entries.map { .admin($0.name) } }
    static func title(_ name: String) -> String { entries.first { $0.name == name }?.title ?? "管理" }
    static func icon(_ name: String) -> String { entries.first { $0.name == name }?.icon ?? Icons.list }
}
