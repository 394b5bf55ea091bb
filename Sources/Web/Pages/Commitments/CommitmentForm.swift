import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 今日承诺: the enterprise's form. Yesterday's values are offered and each is to be confirmed; live values, open alarms
/// and the chain of judgements stand beside it. Works by plain forms.
struct CommitmentForm: Sendable {
    struct Row: Sendable {
        var id: String
        var label: String
        var measure: String
        var yesterday: String
        var value: String
        /// Ticked where somebody confirmed yesterday's value.
        var isConfirmed: Bool
        /// There is a value of yesterday to confirm.
        var isOffered: Bool
        var seen: String
        var error: String?
        var rowClass: String
    }
    struct Block: Sendable {
        var number: Int
        var blockTitle: String
        var rows: [Row]
    }
    struct Question: Sendable {
        var id: String
        var label: String
        var yesterday: String
        var isYes: Bool
        var isNo: Bool
        var error: String?
        var rowClass: String
    }
    struct Words: Sendable {
        var id: String
        var label: String
        var hint: String?
        var value: String
        var isLong: Bool
        var error: String?
    }
    struct Value: Sendable {
        var title: String
        var text: String
        var address: String
    }

    var dayTitle: String
    var deadline: Int64
    var remaining: String
    var isPastDeadline: Bool
    var standing: String?
    var blocks: [Block]
    var questions: [Question]
    var words: [Words]
    var levels: [Choice]
    var riskError: String?
    var riskScore: String
    var scoreError: String?
    var assessed: String
    var errors: [FieldError]
    var hasErrors: Bool
    var csrf: String
    var principals: String
    var isPrincipalMissing: Bool
    var maySign: Bool
    var sent: String?
    var message: String?
    var chain: [CommitmentChainLine]
    var chainMissing: String?
    var values: [Value]
    var alarms: Int
    var contradictions: [ContradictionLine]
    var recent: [String]
    var recentRatio: String
    var delegations: [DelegationLine]
    var historyAddress: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, state: nil, message: visit.query.has("saved") ? "已存下，还没有提交" : nil, status: .ok)
    }

    /// What was just sent and could not be taken.
    struct Sent {
        var draft: CommitmentDraft
        var raw: Form
        var confirmed: Set<String>
        var errors: [FieldError]
    }

    static func render(
        _ visit: Visit, state: Sent?, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        guard let enterprise = visit.officer.enterprise else { throw PageRefusal.notFound }
        let (scope, now) = (visit.scope, visit.now)
        var found = try await visit.read { session throws(StorageError) in
            try CommitmentDesk.read(enterprise, scope: scope, now: now, in: &session)
        }
        visit.site.freshen(&found.points)
        let page = CommitmentForm(found, visit: visit, state: state, message: message)
        return visit.page("commitment", page, title: "今日承诺", section: .commitment, status: status)
    }

    init(_ found: CommitmentDesk, visit: Visit, state: Sent?, message: String?) {
        let (now, today) = (visit.now, Day(visit.now))
        let parts = today.components
        let end = CommitmentRules.deadline(of: today)
        dayTitle = "\(parts.month) 月 \(parts.day) 日安全风险研判与承诺公告"
        deadline = end.milliseconds
        remaining = Wording.remaining(end - now)
        isPastDeadline = now >= end
        let current = found.versions.last
        standing = current.map { record in
            "\(record.standing.label) · \(Wording.stamp(record.firstReceivedAt, now: now)) 收到 · 第 \(record.version) 版"
        }
        // What was sent now, else what was saved, else what stands; below that, yesterday's.
        let saved = found.preparation?.draft ?? current?.content.draft
        let draft = state?.draft ?? saved ?? CommitmentDraft()
        let isFresh = state == nil && saved == nil
        let confirmed = state?.confirmed ?? found.preparation?.confirmed ?? []
        let problems = state?.errors ?? []
        func error(_ id: String) -> String? { problems.first { $0.field == id }?.message }
        let last = found.yesterday?.content
        blocks = CommitmentCount.Block.allCases.enumerated().map { index, block in
            Block(
                number: index + 1, blockTitle: block.label,
                rows: block.counts.map { count in
                    let id = count.rawValue
                    let raw = state.flatMap { $0.raw.has(id) ? $0.raw[id] : nil }
                    let value = raw ?? (isFresh ? last?[count] : draft.counts[count]).map(String.init) ?? ""
                    let message = error(id)
                    return Row(
                        id: id, label: count.label, measure: count.measure,
                        yesterday: last.map { String($0[count]) } ?? "—", value: value,
                        isConfirmed: confirmed.contains(id) || (saved != nil && state == nil && current != nil),
                        isOffered: last != nil, seen: found.seen(count), error: message,
                        rowClass: message == nil ? "" : "has-err-row")
                })
        }
        questions = CommitmentFlag.allCases.map { flag in
            let message = error(flag.rawValue)
            return Question(
                id: flag.rawValue, label: flag.label, yesterday: last.map { $0[flag] ? "是" : "否" } ?? "—",
                isYes: draft.flags[flag] == true, isNo: draft.flags[flag] == false, error: message,
                rowClass: message == nil ? "" : "has-err-row")
        }
        let automatic = CommitmentContent.announcement({ draft.counts[$0] }, { draft.flags[$0] })
        words = CommitmentText.allCases.map { text in
            Words(
                id: text.rawValue, label: text.label, hint: Self.hint(text, yesterday: last?[text]),
                value: text == .notice && draft.texts[text] == automatic ? "" : draft.texts[text] ?? "",
                isLong: text != .dutyLead && text != .dutyLeadPhone,
                error: error(text.rawValue))
        }
        levels = Choice.list(
            Level.allCases.reversed().map { ($0.name, "\(LevelMark.title($0))风险（\(LevelMark.word($0))）") },
            selected: draft.riskLevel?.name ?? "")
        riskError = error(CommitmentField.riskLevel.name)
        riskScore = state?.raw[CommitmentField.riskScore.name] ?? draft.riskScore.map(Wording.figure) ?? ""
        scoreError = error(CommitmentField.riskScore.name)
        assessed = found.assessed
        errors = problems
        hasErrors = !problems.isEmpty
        csrf = visit.officer.csrf
        principals = found.principals.map(\.name).joined(separator: "、")
        isPrincipalMissing = found.principals.isEmpty
        let account = visit.officer.account
        maySign = found.delegations.contains { $0.delegateAccount == account && $0.holds(on: today) }
        sent = found.preparation?.sentAt.map { "\(Wording.stamp($0, now: now)) 已送主要负责人签名" }
        self.message = message
        chain = CommitmentChainLine.lines(found.judgements, now: now)
        let tiers = Set(found.judgements.map(\.tier))
        let absent = Judgement.Tier.allCases.filter { !tiers.contains($0) }.map(\.label)
        chainMissing = absent.isEmpty ? nil : "还缺" + absent.joined(separator: "、") + "研判"
        values = found.points.filter { $0.value != nil }.prefix(8).map { sheet in
            let text =
                sheet.offlineSince != nil
                ? "— 离线" : "\(Wording.figure(sheet.value ?? 0)) \(sheet.unit)"
            return Value(
                title: Points.title(kind: sheet.kind, name: sheet.name, tag: sheet.tag), text: text,
                address: "/point/" + Form.encode(sheet.id.rawValue))
        }
        alarms = found.openAlarms
        contradictions = found.contradictions.map { ContradictionLine($0, mayExplain: true, now: now) }
        recent = found.recent.filter { $0.standing?.counts(found.rules) != true }.map { item in
            let day = String(ChinaTime.date(item.day).suffix(5))
            return day + " " + (item.standing?.label ?? "未承诺")
        }
        recentRatio = "\(found.recent.count { $0.standing?.counts(found.rules) == true })/\(found.recent.count)"
        delegations = found.delegations.map { DelegationLine($0, today: today) }
        historyAddress = "/commitments/enterprise/" + Form.encode(found.enterprise.rawValue)
    }

    private static func hint(_ text: CommitmentText, yesterday: String?) -> String? {
        let advice: String? =
            switch text {
            case .notice: "空着就由上面各项自动写成"
            case .measures: "今天的主要风险怎样管控"
            case .hiddenDanger: "有重大隐患时必填"
            case .offlineReason: "有离线时写明"
            case .dutyLead, .dutyLeadPhone: nil
            }
        let last = yesterday.map { "昨日：\($0.prefix(80))" }
        let both = [advice, text == .notice ? nil : last].compactMap(\.self)
        return both.isEmpty ? nil : both.joined(separator: "。")
    }
}

struct CommitmentChainLine: Sendable {
    var time: String
    var tier: String
    var who: String

    static func lines(_ judgements: [Judgement], now: Timestamp) -> [CommitmentChainLine] {
        judgements.map { judgement in
            CommitmentChainLine(
                time: Wording.stamp(judgement.at, now: now), tier: judgement.tier.label,
                who: [judgement.unit, judgement.name].filter { !$0.isEmpty }.joined(separator: " "))
        }
    }
}

struct ContradictionLine: Sendable {
    var id: String
    var enterprise: String
    var enterpriseAddress: String
    var kind: String
    var text: String
    var found: String
    var resolved: String?
    var explanation: String?
    var explainAction: String?
    var points: [CommitmentForm.Value]

    init(_ record: ContradictionRecord, mayExplain: Bool, now: Timestamp) {
        id = record.id
        enterprise = record.enterpriseName
        enterpriseAddress = "/commitments/enterprise/" + Form.encode(record.enterprise.rawValue)
        kind = record.kind.label
        text = record.text
        found = Wording.stamp(record.foundAt, now: now)
        resolved = record.resolvedAt.map { "\(Wording.stamp($0, now: now)) 已不再矛盾" }
        explanation = record.explanation.map { words in
            "\(words)（\(record.explainedBy ?? "")"
                + (record.explainedAt.map { " " + Wording.stamp($0, now: now) } ?? "") + "）"
        }
        explainAction = mayExplain ? "/commitment/explain/" + Form.encode(record.id) : nil
        points = (record.evidence["points"]?.array ?? []).compactMap { item in
            guard let id = item["point"]?.string, let name = item["name"]?.string else { return nil }
            return CommitmentForm.Value(title: "\(name) 曲线", text: "", address: "/point/" + Form.encode(id))
        }
    }
}

struct DelegationLine: Sendable {
    var id: String
    var text: String
    var document: String
    var origin: String
    var revokeAction: String?

    init(_ item: Delegation, today: Day) {
        id = item.id
        text =
            "\(item.principalName) 授权 \(item.delegateName)，"
            + "\(ChinaTime.date(item.from)) 至 \(ChinaTime.date(item.through))"
        document = item.document
        origin = item.revokedAt != nil ? "已撤销" : item.isByPrincipal ? "本人作出" : "书面登记"
        revokeAction =
            item.holds(on: max(today, item.from))
            ? "/commitment/delegation/" + Form.encode(item.id) + "/revoke" : nil
    }
}
