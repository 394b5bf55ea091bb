import Domain
import Hummingbird
import Kernel
import Storage

/// Points with their values now.
struct PointListPage: Sendable {
    struct Line: Sendable {
        var title: String
        var address: String
        var enterprise: String
        var enterpriseAddress: String
        var place: String
        var value: String
        var trouble: String?
        var state: String
        var isAlarming: Bool
        var at: String
    }

    var lines: [Line]
    var total: Int
    var states: [Choice]
    var pager: Pager

    static func filter(_ query: Form) -> PointSheet.Filter {
        var filter = PointSheet.Filter()
        filter.isOfflineOnly = query["state"] == "offline"
        filter.isAlarmingOnly = query["state"] == "alarm"
        filter.enterprise = query.value("enterprise").map { EnterpriseID($0) }
        return filter
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (query, scope, now) = (visit.query, visit.scope, visit.now)
        let wanted = filter(query)
        var found = try await visit.read { session throws(StorageError) in
            (
                try PointSheet.all(
                    wanted, scope: scope, limit: Pager.size, offset: Pager.offset(query), in: &session),
                try PointSheet.count(wanted, scope: scope, in: &session)
            )
        }
        visit.site.freshen(&found.0)
        let address = Pager.address("/points", query, keeping: ["state", "enterprise"])
        let page = PointListPage(
            lines: found.0.map { Line($0, now: now) }, total: found.1,
            states: Choice.list(
                [("", "全部"), ("alarm", "正在报警"), ("offline", "离线")], selected: query["state"]),
            pager: Pager(page: Pager.number(query), total: found.1, address: address))
        return visit.page("points", page, title: "点位", section: .points)
    }
}

extension PointListPage.Line {
    init(_ sheet: PointSheet, now: Timestamp) {
        title = Points.title(kind: sheet.kind, name: sheet.name, tag: sheet.tag)
        address = "/point/" + Form.encode(sheet.id.rawValue)
        enterprise = sheet.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(sheet.enterprise.rawValue)
        place = [sheet.hazardName, sheet.equipmentName].compactMap(\.self).joined(separator: " ")
        trouble =
            sheet.offlineSince.map { "离线 \(Wording.length(now - $0))" }
            ?? (sheet.valueAt == nil ? "没有数据" : nil)
        value = (sheet.value.map(Wording.figure) ?? "—") + " " + sheet.unit
        isAlarming = sheet.state.map { $0 != "normal" } ?? false
        state = sheet.state.map { Points.state($0, kind: sheet.kind) } ?? "—"
        at = sheet.valueAt.map { Wording.stamp($0, now: now) } ?? ""
    }
}
