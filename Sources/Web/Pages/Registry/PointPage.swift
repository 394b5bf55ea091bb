import Domain
import Hummingbird
import Kernel
import Storage

/// One point: its curve with limits, its alarms, its limits.
struct PointPage: Sendable {
    struct Span: Sendable {
        var title: String
        var address: String
        var key: String
        var isCurrent: Bool
    }
    struct LimitLine: Sendable {
        var title: String
        var platform: String
        var edge: String
        var isDifferent: Bool
    }

    var crumbs: [Crumb]
    var title: String
    var subtitle: String
    var valueAt: String
    var value: String?
    var unit: String
    var trouble: String?
    var state: String
    var since: Int64?
    var lasted: String?
    var spans: [Span]
    var chart: String
    var dataAddress: String
    var alarms: [AlarmListPage.Line]
    var limits: [LimitLine]
    var settings: String
    var hasNoData: Bool
    /// Where a safety officer asks for a filing.
    var askAddress: String?
    /// Where its limits are changed, at once or by request.
    var editAddress: String?

    static let spanList: [(name: String, title: String, interval: Interval)] = [
        ("1h", "1 小时", .hours(1)), ("8h", "8 小时", .hours(8)), ("24h", "24 小时", .hours(24)), ("7d", "7 天", .days(7)),
    ]

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let id = PointID(visit.parameter("id"))
        let span = spanList.first { $0.name == visit.query["span"] } ?? spanList[0]
        let read = try await visit.read { session throws(StorageError) in
            try Self.read(id, scope: scope, from: now - span.interval, to: now, in: &session)
        }
        guard var found = read else { throw PageRefusal.notFound }
        try await visit.site.fill(&found.data, scope: scope)
        visit.site.freshen(&found.alarms)
        let isPhone = visit.officer.role == .responsible
        let page = PointPage(
            found.data, alarms: found.alarms, officer: visit.officer, span: span.name,
            size: isPhone ? .phone : .page, now: now)
        return visit.page(
            isPhone ? "phone-point" : "point", page, title: "点位", section: isPhone ? .sources : .enterprises,
            frame: isPhone ? .phone : .shell)
    }

    /// `[[milliseconds, value or null]…]` for the browser's chart.
    static func values(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let id = PointID(visit.parameter("id"))
        let span = spanList.first { $0.name == visit.query["span"] } ?? spanList[0]
        let read = try await visit.read { session throws(StorageError) in
            try ChartData.read(id, scope: scope, from: now - span.interval, to: now, in: &session)
        }
        guard var data = read else { throw PageRefusal.notFound }
        try await visit.site.fill(&data, scope: scope)
        let values = data.samples.map { sample -> JSON in
            .array([.integer(sample.at.milliseconds), sample.isBad ? .null : .number(sample.value)])
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: JSON.array(values).text)))
    }

    private static func read(
        _ id: PointID, scope: Scope, from: Timestamp, to: Timestamp, in session: inout Session
    ) throws(StorageError) -> (data: ChartData, alarms: [AlarmListing])? {
        guard let data = try ChartData.read(id, scope: scope, from: from, to: to, in: &session) else { return nil }
        var filter = AlarmListing.Filter()
        filter.point = id
        filter.openedFrom = to - .days(7)
        return (data, try AlarmListing.all(filter, scope: scope, limit: 20, in: &session))
    }

    init(
        _ data: ChartData, alarms: [AlarmListing], officer: Officer, span: String, size: Chart.Size, now: Timestamp
    ) {
        let sheet = data.sheet
        title =
            Points.title(kind: sheet.kind, name: sheet.name, tag: sheet.tag)
            + (sheet.equipmentName.map { " · " + $0 } ?? "")
        let address = "/point/" + Form.encode(sheet.id.rawValue)
        crumbs = [
            Crumb(title: officer.organization, address: officer.home),
            Crumb(title: sheet.enterpriseName, address: "/enterprise/" + Form.encode(sheet.enterprise.rawValue)),
        ]
        if let hazard = sheet.hazard {
            crumbs.append(
                Crumb(title: sheet.hazardName ?? "", address: "/hazard/" + Form.encode(hazard.rawValue)))
        }
        crumbs.append(Crumb(title: Points.title(kind: sheet.kind, name: sheet.name, tag: sheet.tag), address: nil))
        let range = [sheet.rangeLow, sheet.rangeHigh].map { $0.map(Wording.figure) ?? "—" }.joined(separator: "–")
        subtitle =
            "编码 \(sheet.id) · 量程 \(range) \(sheet.unit)" + (sheet.isKey ? " · 重点点位" : "")
            + (sheet.location.map { " · " + $0 } ?? "") + (sheet.isInUse ? "" : " · 已停用")
        valueAt = sheet.valueAt.map { Wording.stamp($0, now: now) } ?? ""
        unit = sheet.unit
        trouble = sheet.offlineSince.map { "离线 \(Wording.length(now - $0))" }
        value = sheet.offlineSince == nil ? sheet.value.map(Wording.figure) : nil
        let open = alarms.first { $0.clearedAt == nil }
        state = sheet.state.map { Points.state($0, kind: sheet.kind) } ?? "还没有数据"
        since = open?.openedAt.milliseconds
        lasted = open.map { Wording.elapsed(now - $0.openedAt) }
        spans = Self.spanList.enumerated().map { index, item in
            Span(
                title: item.title, address: address + "?span=" + item.name, key: "\(index + 1)",
                isCurrent: item.name == span)
        }
        chart = Chart(data: data, size: size, now: now).picture
        dataAddress = address + "/values?span=" + span
        self.alarms = alarms.map { AlarmListPage.Line($0, role: officer.role, now: now) }
        limits = Self.limits(sheet)
        settings = sheet.quality.map { "数据质量 \(Self.quality($0))" } ?? ""
        hasNoData = data.samples.isEmpty
        editAddress = officer.role == .safety || officer.role == .admin ? AdminPoints.address(sheet.id) : nil
        askAddress = officer.role == .safety ? "/exemptions/new?point=" + Form.encode(sheet.id.rawValue) : nil
    }

    private static func limits(_ sheet: PointSheet) -> [LimitLine] {
        let rows: [(String, Double?, Double?)] = [
            ("highHigh", sheet.highHigh, sheet.edgeHighHigh), ("high", sheet.high, sheet.edgeHigh),
            ("low", sheet.low, sheet.edgeLow), ("lowLow", sheet.lowLow, sheet.edgeLowLow),
        ]
        return rows.compactMap { state, platform, edge in
            guard platform != nil || edge != nil else { return nil }
            return LimitLine(
                title: Points.state(state, kind: sheet.kind),
                platform: platform.map { Wording.figure($0) + " " + sheet.unit } ?? "—",
                edge: edge.map { Wording.figure($0) + " " + sheet.unit } ?? "未报",
                isDifferent: edge != nil && platform != nil && edge != platform)
        }
    }

    private static func quality(_ quality: String) -> String {
        switch quality.lowercased() {
        case "good": "好"
        case "uncertain": "存疑"
        case "bad": "坏"
        default: "超量程"
        }
    }
}
