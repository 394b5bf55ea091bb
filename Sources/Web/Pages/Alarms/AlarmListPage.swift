import Domain
import Hummingbird
import Kernel
import Storage

/// Alarms: points beyond their limits. Not warnings (domain §11).
struct AlarmListPage: Sendable {
    struct Line: Sendable {
        var point: String
        var pointAddress: String
        var enterprise: String
        var enterpriseAddress: String
        var hazard: String?
        var worst: String
        var isSecond: Bool
        var reading: String
        var trouble: String?
        var opened: String
        var since: Int64?
        var lasted: String
        var occurrences: Int?
        var ending: String
        var isOpen: Bool
        var requestAddress: String?
        var address: String
    }

    var lines: [Line]
    var total: Int
    var states: [Choice]
    var pager: Pager

    static func show(_ visit: Visit) async throws -> Response {
        let (query, scope, now) = (visit.query, visit.scope, visit.now)
        let wanted = filter(query)
        var found = try await visit.read { session throws(StorageError) in
            (
                try AlarmListing.all(
                    wanted, scope: scope, limit: Pager.size, offset: Pager.offset(query), in: &session),
                try AlarmListing.count(wanted, scope: scope, in: &session)
            )
        }
        visit.site.freshen(&found.0)
        let address = Pager.address("/alarms", query, keeping: ["state", "level", "enterprise"])
        let page = AlarmListPage(
            lines: found.0.map { Line($0, role: visit.officer.role, now: now) }, total: found.1,
            states: Choice.list(
                [("", "全部"), ("open", "未消警"), ("cleared", "已消警")], selected: query["state"]),
            pager: Pager(page: Pager.number(query), total: found.1, address: address))
        return visit.page("alarms", page, title: "报警", section: .alarms)
    }

    static func filter(_ query: Form) -> AlarmListing.Filter {
        var filter = AlarmListing.Filter()
        filter.isOpenOnly = query["state"] == "open" || query.has("level")
        filter.isClearedOnly = query["state"] == "cleared"
        filter.level = Level(name: query["level"])
        filter.enterprise = query.value("enterprise").map { EnterpriseID($0) }
        return filter
    }
}

extension AlarmListPage.Line {
    init(_ alarm: AlarmListing, role: AccountRole, now: Timestamp) {
        point = Points.title(kind: alarm.pointKind, name: alarm.pointName, tag: alarm.pointTag)
        pointAddress = "/point/" + Form.encode(alarm.point.rawValue)
        enterprise = alarm.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(alarm.enterprise.rawValue)
        hazard = alarm.hazardName
        worst = Points.state(alarm.worstState, kind: alarm.pointKind)
        isSecond = alarm.worstState == "highHigh" || alarm.worstState == "lowLow"
        isOpen = alarm.clearedAt == nil
        let value = (isOpen ? alarm.lastValue : alarm.worstValue).map(Wording.figure) ?? "—"
        reading = value + (alarm.threshold.map { " / " + Wording.figure($0) } ?? "") + " " + alarm.unit
        trouble = isOpen ? alarm.offlineSince.map { "离线 \(Wording.length(now - $0))·冻结" } : nil
        opened = Wording.stamp(alarm.openedAt, now: now)
        since = isOpen ? alarm.openedAt.milliseconds : nil
        lasted = Wording.elapsed((alarm.clearedAt ?? now) - alarm.openedAt)
        occurrences = alarm.occurrences > 1 ? alarm.occurrences : nil
        ending = isOpen ? alarm.exemptedAt == nil ? "未消警" : "已豁免" : Points.dispel(alarm.dispelType)
        address = "/alarm/" + Form.encode(alarm.id.rawValue)
        requestAddress =
            isOpen && role == .safety
            ? "/exemptions/new?point=\(Form.encode(alarm.point.rawValue))&alarm=\(Form.encode(alarm.id.rawValue))" : nil
    }
}
