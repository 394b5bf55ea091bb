import Domain
import Hummingbird
import Kernel
import Storage

/// 重点关注: which enterprises to look at first, and why (SZ-05…07, JC-12, JC-14, JC-20).
struct AttentionPage: Sendable {
    struct Tab: Sendable {
        var title: String
        var row: String
        var count: Int
        var address: String
        var isCurrent: Bool
    }
    struct Line: Sendable {
        var name: String
        var address: String
        var unit: String
        var reasons: String
    }

    var at: String
    var tabs: [Tab]
    var lines: [Line]
    var total: Int

    static func show(_ visit: Visit) async throws -> Response {
        guard let office = visit.officer.authority else { throw PageRefusal.notFound }
        let snapshot = try await visit.site.attention.snapshot(of: office, store: visit.site.store, now: visit.now)
        let reason = Attention.Reason(rawValue: visit.query["reason"])
        let items = items(snapshot, reason: reason)
        let page = AttentionPage(
            at: Wording.stamp(snapshot?.at ?? visit.now, now: visit.now),
            tabs: tabs(snapshot, current: reason),
            lines: items.prefix(500).map { item in
                let place = snapshot?.places[item.enterprise]
                return Line(
                    name: place?.name ?? item.enterprise.rawValue,
                    address: "/enterprise/" + Form.encode(item.enterprise.rawValue), unit: place?.unitName ?? "",
                    reasons: item.reasons.map(\.text).joined(separator: "；"))
            }, total: items.count)
        return visit.page("attention", page, title: "重点关注", section: .desk)
    }

    static func items(_ snapshot: AttentionBoard.Snapshot?, reason: Attention.Reason?) -> [Attention] {
        (snapshot?.items ?? []).filter { item in
            reason.map { wanted in item.reasons.contains { $0.reason == wanted } } ?? true
        }
    }

    static func tabs(_ snapshot: AttentionBoard.Snapshot?, current: Attention.Reason?) -> [Tab] {
        Attention.Reason.allCases.map { reason in
            Tab(
                title: reason.title, row: reason.row, count: snapshot?.counts[reason] ?? 0,
                address: "/attention?reason=" + reason.rawValue, isCurrent: reason == current)
        }
    }
}
