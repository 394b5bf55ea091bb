import Domain
import Hummingbird
import Kernel
import Storage

/// 离线: who is offline now and for how long, who has been for long, who is unstable (SZ-10, JC-14, JC-20, QY-02).
struct OfflinePage: Sendable {
    struct Line: Sendable {
        var rank: Int
        var name: String
        var address: String
        var enterprise: String?
        var enterpriseAddress: String
        var regulator: String
        var since: String
        var length: String
        var isLong: Bool
        var contact: String
        var isFiled: Bool
    }
    struct Tile: Sendable {
        var title: String
        var rate: String
        var text: String
    }
    struct Unstable: Sendable {
        var name: String
        var address: String
        var enterprise: String
        var times: Int
    }

    var tiles: [Tile]
    var kinds: [Choice]
    var kindLabel: String
    var hasEnterprise: Bool
    var lines: [Line]
    var longCount: Int
    var unstable: [Unstable]
    var month: String

    /// An enterprise looks at its points first, an office at its enterprises.
    static func kind(_ visit: Visit) -> PresenceKind {
        PresenceKind(rawValue: visit.query["kind"]) ?? (visit.officer.role == .safety ? .point : .enterprise)
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let kind = kind(visit)
        let parts = Day(now).components
        let first = Day(year: parts.year, month: parts.month, day: 1)?.start ?? now
        let rules = PresenceRules.standard
        let found = try await visit.read { session throws(StorageError) in
            var counts: [OfflineListing.Count] = []
            for kind in PresenceKind.allCases {
                counts.append(try OfflineListing.count(kind, scope: scope, now: now, in: &session))
            }
            var unstable: [PresenceStore.Outages] = []
            for kind in PresenceKind.allCases {
                unstable += try PresenceStore.outages(
                    kind, window: first..<now, atLeast: rules.unstableTimes, scope: scope, in: &session)
            }
            let names = try PresenceNames.find(unstable.map(\.subject), scope: scope, in: &session)
            let ranking = try OfflineListing.ranking(kind, scope: scope, now: now, limit: 200, in: &session)
            return (counts: counts, ranking: ranking, unstable: unstable, names: names)
        }
        var rank = 0
        var lines: [Line] = []
        for (position, item) in found.ranking.enumerated() {
            if position == 0 || item.since != found.ranking[position - 1].since { rank = position + 1 }
            lines.append(Line(item, kind: kind, rank: rank, now: now))
        }
        let page = OfflinePage(
            tiles: zip(PresenceKind.allCases, found.counts).map { kind, count in
                Tile(
                    title: kind.label + "在线率(此刻)", rate: Wording.percent(count.online, of: count.due),
                    text: "\(count.online)/\(count.due)" + (count.filed > 0 ? ",另有 \(count.filed) 在报备期内" : ""))
            },
            kinds: Choice.list(PresenceKind.allCases.map { ($0.rawValue, $0.label) }, selected: kind.rawValue),
            kindLabel: kind.label, hasEnterprise: kind != .enterprise, lines: lines,
            longCount: lines.count(where: \.isLong),
            unstable: found.unstable.compactMap { outage in
                found.names[outage.subject].map {
                    Unstable(
                        name: $0.name, address: $0.address, enterprise: $0.enterprise, times: outage.times)
                }
            }.sorted { $0.times > $1.times },
            month: "\(parts.month) 月")
        return visit.page("offline", page, title: "离线", section: .offline)
    }
}

extension OfflinePage.Line {
    init(_ item: OfflineListing, kind: PresenceKind, rank: Int, now: Timestamp) {
        self.rank = rank
        enterpriseAddress = "/enterprise/" + Form.encode(item.enterprise.rawValue)
        switch kind {
        case .enterprise:
            name = item.enterpriseName
            address = enterpriseAddress
            enterprise = nil
        case .point:
            name = item.name
            address = "/point/" + Form.encode(item.subject)
            enterprise = item.enterpriseName
        case .camera:
            name = item.name
            address = "/cameras?enterprise=" + Form.encode(item.enterprise.rawValue)
            enterprise = item.enterpriseName
        }
        regulator = item.regulatorName
        since = item.since.map { Wording.stamp($0, now: now) } ?? "从未在线"
        length = item.since.map { Wording.length(now - $0) } ?? "—"
        isLong = item.since.map { PresenceRules.standard.isLong(since: $0, at: now) } ?? false
        contact =
            item.gatewaySeenAt.map { seen in
                now - seen <= PointSettings.offlineAfter ? "网关在联系" : "网关 \(Wording.length(now - seen))前"
            } ?? "网关没有联系过"
        isFiled = item.isFiled
    }
}
