import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// One finding: its curve with the marks where it was seen, what was done about it, what may be done now.
struct FindingPage: Sendable {
    struct Curve: Sendable {
        var title: String
        var picture: String
    }
    struct Step: Sendable {
        var at: String
        var kind: String
        var actor: String
        var note: String
    }
    struct Act: Sendable {
        var command: String
        var title: String
        var hint: String
        var field: String
        var isRequired: Bool
        var isPrimary: Bool
    }

    var crumbs: [Crumb]
    var line: FindingsPage.Line
    var article: String
    var advice: String
    var first: String
    var regulator: String
    var pointAddress: String?
    var problemAddress: String?
    var reopened: Int?
    var curves: [Curve]
    var steps: [Step]
    var acts: [Act]
    var action: String
    var message: String?
    var csrf: String
    var centerNote: String?

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, message: nil, status: .ok)
    }

    static func act(_ visit: Visit) async throws -> Response {
        let (id, form, scope) = (QualityFindingID(visit.parameter("id")), visit.form, visit.scope)
        guard let command = command(form, now: visit.now) else { throw PageRefusal.notFound }
        let (actor, context) = (visit.officer.qualityActor, visit.operation())
        do {
            try await visit.site.store.write { session throws(QualityFailure) in
                var context = context
                try QualityOperations.perform(
                    command, on: id, by: actor, scope: scope, context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(visit, message: error.text, status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/findings/" + Form.encode(id.rawValue))
    }

    private static func command(_ form: Form, now: Timestamp) -> QualityFinding.Command? {
        let note = form["note"]
        switch form["command"] {
        case "assign":
            let days = Int64(form["days"]).map { max(1, min(30, $0)) }
            return .assign(deadline: days.map { now + .days($0) }, advice: note)
        case "advise": return .advise(note)
        case "rectify": return .rectify(note)
        case "pass": return .recheck(isPassed: true, note: note)
        case "fail": return .recheck(isPassed: false, note: note)
        case "dismiss": return .dismiss(note)
        case "reopen": return .reopen(note)
        case "supervise": return .supervise(note)
        default: return nil
        }
    }

    private static func render(
        _ visit: Visit, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let id = QualityFindingID(visit.parameter("id"))
        var filter = QualityFindingListing.Filter()
        filter.id = id
        let wanted = filter
        let found = try await visit.read { session throws(StorageError) in
            let item = try QualityFindingListing.all(wanted, scope: scope, now: now, limit: 1, in: &session).first
            let sheet =
                try item?.point.map { point throws(StorageError) in
                    try PointSheet.find(point, scope: scope, in: &session)
                } ?? nil
            return (item, sheet, try QualityFindingListing.steps(of: id, in: &session))
        }
        guard let item = found.0 else { throw PageRefusal.notFound }
        let page = FindingPage(
            crumbs: [
                Crumb(title: visit.officer.organization, address: visit.officer.home),
                Crumb(title: "质量问题", address: "/findings"), Crumb(title: item.rule.label, address: nil),
            ], line: FindingsPage.Line(item, now: now), article: item.rule.article, advice: item.rule.advice,
            first: Wording.stamp(item.firstAt, now: now), regulator: item.regulatorName,
            pointAddress: item.point.map { "/point/" + Form.encode($0.rawValue) },
            problemAddress: item.problem.map { "/problems/" + Form.encode($0.rawValue) },
            reopened: item.reopenedCount > 0 ? item.reopenedCount : nil,
            curves: found.1.map { curves(item.evidence, sheet: $0, now: now) } ?? [],
            steps: found.2.map { step in
                Step(
                    at: Wording.stamp(step.at, now: now), kind: QualityFinding.Event.label(ofKind: step.kind),
                    actor: step.actor == "system" ? "系统" : step.actor, note: step.note)
            },
            acts: acts(item, visit.officer), action: "/findings/\(Form.encode(id.rawValue))", message: message,
            csrf: visit.officer.csrf,
            centerNote: visit.officer.qualityActor == .center ? "登记中心可以交办、提意见和复核;督办和处罚由监管部门进行。" : nil)
        return visit.page("finding", page, title: item.rule.label, section: .findings, status: status)
    }

    /// The excerpt that was kept with the finding: where it was seen, and where it was copied from.
    private static func curves(_ evidence: String?, sheet: PointSheet, now: Timestamp) -> [Curve] {
        guard let evidence, let json = try? JSON.parse(evidence), let marks = json["marks"]?.array else { return [] }
        return marks.compactMap { mark in
            guard let from = mark["from"]?.integer, let until = mark["until"]?.integer else { return nil }
            let isSource = mark["source"]?.bool ?? false
            let samples = (mark["curve"]?.array ?? []).compactMap { pair -> HistorySample? in
                guard let pair = pair.array, pair.count == 2, let at = pair[0].integer, let value = pair[1].double
                else { return nil }
                return HistorySample(at: Timestamp(milliseconds: at), value: value, isBad: false)
            }
            guard let first = samples.first, let last = samples.last else { return nil }
            let (start, end) = (Timestamp(milliseconds: from), Timestamp(milliseconds: until))
            let data = ChartData(
                sheet: sheet, from: first.at, to: max(last.at, first.at + .seconds(1)), samples: samples,
                limits: ChartData.limits(of: sheet), marks: [],
                bands: [.init(from: start, until: end, word: isSource ? "来源" : "发现处")])
            let span = "\(Wording.stamp(start, now: now)) 至 \(Wording.stamp(end, now: now))"
            return Curve(
                title: (isSource ? "与它一致的以前一段 " : "发现处 ") + span,
                picture: Chart(data: data, size: .page, now: now).picture)
        }
    }

    private static func acts(_ item: QualityFindingListing, _ officer: Officer) -> [Act] {
        let actor = officer.qualityActor
        var acts: [Act] = []
        func add(
            _ command: String, _ title: String, _ hint: String, _ field: String, required: Bool, primary: Bool = false
        ) {
            acts.append(
                Act(
                    command: command, title: title, hint: hint, field: field, isRequired: required,
                    isPrimary: primary))
        }
        switch actor {
        case .enterprise:
            if item.state == .found || item.state == .assigned {
                add("rectify", "报告整改", "做了什么,现在怎样", "整改情况", required: true, primary: true)
            }
        case .authority, .center:
            if item.state == .found || item.state == .assigned {
                add(
                    "assign", item.state == .found ? "交办企业" : "重新交办", "默认 3 天(本项目约定)", "要求", required: false,
                    primary: item.state == .found)
            }
            if item.state == .rectified {
                add("pass", "复核通过", "可以不写", "复核意见", required: false, primary: true)
                add("fail", "退回重改", "写明还差什么", "退回理由", required: true)
            }
            if item.state.isOpen { add("advise", "提意见", "企业会收到", "意见", required: true) }
            guard actor == .authority else { break }
            if item.state.isOpen {
                if !item.isSupervised { add("supervise", "转为督办问题", "进入问题闭环", "督办要求", required: false) }
                add("dismiss", "认定误判", "写明为什么不是问题", "误判理由", required: true)
            } else {
                add("reopen", "重新打开", "写明理由", "理由", required: true)
            }
        case .system: break
        }
        return acts
    }
}

extension Officer {
    /// The registration centre supports; it neither supervises nor fines (XC-36).
    var qualityActor: QualityFinding.Actor {
        switch role {
        case .safety, .responsible: .enterprise
        case .duty, .admin: authorityLevel == .center ? .center : .authority
        }
    }
}
