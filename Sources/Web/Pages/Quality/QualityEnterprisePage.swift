import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// One enterprise's data: the score with what stands behind each figure, how far the five kinds of data have come, what
/// is missing. For the enterprise itself it is the self-check (QY-03).
struct QualityEnterprisePage: Sendable {
    struct Access: Sendable {
        var title: String
        var text: String
        var isLacking: Bool
    }
    struct Item: Sendable {
        var kind: String
        var name: String
        var address: String?
        var fraction: String
        var score: String
        var bar: String
    }

    var crumbs: [Crumb]
    var name: String
    var isOwn: Bool
    var day: String
    var earlier: String
    var total: String
    var bars: [QualityBar]
    var dimension: String?
    var formula: String?
    var items: [Item]
    var access: [Access]
    var findings: [FindingsPage.Line]
    var trend: String
    var hasScore: Bool
    var ledger: String
    var ledgerError: String?
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        let id = EnterpriseID(visit.parameter("id"))
        return try await render(
            visit, enterprise: id, isOwn: visit.officer.enterprise == id, message: nil, status: .ok)
    }

    /// The enterprise says how many gas detectors its ledger counts.
    static func tellLedger(_ visit: Visit) async throws -> Response {
        guard let enterprise = visit.officer.enterprise else { throw PageRefusal.notFound }
        guard let detectors = Int(visit.form["detectors"]) else {
            return try await render(
                visit, enterprise: enterprise, isOwn: true, message: "台账数写成一个整数",
                status: .unprocessableContent)
        }
        let context = visit.operation()
        do {
            try await visit.site.store.write { session throws(QualityFailure) in
                var context = context
                try QualityOperations.tellLedger(detectors, of: enterprise, context: &context, in: &session)
            }
        } catch {
            return try await render(
                visit, enterprise: enterprise, isOwn: true, message: error.text, status: .unprocessableContent)
        }
        return visit.redirect("/quality")
    }

    static func render(
        _ visit: Visit, enterprise: EnterpriseID, isOwn: Bool, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let asked = ChinaTime.parseDate(visit.query["day"])
        let dimension = QualityDimension(rawValue: visit.query["dimension"])
        let found = try await visit.read { session throws(StorageError) in
            let access = try DataAccess.read(of: enterprise, scope: scope, in: &session)
            let name = try RegistryQueries.enterprise(enterprise, scope: scope, in: &session)?.name
            let latest = try QualityStore.latestDay(scope: scope, in: &session)
            let day = asked ?? latest ?? Day(number: Day(now).number - 1)
            let trend = try QualityStore.trend(
                from: Day(number: day.number - 29), through: day, enterprise: enterprise, scope: scope, in: &session)
            let items = try QualityStore.items(
                of: enterprise, day: day, dimension: dimension, scope: scope, limit: dimension == nil ? 0 : 300,
                in: &session)
            var filter = QualityFindingListing.Filter()
            filter.enterprise = enterprise
            let findings = try QualityFindingListing.all(filter, scope: scope, now: now, limit: 50, in: &session)
            return (
                access: access, name: name, day: day, trend: trend, items: items, findings: findings,
                weights: try QualitySettingsStore.weights(in: &session)
            )
        }
        guard let access = found.access, let name = found.name else { throw PageRefusal.notFound }
        let day = ChinaTime.date(found.day)
        let base = isOwn ? "/quality" : "/quality/enterprise/\(Form.encode(enterprise.rawValue))"
        let tally = found.trend.first { $0.day == found.day }?.tally
        let page = QualityEnterprisePage(
            crumbs: [
                Crumb(title: visit.officer.organization, address: visit.officer.home),
                Crumb(title: "数据质量", address: "/quality?day=" + day), Crumb(title: name, address: nil),
            ], name: name, isOwn: isOwn, day: day,
            earlier: base + "?day=" + ChinaTime.date(Day(number: found.day.number - 1)),
            total: QualityBar.text(tally?.total(found.weights)),
            bars: QualityBar.all(
                tally ?? QualityTally(), address: { "\(base)?day=\(day)&dimension=\($0.rawValue)#items" },
                current: dimension),
            dimension: dimension?.label, formula: dimension?.formula,
            items: dimension.map { wanted in found.items.map { Item($0, wanted) } } ?? [],
            access: kinds(access, now: now),
            findings: found.findings.map { FindingsPage.Line($0, now: now) },
            trend: QualityBar.trend(
                found.trend, from: Day(number: found.day.number - 29), through: found.day, weights: found.weights),
            hasScore: tally != nil, ledger: access.gasLedger.map { "\($0)" } ?? "", ledgerError: message,
            csrf: visit.officer.csrf)
        return visit.page(
            "quality-enterprise", page, title: isOwn ? "数据质量自查" : "数据质量", section: .quality, status: status)
    }

    private static func kinds(_ access: DataAccess, now: Timestamp) -> [Access] {
        let ledger = access.gasLedger.map { "台账 \($0)," } ?? "台账数未填,"
        return [
            Access(
                title: "企业基础数据", text: "重大危险源 \(access.hazards) 个,设备设施 \(access.equipment) 台",
                isLacking: access.hazards == 0 || access.equipment == 0),
            Access(
                title: "实时监测数据",
                text: "在用点位 \(access.points) 个,已接入 \(access.pointsConnected) 个,现离线 \(access.pointsSilent) 个;"
                    + "气体点位\(ledger)登记 \(access.gasPoints),接入 \(access.gasConnected)",
                isLacking: access.pointsConnected < access.points || access.pointsSilent > 0
                    || (access.gasLedger ?? 0) > access.gasConnected),
            Access(
                title: "视频监控数据", text: "摄像机 \(access.cameras) 路,在线 \(access.camerasOnline) 路",
                isLacking: access.cameras == 0 || access.camerasOnline < access.cameras),
            Access(
                title: "安全承诺公告",
                text: access.lastCommitment.map { "最近一次 \(ChinaTime.date($0))" } ?? "还没有承诺过",
                isLacking: access.lastCommitment.map { $0 < Day(now) } ?? true),
            Access(
                title: "包保责任信息", text: "应有 \(access.hazards * 3) 个岗位,在岗 \(access.responsibles) 个",
                isLacking: access.responsibles < access.hazards * 3),
        ]
    }
}

extension QualityEnterprisePage.Item {
    init(_ item: QualityStore.Item, _ dimension: QualityDimension) {
        switch item.kind {
        case .point:
            kind = "点位"
            address = "/point/" + Form.encode(item.id)
        case .equipment:
            kind = "设备"
            address = nil
        case .hazard:
            kind = "危险源"
            address = "/hazard/" + Form.encode(item.id)
        }
        name = item.name
        let part = item.tally[dimension]
        fraction = "\(part.numerator)/\(part.denominator)"
        score = QualityBar.text(item.tally.score(dimension))
        bar = QualityBar.bar(item.tally.score(dimension), label: dimension.label)
    }
}
