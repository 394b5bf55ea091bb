import Domain
import Kernel
import Storage

/// Reads a duty desk in one snapshot and makes its model.
struct DeskReader: Sendable {
    struct Data: Sendable {
        var rows: [WarningListing]
        var total: Int
        var figures: DeskFigures
        var children: [DeskChild]
        var names: [String: String]
        var dossier: WarningDossier?
        var quiet: QuietFigures?
        var unread: Int
        var qualityFindings: [QualityRule: Int]
        var chart: ChartData?
        var urgent: [UrgentWarning] = []
        var watch: [WatchFinding] = []
    }

    let visit: Visit
    let grouping: DeskChild.Grouping

    static func read(_ visit: Visit) async throws -> DeskPage {
        try await DeskReader(visit: visit, grouping: grouping(of: visit.officer)).page()
    }

    static func grouping(of officer: Officer) -> DeskChild.Grouping {
        switch officer.authorityLevel {
        case .ministry, .center, nil: .region(digits: 2)
        case .province: .region(digits: 4)
        case .city: .region(digits: 6)
        case .county, .park: .enterprise
        }
    }

    /// The desks that a warning climbs to.
    private static func isCountyTier(_ level: AuthorityLevel?) -> Bool {
        switch level {
        case .county?, .park?: true
        case .city?, .province?, .center?, .ministry?, nil: false
        }
    }

    var filter: WarningFilter {
        var filter = WarningFilter()
        filter.isOpenOnly = true
        filter.region = visit.query.value("region")
        if visit.query.has("own"), let own = visit.officer.authority { filter.regulator = own }
        return filter
    }

    func data() async throws -> Data {
        let (filter, grouping, now, scope) = (filter, grouping, visit.now, visit.scope)
        let level = visit.officer.authorityLevel
        let asked = visit.query.value("selected").map { WarningID($0) }
        var data = try await visit.read { session throws(StorageError) in
            let rows = try WarningList.rows(filter, scope: scope, limit: DeskPage.rowsMax, in: &session)
            let selected = asked.flatMap { asked in rows.first { $0.id == asked }?.id } ?? Self.first(rows)
            var dossier: WarningDossier?
            if let selected { dossier = try WarningDossier.read(selected, scope: scope, in: &session) }
            var chart: ChartData?
            if let point = dossier?.listing.alarm?.point {
                chart = try ChartData.read(point, scope: scope, from: now - .hours(1), to: now, in: &session)
            }
            let isCountyTier = Self.isCountyTier(level)
            return Data(
                rows: rows, total: try WarningList.count(filter, scope: scope, in: &session),
                figures: try DeskFigures.read(scope: scope, now: now, in: &session),
                children: try DeskChild.all(by: grouping, scope: scope, now: now, in: &session),
                names: try DeskChild.regionNames(in: &session), dossier: dossier,
                quiet: rows.isEmpty ? try QuietFigures.read(scope: scope, in: &session) : nil,
                unread: try Inbox.unreadCount(scope: scope, in: &session),
                qualityFindings: try QualityFindingListing.counts(scope: scope, in: &session), chart: chart,
                urgent: isCountyTier ? try UrgentWarning.list(scope: scope, in: &session) : [],
                watch: try WatchFindingStore.open(scope: scope, limit: 5, in: &session))
        }
        visit.site.freshen(&data.rows)
        if var dossier = data.dossier {
            visit.site.freshen(&dossier)
            data.dossier = dossier
        }
        if var chart = data.chart {
            try await visit.site.fill(&chart, scope: scope)
            data.chart = chart
        }
        return data
    }

    private static func first(_ rows: [WarningListing]) -> WarningID? {
        rows.first { WarningRow.isUnacknowledged($0) && $0.receipt == .unread }?.id ?? rows.first?.id
    }

    private func page() async throws -> DeskPage {
        let data = try await data()
        let now = visit.now
        var listings = data.rows
        let isUnacknowledgedOnly = visit.query.has("unack")
        if isUnacknowledgedOnly { listings = listings.filter(WarningRow.isUnacknowledged) }
        let selected = data.dossier?.listing.id
        let rows = listings.map { WarningRow($0, officer: visit.officer, selected: selected, now: now) }
            .sorted { $0.order < $1.order }
        let isFiltered = isUnacknowledgedOnly || filter.regulator != nil || filter.region != nil
        let map = DeskMap(officer: visit.officer, children: data.children, boundaries: visit.site.boundaries)
        return DeskPage(
            rows: rows, rowsMode: isFiltered ? "some" : "all", total: data.total,
            summary: Self.summary(data.rows), isUnacknowledgedOnly: isUnacknowledgedOnly,
            isOwnOnly: filter.regulator != nil,
            filterNote: filter.region.map { data.names[Self.full($0)].map(WarningRow.county) ?? $0 },
            tiles: DeskTiles.make(data.figures, now: now), absent: Self.absent(data.figures), map: map.picture,
            mapApproval: visit.site.configuration.mapApproval, hasMarks: data.children.contains { $0.open > 0 },
            childrenTitle: map.childrenTitle, children: childRows(data), wholeName: "合计",
            wholeOpen: Self.wholeOpen(data),
            wholeOnline: "\(data.figures.enterprisesOnline)/\(data.figures.enterprises)",
            pane: data.dossier.map { dossier in
                WarningPane(
                    dossier, chart: data.chart.map { Chart(data: $0, size: .pane, now: now).picture }, now: now)
            },
            quiet: data.quiet.map { quietPane($0, figures: data.figures) }, todo: todo(data),
            attention: await attention(),
            pinned: QualityRule.Pinned.allCases.map { QualityPage.Pinned($0, counts: data.qualityFindings) },
            csrf: visit.officer.csrf,
            urgent: DeskUrgent(data.urgent, watch: data.watch, now: now),
            hasMore: data.total > DeskPage.rowsMax ? data.total - DeskPage.rowsMax : nil)
    }

    private static func summary(_ rows: [WarningListing]) -> String {
        let unacknowledged = rows.count { $0.phase == .unacknowledged }
        let handled = rows.count { [.acknowledged, .handling, .allClear].contains($0.phase) }
        let awaiting = rows.count { [.cleared, .awaitingReport].contains($0.phase) }
        let deciding = rows.count { [.awaitingApproval, .awaitingFeedback].contains($0.phase) }
        return "未确认 \(unacknowledged) · 已确认未消警 \(handled) · 待上报 \(awaiting) · 待审核反馈 \(deciding)"
    }

    private static func absent(_ figures: DeskFigures) -> [DeskPage.AbsentLink] {
        [
            .init(title: "报备中", address: "/exemptions?state=running", count: figures.exemptionsRunning),
            .init(title: "离线点位", address: "/points?state=offline", count: figures.points - figures.pointsOnline),
            .init(title: "数据质量待办", address: "/findings", count: figures.findings),
            .init(title: "今日已闭环", address: "/warnings?phase=closed&day=today", count: figures.closedToday),
            .init(title: "现行报警", address: "/alarms?state=open", count: figures.openAlarms),
        ]
    }

    /// A region's code in six digits.
    private static func full(_ region: String) -> String {
        region + String(repeating: "0", count: max(0, 6 - region.count))
    }

    private func childRows(_ data: Data) -> [DeskPage.Child] {
        data.children.prefix(grouping == .enterprise ? 8 : 14).map { child in
            let name = child.name ?? data.names[Self.full(child.key)].map(WarningRow.county) ?? child.key
            let address =
                grouping == .enterprise
                ? "/enterprise/" + Form.encode(child.key)
                : "/?region=" + Form.encode(child.key)
            return DeskPage.Child(
                name: name, address: address, mark: child.worst.map { LevelMark($0) }, open: child.open,
                awaiting: child.awaitingReport > 0 ? child.awaitingReport : nil,
                online: "\(child.enterprisesOnline)/\(child.enterprises)",
                onlineClass: child.enterprisesOnline < child.enterprises ? "st" : "m")
        }
    }

    private static func wholeOpen(_ data: Data) -> String {
        let open = data.children.reduce(0) { $0 + $1.open }
        let awaiting = data.children.reduce(0) { $0 + $1.awaitingReport }
        return awaiting > 0 ? "\(open) + 待上报 \(awaiting)" : "\(open)"
    }

    private func quietPane(_ quiet: QuietFigures, figures: DeskFigures) -> QuietPane {
        let now = visit.now
        return QuietPane(
            latestReading: figures.latestReading.map {
                "\(Wording.stamp($0, now: now))（\(Wording.length(now - $0))前）"
            } ?? "还没有数据",
            points: "\(figures.pointsOnline)/\(figures.points)",
            enterprises: "\(figures.enterprisesOnline)/\(figures.enterprises)",
            dueNext: quiet.dueNext.map { Wording.stamp($0, now: now) } ?? "没有",
            outbox: "\(quiet.outboxPending) 条", openAlarms: figures.openAlarms,
            near: quiet.near.map { near in
                let score = min(40, max(0, near.score))
                return QuietPane.Near(
                    region: near.region, enterprise: near.enterpriseName,
                    enterpriseAddress: "/enterprise/" + Form.encode(near.enterprise.rawValue),
                    hazard: near.hazardName, hazardAddress: "/hazard/" + Form.encode(near.hazard.rawValue),
                    grade: Wording.grade(near.grade), score: Wording.figure(near.score), width: Int(score / 40 * 100),
                    terms: RiskTerms.read(near.terms).filter { $0.width > 0 }.map { "\($0.title) \($0.points)" }
                        .joined(separator: " · "))
            })
    }

    /// The lists that are not empty. The desk is shown even where they cannot be read.
    private func attention() async -> [AttentionPage.Tab] {
        guard let office = visit.officer.authority else { return [] }
        let board = visit.site.attention
        let isSmall =
            visit.officer.authorityLevel == .county || visit.officer.authorityLevel == .park
            || visit.officer.authorityLevel == .city
        // A province's or the nation's lists take longer than a desk may wait: made when their page is opened.
        var snapshot = board.standing(of: office)
        if isSmall { snapshot = try? await board.snapshot(of: office, store: visit.site.store, now: visit.now) }
        return AttentionPage.tabs(snapshot, current: nil).filter { $0.count > 0 }
    }

    private func todo(_ data: Data) -> [DeskTodo] {
        var todo: [DeskTodo] = []
        let authority = visit.officer.authority
        for row in data.rows where row.phase == .awaitingApproval && row.regulator == authority {
            todo.append(
                DeskTodo(
                    title: "审核上报 \(row.enterpriseName)",
                    address: "/warning/" + Form.encode(row.id.rawValue) + "#decide",
                    note: row.hazardName, due: "待审核", isLate: false))
        }
        if data.figures.exemptionsAsked > 0 {
            todo.append(
                DeskTodo(
                    title: "审批报备与豁免", address: "/exemptions?state=asked", note: nil,
                    due: "\(data.figures.exemptionsAsked) 件", isLate: false))
        }
        if data.figures.openSupervisions > 0 {
            todo.append(
                DeskTodo(
                    title: "督办反馈", address: "/warnings?supervision=open", note: nil,
                    due: "\(data.figures.openSupervisions) 件", isLate: false))
        }
        if data.unread > 0 {
            todo.append(
                DeskTodo(
                    title: "未读消息", address: "/inbox?unread=1", note: nil, due: "\(data.unread) 条", isLate: false))
        }
        return Array(todo.prefix(6))
    }
}
