import Domain
import Kernel
import Storage

/// The lower pane of the duty desk: the selected warning's reason, receipts, telephone numbers and curve.
struct WarningPane: Sendable {
    var id: String
    var address: String
    var level: LevelMark
    var title: String
    var path: String
    var why: String
    var risk: RiskTerms?
    var receipts: Receipts
    var callers: [Caller]
    var firstDial: String?
    var acknowledged: String?
    var acknowledgeDue: String?
    var canSign: Bool
    var pointTitle: String?
    var pointAddress: String?
    var chart: String?
    var reports: String?
    var supervision: String?

    init(_ dossier: WarningDossier, chart: String?, now: Timestamp) {
        let listing = dossier.listing
        id = listing.id.rawValue
        address = "/warning/" + Form.encode(id)
        let shown = listing.clearedAt == nil ? listing.level : listing.peakLevel
        level = LevelMark(shown, state: listing.clearedAt == nil ? .open : .lifted)
        title = [listing.enterpriseName, listing.hazardName].joined(separator: " ")
        path = Self.path(dossier.entries, now: now)
        let story = WarningStory(dossier, now: now)
        why = story.why
        risk = dossier.risk.map { RiskTerms($0, now: now) }
        receipts = Receipts(dossier, now: now)
        callers = Caller.all(dossier, now: now)
        firstDial = callers.compactMap(\.dial).first
        acknowledged = listing.acknowledgedAt.map { instant in
            "\(listing.acknowledgedBy ?? "") \(Wording.stamp(instant, now: now)) 已确认"
        }
        if listing.acknowledgedAt == nil, listing.clearedAt == nil {
            let due = story.acknowledgeDue
            acknowledgeDue = "企业未确认，应于 \(Wording.stamp(due, now: now)) 前"
        }
        canSign = listing.receipt == .unread
        if let alarm = listing.alarm {
            pointTitle =
                Points.title(kind: alarm.pointKind, name: alarm.pointName, tag: alarm.pointTag)
                + " " + alarm.unit
            pointAddress = "/point/" + Form.encode(alarm.point.rawValue)
        }
        self.chart = chart
        reports = story.reportNote
        let open = dossier.warning.supervisions.filter { $0.fedBackAt == nil }
        supervision = open.first.map { item in
            "核查督办待反馈：\(dossier.names[item.authority.rawValue] ?? item.authority.rawValue)"
        }
    }

    /// 12:31:30 黄 → 12:52:10 橙 → 13:01:34 红
    static func path(_ entries: [StoredEntry], now: Timestamp) -> String {
        entries.compactMap { stored -> String? in
            let payload = stored.entry.payload
            let name =
                stored.entry.kind == "raised"
                ? payload["level"]?.string
                : stored.entry.kind == "changed" ? payload["to"]?.string : nil
            guard let level = name.flatMap(Level.init(name:)) else { return nil }
            return Wording.stamp(stored.entry.at, now: now) + " " + LevelMark.word(level)
        }
        .joined(separator: " → ")
    }
}
