import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 承诺: who has not committed yet, what the others promised, where promise and data differ.
struct CommitmentRegulator: Sendable {
    struct Line: Sendable {
        var id: String
        var name: String
        var address: String
        var regulator: String
        var state: String
        var stateClass: String
        var received: String?
        var signer: String?
        var level: LevelMark?
        var promise: String?
        var conflictCount: Int?
        var urgeAction: String?
        var wasUrged: Bool
    }
    struct Tab: Sendable {
        var title: String
        var count: Int
        var address: String
        var isCurrent: Bool
    }

    var dayTitle: String
    var day: String
    var previous: String
    var next: String?
    var rate: String
    var fraction: String
    var tabs: [Tab]
    var lines: [Line]
    var deadline: Int64?
    var remaining: String?
    var contradictions: [ContradictionLine]
    var csrf: String
    var isEmpty: Bool
    var delegateNote: String
    var rulesAddress: String?

    /// A part of a day's commitments, as a tab of the page and as a filter of the API.
    struct Part: Sendable {
        var name: String
        var title: String
        var lines: @Sendable (CommitmentRate) -> [CommitmentDayLine]
    }

    static let lists = [
        Part(name: "missing", title: "未承诺") { $0.missing }, Part(name: "onTime", title: "按时") { $0.onTime },
        Part(name: "delegate", title: "代承诺") { $0.delegates }, Part(name: "late", title: "逾期") { $0.late },
        Part(name: "madeUp", title: "补报") { $0.madeUp },
        Part(name: "corrected", title: "已更正") { rate in rate.must.filter { $0.standing?.isCorrected == true } },
        Part(name: "high", title: "承诺高风险") { rate in
            rate.must.filter { line in line.riskLevel.map { $0 >= rate.rules.highRiskFrom } ?? false }
        }, Part(name: "released", title: "长期停产") { $0.released }, Part(name: "must", title: "应承诺") { $0.must },
    ]

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let today = Day(now)
        let day = visit.query.value("day").flatMap(ChinaTime.parseDate) ?? today
        guard day <= today else { throw PageRefusal.notFound }
        let found = try await visit.read { session throws(StorageError) in
            (
                try CommitmentStore.rate(day, scope: scope, in: &session),
                try ContradictionStore.list(from: day, until: day.next, scope: scope, in: &session)
            )
        }
        let page = CommitmentRegulator(found.0, found.1, day: day, visit: visit)
        return visit.page("commitments", page, title: "安全承诺", section: .commitments)
    }

    init(_ rate: CommitmentRate, _ contradictions: [ContradictionRecord], day: Day, visit: Visit) {
        let (now, today) = (visit.now, Day(visit.now))
        self.day = ChinaTime.date(day)
        dayTitle = day == today ? "今天" : self.day
        previous = "/commitments?day=" + ChinaTime.date(Day(number: day.number - 1))
        next = day < today ? "/commitments?day=" + ChinaTime.date(day.next) : nil
        let ratio = rate.ratio
        self.rate = Wording.percent(ratio.numerator, of: ratio.denominator)
        fraction = "\(ratio.numerator)/\(ratio.denominator)"
        let wanted = visit.query.value("state") ?? (rate.missing.isEmpty ? "must" : "missing")
        let shownDay = self.day
        tabs = Self.lists.map { list in
            Tab(
                title: list.title, count: list.lines(rate).count,
                address: "/commitments?day=\(shownDay)&state=\(list.name)", isCurrent: list.name == wanted)
        }
        let chosen = Self.lists.first { $0.name == wanted }.map { $0.lines(rate) } ?? rate.must
        let urged = visit.query["urged"]
        let mayUrge = visit.officer.role == .duty && day == today
        lines = chosen.map { Line($0, day: shownDay, mayUrge: mayUrge, urged: urged, now: now) }
        let end = CommitmentRules.deadline(of: today)
        let isCounting = day == today && now >= today.start + rate.rules.countdownFrom && now < end
        deadline = isCounting ? end.milliseconds : nil
        remaining = isCounting ? Wording.remaining(end - now) : nil
        self.contradictions = contradictions.map { ContradictionLine($0, mayExplain: false, now: now) }
        csrf = visit.officer.csrf
        isEmpty = lines.isEmpty
        delegateNote =
            rate.rules.countsDelegateAsOnTime
            ? "代承诺计为按时，依据 \(rate.rules.delegatePermit ?? "")（可配）" : "代承诺单列，不计按时（本项目约定，可配）"
        rulesAddress = visit.officer.role == .admin ? "/commitments/rules" : nil
    }
}

extension CommitmentRegulator.Line {
    init(_ line: CommitmentDayLine, day: String, mayUrge: Bool, urged: String, now: Timestamp) {
        id = line.enterprise.rawValue
        name = line.name
        address = "/commitments/enterprise/\(Form.encode(id))?day=\(day)"
        regulator = line.regulatorName
        state = line.isReleased ? "长期停产报备" : line.standing?.label ?? "未承诺"
        stateClass = line.standing?.state == .onTime || line.isReleased ? "m" : "st"
        received = line.firstReceivedAt.map { Wording.stamp($0, now: now) }
        signer = line.signer
        level = line.riskLevel.flatMap { $0 == .blue ? nil : LevelMark($0) }
        if let units = line.units, let running = line.running {
            var parts = ["\(units) 套运行 \(running)"]
            if let work = line.specialWork, work > 0 { parts.append("特殊作业 \(work)") }
            if let fires = line.hotWork, fires > 0 { parts.append("动火 \(fires)") }
            if line.isStartingOrStopping == true { parts.append("开停车") }
            if line.hasHiddenDanger == true { parts.append("有重大隐患") }
            promise = parts.joined(separator: " · ")
        }
        conflictCount = line.contradictions > 0 ? line.contradictions : nil
        wasUrged = urged == id
        urgeAction =
            mayUrge && line.standing == nil && !line.isReleased && !wasUrged
            ? "/commitments/urge/" + Form.encode(id) : nil
    }
}
