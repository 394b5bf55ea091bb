import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// One problem: its way from office to office, what was ordered, answered and found, and what the reader may do next.
struct ProblemPage: Sendable {
    struct Step: Sendable {
        var name: String
        var received: String?
        var isHolder: Bool
    }
    struct Line: Sendable {
        var time: String
        var who: String
        var lead: String
        var text: String
    }
    struct File: Sendable {
        var name: String
        var address: String
        var isPicture: Bool
        var note: String
    }
    struct Receipt: Sendable {
        var name: String
        var title: String
        var read: String
        var isUnread: Bool
    }
    struct Act: Sendable {
        var action: String
        var csrf: String
        var nextName: String = ""
        var next: String = ""
        var suggestion: String = ""
    }

    var heading: String
    var severity: String
    var isSerious: Bool
    var stage: String
    var text: String
    var subject: String
    var subjectAddress: String?
    var source: String
    var sourceAddress: String?
    var raised: String
    var order: String?
    var measures: String?
    var late: String?
    var left: Int64?
    var leftText: String?
    var dueTitle: String
    var supervision: String?
    var penalties: [String]
    var hasPenalties: Bool
    var steps: [Step]
    var lines: [Line]
    var files: [File]
    var hasFiles: Bool
    var receipts: [Receipt]
    var hasReceipts: Bool
    var message: String?
    var csrf: String
    var base: String
    var handDown: Act?
    var orderAct: Act?
    var feedback: Act?
    var recheck: Act?
    var close: Act?
    var major: Act?
    var lift: Act?
    var penalty: Act?
    var urge: Act?
    var nowText: String
    var measuresValue: String
    var proofValue: String
    var noteValue: String

    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil, status: .ok) }

    static func render(
        _ visit: Visit, message: String?, status: HTTPResponse.Status, sent: Form = Form()
    ) async throws -> Response {
        let (scope, id, now) = (visit.scope, ProblemID(visit.parameter("id")), visit.now)
        let facts = try await visit.read { session throws(StorageError) in
            try ProblemFacts.load(id, scope: scope, in: &session)
        }
        guard let facts else { throw PageRefusal.notFound }
        try await visit.markRead("problem:\(id)")
        var page = ProblemPage(facts, visit: visit, now: now)
        page.message = message
        page.measuresValue = sent["measures"]
        page.proofValue = sent["proof"]
        page.noteValue = sent["note"]
        return visit.page("problem", page, title: page.heading, section: .problems, status: status)
    }
}

/// All that the page of a problem shows, read in one transaction.
struct ProblemFacts: Sendable {
    var item: ProblemListing
    var problem: Domain.Problem
    var names: [AuthorityID: String]
    var trail: [(event: ProblemEvent, at: Timestamp, actor: String)]
    var files: [InspectionFile]
    var receipts: [NoticeReceipt]
    var actors: [String: String]

    static func load(
        _ id: ProblemID, scope: Scope, in session: inout Session
    ) throws(StorageError) -> ProblemFacts? {
        var filter = ProblemListing.Filter()
        filter.id = id
        guard let item = try ProblemListing.all(filter, scope: scope, limit: 1, in: &session).first else { return nil }
        let problem = try ProblemStore.load(id, in: &session).problem
        let trail = try ProblemStore.trail(id, scope: scope, in: &session)
        var names: [AuthorityID: String] = [:]
        for office in problem.path { names[office] = try ProblemStore.name(of: .authority(office), in: &session) }
        let actors = try session.rows(
            "SELECT id, name FROM account WHERE id IN (\(list: Array(Set(trail.map(\.actor)))))"
        ) { row throws(StorageError) in (row.next() as String, row.next() as String) }
        return ProblemFacts(
            item: item, problem: problem, names: names, trail: trail,
            files: try InspectionFileStore.list(.problem, id.rawValue, in: &session),
            receipts: try NoticeStore.receipts(subject: "problem:\(id)", in: &session),
            actors: Dictionary(actors, uniquingKeysWith: { first, _ in first }))
    }

    func name(_ office: AuthorityID) -> String { names[office] ?? office.rawValue }

    func name(_ recipient: Recipient) -> String {
        switch recipient {
        case .authority(let id): name(id)
        case .enterprise, .person: item.subjectName
        }
    }
}

extension ProblemPage {
    init(_ facts: ProblemFacts, visit: Visit, now: Timestamp) {
        let (item, problem) = (facts.item, facts.problem)
        let path = "/problem/" + Form.encode(problem.id.rawValue)
        base = path
        csrf = visit.officer.csrf
        heading = "\(item.subjectName) · \(problem.severity.label)"
        severity = problem.severity.label
        isSerious = problem.severity >= .serious
        stage = problem.stage.label
        text = problem.text
        subject = item.subjectName + (item.hazardName.map { " · \($0)" } ?? "")
        subjectAddress =
            if case .enterprise(let id) = problem.subject { "/enterprise/" + Form.encode(id.rawValue) } else { nil }
        source = problem.source.label
        sourceAddress = visit.officer.role == .safety ? nil : Self.address(of: problem.source)
        raised = "\(facts.name(problem.finder)) \(Wording.stamp(problem.raisedAt, now: now))"
        order = problem.rectification.map { order in
            order.label + (problem.deadline.map { "，期限 \(Wording.stamp($0, now: now))" } ?? "")
        }
        measures = item.measures
        late = ProblemListPage.late(item)
        let due = ProblemListPage.due(item)
        left = due?.milliseconds
        leftText = due.map { Wording.remaining($0 - now) }
        dueTitle = problem.stage == .raised ? "反馈时限" : "整改期限"
        supervision = problem.supervision.map { order in
            "\(order.number)，\(facts.name(order.by)) \(Wording.stamp(order.orderedAt, now: now)) 下达:"
                + order.requirement + (order.liftedAt.map { "。\(Wording.stamp($0, now: now)) 已解除" } ?? "。督办中")
        }
        penalties = problem.penalties.map { penalty in
            "\(penalty.number) \(penalty.cause) \(penalty.amountYuan) 元(\(facts.name(penalty.by)) 登记)"
        }
        hasPenalties = !penalties.isEmpty
        steps = problem.path.enumerated().map { index, office in
            Step(
                name: facts.name(office), received: index <= problem.position ? "已收到" : nil,
                isHolder: index == problem.position)
        }
        lines = facts.trail.reversed().map { entry in
            Line(
                time: Wording.stamp(entry.at, now: now), who: facts.actors[entry.actor] ?? "系统",
                lead: ProblemWords.lead(entry.event), text: ProblemWords.text(entry.event, facts: facts, now: now))
        }
        files = facts.files.map { file in
            File(
                name: file.name, address: "\(path)/file/\(Form.encode(file.id))",
                isPicture: file.type.hasPrefix("image/"), note: Wording.stamp(file.uploadedAt, now: now))
        }
        hasFiles = !files.isEmpty
        receipts = facts.receipts.suffix(12).map { receipt in
            Receipt(
                name: facts.name(receipt.recipient),
                title: receipt.deliveredAt.map { "送达 \(Wording.stamp($0, now: now))" } ?? "未送达",
                read: receipt.readAt.map { "已读 \(Wording.stamp($0, now: now))" } ?? "未读",
                isUnread: receipt.readAt == nil)
        }
        hasReceipts = !receipts.isEmpty
        nowText = String(ChinaTime.dateTime(now).prefix(16))
        (measuresValue, proofValue, noteValue) = ("", "", "")
        offer(facts, visit: visit, now: now)
    }

    /// The forms that the rules would take from this reader now.
    private mutating func offer(_ facts: ProblemFacts, visit: Visit, now: Timestamp) {
        let problem = facts.problem
        func act(_ name: String) -> Act { Act(action: base + "/" + name, csrf: visit.officer.csrf) }
        func allows(_ command: ProblemCommand) -> Bool {
            do throws(ProblemRefusal) {
                _ = try problem.decide(command, at: now)
                return true
            } catch { return false }
        }
        let answer = ProblemCommand.Answer(measures: "x", proof: "x", finishedAt: now)
        if visit.officer.role == .safety, allows(.feedBack(answer, by: problem.subject)) { feedback = act("feedback") }
        guard visit.officer.role == .duty, let office = visit.officer.authority else { return }
        if problem.holder == office, !problem.isDelivered, problem.isOpen {
            let next = problem.path[problem.position + 1]
            handDown = act("handdown")
            handDown?.next = next.rawValue
            handDown?.nextName = facts.name(next)
        }
        if allows(.order(.atOnce, by: office)) {
            orderAct = act("order")
            orderAct?.suggestion = String(ChinaTime.dateTime(problem.rules.usualDeadline(from: now)).prefix(16))
        }
        if allows(.feedBack(answer, by: .authority(office))) { feedback = act("feedback") }
        if RecheckResult.allCases.contains(where: { allows(.recheck($0, note: "x", next: nil, by: office)) }) {
            recheck = act("recheck")
        }
        if allows(.close(note: "", by: office)) { close = act("close") }
        if allows(.judgeMajor(number: "x", requirement: "x", by: office)) { major = act("major") }
        if allows(.liftSupervision(note: "", by: office)) { lift = act("lift") }
        if allows(.penalise(number: "x", cause: "x", amountYuan: 0, by: office)) { penalty = act("penalty") }
        if allows(.urge(note: "", by: office)) { urge = act("urge") }
    }

    static func address(of source: ProblemSource) -> String? {
        switch source {
        case .patrol(let id): "/patrol/" + Form.encode(id)
        case .spotCheck(let id): "/check/" + Form.encode(id)
        case .siteCheck(let id): "/sitecheck/" + Form.encode(id)
        case .quality: "/quality"
        }
    }
}

/// The trail in words.
enum ProblemWords {
    static func lead(_ event: ProblemEvent) -> String {
        switch event {
        case .raised: "发现"
        case .handedDown: "交办"
        case .ordered(let order, _, _): order.label
        case .fedBack(let answer, _, _): answer.finishedAt == nil ? "反馈" : "整改完成"
        case .rechecked(let result, _, _): "复查:\(result.label)"
        case .supervised: "挂牌督办"
        case .supervisionLifted: "解除督办"
        case .penalised: "处罚登记"
        case .urged: "催办"
        case .closed: "闭环"
        case .holderOverdue: "交办超时"
        case .feedbackOverdue: "反馈超时"
        case .deadlineNear: "期限提醒"
        case .rectificationOverdue: "逾期升级"
        }
    }

    static func text(_ event: ProblemEvent, facts: ProblemFacts, now: Timestamp) -> String {
        switch event {
        case .raised(let raised): facts.name(raised.draft.finder)
        case .handedDown(let from, let to, let note): join("\(facts.name(from)) → \(facts.name(to))", note)
        case .ordered(let order, let deadline, let office):
            if case .limited(let measures, _) = order {
                "\(facts.name(office)):管控措施 \(measures);期限 \(Wording.stamp(deadline, now: now))"
            } else {
                "\(facts.name(office)):期限 \(Wording.stamp(deadline, now: now))"
            }
        case .fedBack(let answer, let party, let isLate):
            join(
                facts.name(party.recipient) + (isLate ? "(晚了)" : "") + ":" + answer.measures
                    + (answer.finishedAt.map { ",完成于 \(Wording.stamp($0, now: now))" } ?? ""), answer.proof)
        case .rechecked(_, let note, let office), .urged(let note, let office),
            .supervisionLifted(let note, let office), .closed(let note, let office):
            join(facts.name(office), note)
        case .supervised(let number, let requirement, let office): "\(facts.name(office)) \(number):\(requirement)"
        case .penalised(let number, let cause, let amount, let office):
            "\(facts.name(office)) \(number) \(cause) \(amount) 元"
        case .holderOverdue(let office, let above):
            facts.name(office) + (above.map { ",已告 \(facts.name($0))" } ?? "")
        case .feedbackOverdue: facts.item.subjectName
        case .deadlineNear(let deadline): "期限 \(Wording.stamp(deadline, now: now))"
        case .rectificationOverdue(let told): "已告 " + told.map { facts.name($0) }.joined(separator: "、")
        }
    }

    private static func join(_ lead: String, _ note: String) -> String { note.isEmpty ? lead : "\(lead):\(note)" }
}
