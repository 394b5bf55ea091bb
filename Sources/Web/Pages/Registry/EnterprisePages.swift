import Domain
import Hummingbird
import Kernel
import Storage

/// One line of the hazard sources' table.
struct HazardLine: Sendable {
    var name: String
    var address: String
    var enterprise: String
    var enterpriseAddress: String
    var grade: String
    var level: LevelMark?
    var score: String
    var points: String
    var pointsClass: String
    var operations: String
    var isVacant: Bool
    var alarms: Int?

    init(_ hazard: HazardListing) {
        name = hazard.name
        address = "/hazard/" + Form.encode(hazard.id.rawValue)
        enterprise = hazard.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(hazard.enterprise.rawValue)
        grade = Wording.grade(hazard.grade)
        level = hazard.level == .blue ? nil : LevelMark(hazard.level)
        score = hazard.score.map(Wording.figure) ?? "—"
        points = "\(hazard.pointsOnline)/\(hazard.points)"
        pointsClass = hazard.pointsOnline < hazard.points ? "st" : "m"
        operations = hazard.operations ?? "空缺"
        isVacant = hazard.responsibles < 3
        alarms = hazard.openAlarms > 0 ? hazard.openAlarms : nil
    }
}

/// The enterprises of the jurisdiction.
struct EnterpriseListPage: Sendable {
    struct Line: Sendable {
        var name: String
        var address: String
        var region: String
        var regulator: String
        var hazards: String
        var level: LevelMark?
        var open: Int?
        var gateway: String
        var isSilent: Bool
        var findings: Int?
    }

    var lines: [Line]
    var total: Int
    var text: String
    var isOfflineOnly: Bool
    var pager: Pager

    static func filter(_ query: Form, now: Timestamp) -> EnterpriseListing.Filter {
        var filter = EnterpriseListing.Filter()
        filter.text = query.value("q")
        filter.region = query.value("region")
        if query["state"] == "offline" { filter.silentSince = now - DeskFigures.gatewaySilence }
        return filter
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (query, scope, now) = (visit.query, visit.scope, visit.now)
        let wanted = filter(query, now: now)
        let found = try await visit.read { session throws(StorageError) in
            (
                try EnterpriseListing.all(
                    wanted, scope: scope, limit: Pager.size, offset: Pager.offset(query), in: &session),
                try EnterpriseListing.count(wanted, scope: scope, in: &session)
            )
        }
        let address = Pager.address("/enterprises", query, keeping: ["q", "region", "state"])
        let page = EnterpriseListPage(
            lines: found.0.map { Line($0, now: now) }, total: found.1, text: query["q"],
            isOfflineOnly: query["state"] == "offline",
            pager: Pager(page: Pager.number(query), total: found.1, address: address))
        return visit.page("enterprises", page, title: "企业", section: .enterprises)
    }
}

extension EnterpriseListPage.Line {
    init(_ item: EnterpriseListing, now: Timestamp) {
        name = item.name
        address = "/enterprise/" + Form.encode(item.id.rawValue)
        region = item.regionName.map(WarningRow.county) ?? item.region
        regulator = item.regulatorName
        hazards = "\(item.hazards)" + (item.worstGrade.map { " · 最高" + Wording.grade($0) } ?? "")
        level = item.worst.map { LevelMark($0) }
        open = item.openWarnings > 0 ? item.openWarnings : nil
        isSilent = item.gatewaySeenAt.map { now - $0 > DeskFigures.gatewaySilence } ?? true
        gateway =
            item.gatewaySeenAt.map { seen in
                now - seen > DeskFigures.gatewaySilence ? "离线 \(Wording.length(now - seen))" : "在线"
            } ?? "没有网关数据"
        findings = item.openFindings > 0 ? item.openFindings : nil
    }
}

/// One enterprise.
struct EnterprisePage: Sendable {
    var crumbs: [Crumb]
    var name: String
    var subtitle: String
    var facts: [Fact]
    var hazards: [HazardLine]
    var rows: [WarningRow]
    var alarms: [AlarmListPage.Line]
    var dial: String?
    var pointsAddress: String

    struct Fact: Sendable {
        var title: String
        var text: String
        var address: String?
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let id = EnterpriseID(visit.parameter("id"))
        let read = try await visit.read { session throws(StorageError) in
            try Self.read(id, scope: scope, now: now, in: &session)
        }
        guard var found = read else { throw PageRefusal.notFound }
        visit.site.freshen(&found.warnings)
        visit.site.freshen(&found.alarms)
        let line = EnterpriseListPage.Line(found.item, now: now)
        let page = EnterprisePage(
            crumbs: [
                Crumb(title: visit.officer.organization, address: visit.officer.home),
                Crumb(title: line.region, address: nil), Crumb(title: line.name, address: nil),
            ],
            name: line.name,
            subtitle: "\(line.region) · 日常监管 \(line.regulator)"
                + (found.item.parkName.map { " · " + $0 } ?? ""),
            facts: [
                Fact(title: "地址", text: found.item.address ?? "—"), Fact(title: "行业", text: found.item.industry ?? "—"),
                Fact(title: "统一社会信用代码", text: found.item.creditCode ?? "—"),
                Fact(title: "值班电话", text: found.item.phone ?? "—"), Fact(title: "网关", text: line.gateway),
                Fact(title: "数据质量待办", text: "\(found.item.openFindings) 件"),
            ] + found.presence,
            hazards: found.hazards.map(HazardLine.init),
            rows: found.warnings.map {
                var row = WarningRow($0, officer: visit.officer, selected: nil, now: now)
                row.href = row.address
                return row
            },
            alarms: found.alarms.map { AlarmListPage.Line($0, role: visit.officer.role, now: now) },
            dial: found.item.phone.map(Wording.dial),
            pointsAddress: "/points?enterprise=" + Form.encode(id.rawValue))
        return visit.page("enterprise", page, title: "企业", section: .enterprises)
    }

    private static func read(
        _ id: EnterpriseID, scope: Scope, now: Timestamp, in session: inout Session
    ) throws(StorageError) -> (
        item: EnterpriseListing, hazards: [HazardListing], warnings: [WarningListing], alarms: [AlarmListing],
        presence: [Fact]
    )? {
        var filter = EnterpriseListing.Filter()
        filter.id = id
        guard let item = try EnterpriseListing.all(filter, scope: scope, limit: 1, in: &session).first else {
            return nil
        }
        var hazards = HazardListing.Filter()
        hazards.enterprise = id
        var warnings = WarningFilter()
        warnings.enterprise = id
        var alarms = AlarmListing.Filter()
        alarms.enterprise = id
        alarms.isOpenOnly = true
        return (
            item, try HazardListing.all(hazards, scope: scope, limit: 200, in: &session),
            try WarningList.rows(warnings, scope: scope, limit: 20, in: &session),
            try AlarmListing.all(alarms, scope: scope, limit: 50, in: &session),
            try presenceFacts(of: id, now: now, in: &session)
        )
    }
}
