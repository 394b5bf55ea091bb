import Domain
import Hummingbird
import Kernel
import Storage

/// One enterprise's commitments: the versions of a day, the chain, the contradictions, the last thirty days.
struct CommitmentHistory: Sendable {
    struct Version: Sendable {
        var title: String
        var notice: String
        var facts: [CommitmentPhone.Fact]
        var chain: [CommitmentChainLine]
        var source: String
    }
    struct DayLine: Sendable {
        var day: String
        var address: String
        var state: String
        var stateClass: String
        var received: String?
    }

    var enterprise: String
    var day: String
    var versions: [Version]
    var none: String?
    var contradictions: [ContradictionLine]
    var days: [DayLine]
    var crumbs: [Crumb]
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now, id) = (visit.scope, visit.now, EnterpriseID(visit.parameter("id")))
        let today = Day(now)
        let day = min(visit.query.value("day").flatMap(ChinaTime.parseDate) ?? today, today)
        let found = try await visit.read { session throws(StorageError) -> CommitmentHistory? in
            guard let enterprise = try RegistryQueries.enterprise(id, scope: scope, in: &session) else { return nil }
            let days = try CommitmentStore.tally(
                from: Day(number: today.number - 29), until: today.next, scope: .enterprise(id), in: &session)
            let history = try CommitmentStore.history(
                of: id, from: Day(number: today.number - 29), until: today.next, scope: scope, in: &session)
            let times = Dictionary(
                history.map { ($0.day, $0.firstReceivedAt) }, uniquingKeysWith: { first, _ in first })
            let versions = try CommitmentStore.versions(of: id, day: day, scope: scope, in: &session)
            let records = try ContradictionStore.list(
                enterprise: id, from: day, until: day.next, scope: scope, in: &session)
            return CommitmentHistory(
                enterprise: enterprise.name, day: ChinaTime.date(day),
                versions: versions.reversed().map { Version($0, last: versions.count, now: now) },
                none: versions.isEmpty ? "这一天没有承诺" : nil,
                contradictions: records.map { ContradictionLine($0, mayExplain: false, now: now) },
                days: days.reversed().map { item in
                    DayLine(
                        day: ChinaTime.date(item.day),
                        address: "/commitments/enterprise/\(Form.encode(id.rawValue))?day=\(ChinaTime.date(item.day))",
                        state: item.standing?.label ?? "未承诺",
                        stateClass: item.standing?.state == .onTime ? "m" : "st",
                        received: times[item.day].map { Wording.stamp($0, now: now) })
                }, crumbs: [], csrf: "")
        }
        guard var page = found else { throw PageRefusal.notFound }
        let isRegulator = visit.officer.role == .duty || visit.officer.role == .admin
        let home =
            isRegulator
            ? Crumb(title: "承诺", address: "/commitments") : Crumb(title: "今日承诺", address: "/commitment")
        page.crumbs = [home, Crumb(title: page.enterprise, address: nil)]
        page.csrf = visit.officer.csrf
        return visit.page(
            "commitment-history", page, title: "\(page.enterprise) 承诺",
            section: isRegulator ? .commitments : .commitment)
    }
}

extension CommitmentHistory.Version {
    init(_ record: CommitmentRecord, last: Int, now: Timestamp) {
        let content = record.content
        title =
            "第 \(record.version) 版 · \(record.isSignedByDelegate ? "代 · " : "")\(record.signer) "
            + "\(Wording.stamp(record.receivedAt, now: now)) 签"
            + (record.version == last && last > 1 ? " · 已更正" : "")
        notice = content[.notice] ?? content.announcement
        facts =
            CommitmentCount.allCases.map { .init(title: $0.label, text: "\(content[$0]) \($0.measure)") }
            + CommitmentFlag.allCases.map { .init(title: $0.label, text: content[$0] ? "是" : "否") }
            + [
                .init(
                    title: "风险级别", text: "\(LevelMark.title(content.riskLevel)) \(Wording.figure(content.riskScore)) 分")
            ]
            + CommitmentText.allCases.filter { $0 != .notice }.compactMap { text in
                content[text].map { .init(title: text.label, text: $0) }
            }
        chain = CommitmentChainLine.lines(content.judgements, now: now)
        source = record.source == "page" ? "页面填报" : "数据上传 \(record.source.dropFirst("gateway:".count))"
    }
}
