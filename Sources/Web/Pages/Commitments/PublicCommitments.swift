import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// 公开承诺公告 (enterprise rule 5): anybody may read it without signing in. No telephone numbers, no coordinates and no
/// names of the chain below the principal; the list of enterprises is never left out (TB-02).
struct PublicCommitments: Sendable {
    struct Line: Sendable {
        var name: String
        var address: String
        var region: String
        var state: String
        var stateClass: String
        var received: String?
        var signer: String?
    }
    struct Announcement: Sendable {
        var title: String
        var blocks: [Block]
        var notice: String
        var measures: String
        var judged: String
        var risk: String
        var signed: String
        var isCorrected: Bool
    }
    struct Block: Sendable {
        var blockTitle: String
        var facts: [CommitmentPhone.Fact]
    }

    var heading: String
    var day: String
    var previousDay: String
    var nextDay: String?
    var searched: String
    var summary: String
    var lines: [Line]
    var announcement: Announcement?
    var pager: Pager?
    var note: String

    static func list(_ site: Site, _ request: Request) async throws -> Response {
        let query = Form(request.uri.query ?? "")
        let (now, text) = (site.now, String(query["q"].prefix(40)))
        guard let day = day(query, now: now) else { throw PageRefusal.notFound }
        let rate = try await site.store.read { session throws(StorageError) in
            try CommitmentStore.rate(day, scope: .system, in: &session)
        }
        let all = rate.must.filter { text.isEmpty || $0.name.contains(text) }
        let offset = Pager.offset(query)
        let date = ChinaTime.date(day)
        let filter = text.isEmpty ? "" : "&q=" + Form.encode(text)
        let page = PublicCommitments(
            heading: "企业安全承诺公告", day: date,
            previousDay: link("/public/commitments", Day(number: day.number - 1)) + filter,
            nextDay: day < Day(now) ? link("/public/commitments", day.next) + filter : nil, searched: text,
            summary: "应承诺 \(rate.must.count) 家，按时 \(rate.onTime.count) 家，"
                + "代承诺 \(rate.delegates.count) 家，逾期 \(rate.late.count) 家，"
                + "补报 \(rate.madeUp.count) 家，未承诺 \(rate.missing.count) 家",
            lines: all.dropFirst(offset).prefix(Pager.size).map { Line($0, day: date, now: now) }, announcement: nil,
            pager: Pager(
                page: Pager.number(query), total: all.count, address: "/public/commitments?day=\(date)\(filter)"),
            note: note)
        return render(site, page)
    }

    static func enterprise(_ site: Site, _ request: Request, _ context: WebContext) async throws -> Response {
        let query = Form(request.uri.query ?? "")
        let now = site.now
        let id = EnterpriseID(Form.decode(context.parameters.get("id") ?? ""))
        guard let day = day(query, now: now) else { throw PageRefusal.notFound }
        let found = try await site.store.read { session throws(StorageError) in
            (
                try CommitmentStore.line(of: id, day: day, scope: .system, in: &session),
                try CommitmentStore.current(of: id, day: day, scope: .system, in: &session)
            )
        }
        guard let line = found.0 else { throw PageRefusal.notFound }
        let base = "/public/commitments/" + Form.encode(id.rawValue)
        let page = PublicCommitments(
            heading: line.name, day: ChinaTime.date(day), previousDay: link(base, Day(number: day.number - 1)),
            nextDay: day < Day(now) ? link(base, day.next) : nil, searched: "",
            summary: line.isReleased ? "长期停产报备中" : line.standing?.label ?? "这一天没有承诺", lines: [],
            announcement: found.1.map { Announcement($0, name: line.name) }, pager: nil, note: note)
        return render(site, page)
    }

    private static let note = "按规定公开；联系方式、坐标和个人信息不公开。"

    private static func link(_ base: String, _ day: Day) -> String { base + "?day=" + ChinaTime.date(day) }

    private static func day(_ query: Form, now: Timestamp) -> Day? {
        guard let text = query.value("day") else { return Day(now) }
        guard let day = ChinaTime.parseDate(text), day <= Day(now) else { return nil }
        return day
    }

    private static func render(_ site: Site, _ page: PublicCommitments) -> Response {
        let layout = site.layout(
            title: page.heading, frame: .bare, theme: .light, officer: nil, section: nil, hasStream: false)
        return site.html(site.templates.render("public-commitments", PageContext(page: layout, model: page)))
    }
}

extension PublicCommitments.Line {
    init(_ line: CommitmentDayLine, day: String, now: Timestamp) {
        name = line.name
        address = "/public/commitments/\(Form.encode(line.enterprise.rawValue))?day=\(day)"
        region = line.regulatorName
        state = line.standing?.label ?? "未承诺"
        stateClass = line.standing?.state == .onTime ? "m" : "st"
        received = line.firstReceivedAt.map { Wording.stamp($0, now: now) }
        signer = line.signer
    }
}

extension PublicCommitments.Announcement {
    init(_ record: CommitmentRecord, name: String) {
        let content = record.content
        title = "\(name)安全承诺公告"
        blocks = CommitmentCount.Block.allCases.map { block in
            .init(
                blockTitle: block.label,
                facts: block.counts.map { .init(title: $0.label, text: "\(content[$0]) \($0.measure)") })
        }
        let answers = CommitmentFlag.allCases.map { flag in
            CommitmentPhone.Fact(title: flag.label, text: content[flag] ? "是" : "否")
        }
        blocks.append(.init(blockTitle: "状态", facts: answers))
        notice = Redaction.redacted(content[.notice] ?? content.announcement)
        measures = Redaction.redacted(content[.measures] ?? "")
        let tiers = Judgement.Tier.allCases.map { tier in
            "\(tier.label) \(content.judgements.count { $0.tier == tier }) 份"
        }
        judged = "研判：" + tiers.joined(separator: "，")
        risk = "\(LevelMark.title(content.riskLevel))风险，\(Wording.figure(content.riskScore)) 分"
        signed =
            "承诺人：\(record.signer)\(record.isSignedByDelegate ? "（代）" : "")　"
            + "\(ChinaTime.dateTime(record.firstReceivedAt)) 收到 · \(record.standing.label)"
        isCorrected = record.standing.isCorrected
    }
}
