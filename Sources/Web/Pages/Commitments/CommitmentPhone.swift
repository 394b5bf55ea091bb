import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// The principal's phone: reads the summary, signs. A delegate sees under whose authorisation; the page says 代.
struct CommitmentPhone: Sendable {
    struct Fact: Sendable {
        var title: String
        var text: String
    }
    struct Person: Sendable {
        var value: String
        var title: String
    }

    var enterprise: String
    var dayTitle: String
    var deadline: Int64
    var remaining: String
    var isPastDeadline: Bool
    var announcement: String?
    var facts: [Fact]
    var chain: [CommitmentChainLine]
    var standing: String?
    var waiting: String?
    var signAs: String?
    var errors: [FieldError]
    var hasErrors: Bool
    var contradictions: [ContradictionLine]
    var isPrincipal: Bool
    var people: [Person]
    var delegations: [DelegationLine]
    var today: String
    var csrf: String

    /// The enterprise of a responsible person, or of a safety officer.
    static func enterprise(of visit: Visit) async throws -> EnterpriseID? {
        if let enterprise = visit.officer.enterprise { return enterprise }
        guard let person = visit.officer.person else { return nil }
        return try await visit.read { session throws(StorageError) in
            try session.first("SELECT enterprise_id FROM person WHERE id = \(person)") { row throws(StorageError) in
                row.next() as EnterpriseID?
            } ?? nil
        }
    }

    static func show(_ visit: Visit) async throws -> Response { try await render(visit, errors: [], status: .ok) }

    static func sign(_ visit: Visit) async throws -> Response {
        guard let enterprise = try await enterprise(of: visit), let person = visit.officer.person else {
            throw PageRefusal.notFound
        }
        let context = visit.operation()
        do throws(CommitmentFailure) {
            try await visit.site.store.write { session throws(CommitmentFailure) in
                var context = context
                try CommitmentOperations.sign(
                    enterprise, as: .person(person), scope: .enterprise(enterprise), context: &context, in: &session)
            }
        } catch {
            switch error {
            case .notFound: throw PageRefusal.notFound
            case .storage: throw PageRefusal.busy
            case .forbidden, .refused, .problems:
                return try await render(
                    visit, errors: [FieldError(field: "sign", message: error.text)], status: .unprocessableContent)
            }
        }
        visit.site.events.committed()
        return visit.redirect("/m/commitment")
    }

    private static func render(
        _ visit: Visit, errors: [FieldError], status: HTTPResponse.Status
    ) async throws -> Response {
        guard let enterprise = try await enterprise(of: visit), let person = visit.officer.person else {
            throw PageRefusal.notFound
        }
        let (now, own) = (visit.now, Scope.enterprise(enterprise))
        let found = try await visit.read { session throws(StorageError) in
            (
                try CommitmentDesk.read(enterprise, scope: own, now: now, in: &session),
                try RegistryQueries.enterprise(enterprise, scope: own, in: &session)?.name ?? "",
                try RegistryQueries.people(of: enterprise, scope: own, in: &session),
                try session.rows(
                    """
                    SELECT id, name FROM account WHERE enterprise_id = \(enterprise) AND role = 'safety'
                        AND disabled_at IS NULL ORDER BY name
                    """
                ) { row throws(StorageError) in (row.next() as String, row.next() as String) }
            )
        }
        var page = CommitmentPhone(found.0, name: found.1, person: person, visit: visit)
        if page.isPrincipal {
            page.people =
                found.2.filter { $0.leftAt == nil && $0.id != person }
                .map { Person(value: "person:\($0.id)", title: $0.name + ($0.title.map { " \($0)" } ?? "")) }
                + found.3.map { Person(value: "account:\($0.0)", title: "\($0.1) 安全员") }
        }
        page.errors = errors
        page.hasErrors = !errors.isEmpty
        return visit.page(
            "phone-commitment", page, title: "承诺", section: .tasks, frame: .phone, status: status)
    }

    init(_ found: CommitmentDesk, name: String, person: PersonID, visit: Visit) {
        let (now, today) = (visit.now, Day(visit.now))
        let parts = today.components
        enterprise = name
        dayTitle = "\(parts.month) 月 \(parts.day) 日安全承诺"
        let end = CommitmentRules.deadline(of: today)
        deadline = end.milliseconds
        remaining = Wording.remaining(end - now)
        isPastDeadline = now >= end
        isPrincipal = found.principals.contains { $0.id == person }
        let delegation = found.delegations.first { $0.delegatePerson == person && $0.holds(on: today) }
        let prepared = found.preparation.flatMap { $0.sentAt == nil ? nil : $0 }
        let current = found.versions.last
        standing = current.map { record in
            "\(record.standing.label) · \(record.signer) \(Wording.stamp(record.firstReceivedAt, now: now)) 签"
        }
        let draft = prepared?.draft ?? current?.content.draft
        announcement = draft?.texts[.notice]
        facts = draft.map { Self.facts($0) } ?? []
        chain = CommitmentChainLine.lines(
            prepared == nil ? current?.content.judgements ?? found.judgements : found.judgements, now: now)
        waiting = prepared == nil && current == nil ? "安全员还没有送来今天的承诺" : nil
        signAs =
            prepared == nil
            ? nil
            : isPrincipal
                ? "我承诺并签名"
                : delegation.map { "代\($0.principalName)签名（代）" }
        errors = []
        hasErrors = false
        contradictions = found.contradictions.map { ContradictionLine($0, mayExplain: false, now: now) }
        people = []
        delegations = isPrincipal ? found.delegations.map { DelegationLine($0, today: today) } : []
        self.today = ChinaTime.date(today)
        csrf = visit.officer.csrf
    }

    /// What is not zero, the answers, the texts.
    private static func facts(_ draft: CommitmentDraft) -> [Fact] {
        var facts: [Fact] = []
        for count in CommitmentCount.allCases {
            guard let value = draft.counts[count], value > 0 || count.block == .units else { continue }
            facts.append(Fact(title: count.label, text: "\(value) \(count.measure)"))
        }
        for flag in CommitmentFlag.allCases {
            if let answer = draft.flags[flag] { facts.append(Fact(title: flag.label, text: answer ? "是" : "否")) }
        }
        if let level = draft.riskLevel {
            facts.append(
                Fact(
                    title: "风险级别",
                    text: LevelMark.title(level) + (draft.riskScore.map { " \(Wording.figure($0)) 分" } ?? "")))
        }
        for text in CommitmentText.allCases where text != .notice {
            if let words = draft.texts[text], !words.isEmpty { facts.append(Fact(title: text.label, text: words)) }
        }
        return facts
    }
}
