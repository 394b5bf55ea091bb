public import Kernel

extension WarningEvent {
    /// The word in the log.
    public var kind: String {
        switch self {
        case .raised: "raised"
        case .changed: "changed"
        case .cleared: "cleared"
        case .alarmLinked: "alarmLinked"
        case .alarmCleared: "alarmCleared"
        case .allClear: "allClear"
        case .cautioned: "cautioned"
        case .supervisionOrdered: "supervisionOrdered"
        case .reportOverdue: "reportOverdue"
        case .acknowledged: "acknowledged"
        case .progressed: "progressed"
        case .reported: "reported"
        case .reportReturned: "reportReturned"
        case .reportApproved: "reportApproved"
        case .fedBack: "fedBack"
        case .annotated: "annotated"
        case .closed: "closed"
        }
    }

    /// The payload in the log.
    public var payload: JSON {
        switch self {
        case .raised(let raised):
            [
                "hazard": .string(raised.hazard.rawValue), "enterprise": .string(raised.enterprise.rawValue),
                "ordinal": .integer(raised.ordinal), "level": .string(raised.level.name),
                "issued": .levels(raised.issued), "recipients": .recipients(raised.recipients),
                "rules": raised.rules.json, "cause": raised.cause,
            ]
        case .changed(let change):
            [
                "from": .string(change.from.name), "to": .string(change.to.name), "issued": .levels(change.issued),
                "resumed": .levels(change.resumed), "lapsed": .levels(change.lapsed),
                "recipients": .recipients(change.recipients), "cause": change.cause,
            ]
        case .cleared, .reportOverdue, .closed: [:]
        case .alarmLinked(let alarm), .alarmCleared(let alarm): ["alarm": .string(alarm.rawValue)]
        case .allClear(let due): ["reportDueAt": .integer(due.milliseconds)]
        case .cautioned(let caution):
            [
                "level": .string(caution.level.name), "count": .integer(caution.count),
                "recipients": .recipients(caution.recipients), "late": .bool(caution.isLate),
            ]
        case .supervisionOrdered(let level, let authority, let isLate):
            ["level": .string(level.name), "of": .string(authority.rawValue), "late": .bool(isLate)]
        case .acknowledged(let person, let note): ["by": .string(person.rawValue), "note": .string(note)]
        case .progressed(let actor, let text), .annotated(let actor, let text):
            ["by": .string(actor), "text": .string(text)]
        case .reported(let report):
            [
                "by": .string(report.by), "result": .string(report.result), "cause": .string(report.cause),
                "measures": .string(report.measures), "late": .bool(report.isLate),
            ]
        case .reportReturned(let actor, let note, let due):
            ["by": .string(actor), "note": .string(note), "reportDueAt": .integer(due.milliseconds)]
        case .reportApproved(let actor): ["by": .string(actor)]
        case .fedBack(let index, let authority, let text):
            ["supervision": .integer(Int64(index)), "by": .string(authority.rawValue), "text": .string(text)]
        }
    }

    /// Reads an event of the log back; nil where the log holds something this program does not know, which a caller
    /// must not pass over.
    public init?(kind: String, payload: JSON) {
        guard let event = Self.read(kind, PayloadReader(json: payload)) else { return nil }
        self = event
    }

    private static func read(_ kind: String, _ at: PayloadReader) -> WarningEvent? {
        switch kind {
        case "raised": return raised(at)
        case "changed": return changed(at)
        case "cleared": return .cleared
        case "reportOverdue": return .reportOverdue
        case "closed": return .closed
        case "alarmLinked": return at.text("alarm").map { .alarmLinked(AlarmID($0)) }
        case "alarmCleared": return at.text("alarm").map { .alarmCleared(AlarmID($0)) }
        case "allClear": return at.instant("reportDueAt").map { .allClear(reportDueAt: $0) }
        case "cautioned":
            guard let level = at.level("level"), let count = at.integer("count"),
                let recipients = at.recipients("recipients"), let late = at.bool("late")
            else { return nil }
            return .cautioned(.init(level: level, count: count, recipients: recipients, isLate: late))
        case "supervisionOrdered":
            guard let level = at.level("level"), let authority = at.text("of"), let late = at.bool("late")
            else { return nil }
            return .supervisionOrdered(level: level, of: AuthorityID(authority), isLate: late)
        case "acknowledged":
            guard let person = at.text("by"), let note = at.text("note") else { return nil }
            return .acknowledged(by: PersonID(person), note: note)
        case "progressed", "annotated":
            guard let actor = at.text("by"), let text = at.text("text") else { return nil }
            return kind == "progressed" ? .progressed(by: actor, text: text) : .annotated(by: actor, text: text)
        case "reported", "reportReturned", "reportApproved": return report(kind, at)
        case "fedBack":
            guard let index = at.integer("supervision"), let authority = at.text("by"), let text = at.text("text")
            else { return nil }
            return .fedBack(supervision: Int(index), by: AuthorityID(authority), text: text)
        default: return nil
        }
    }

    private static func raised(_ at: PayloadReader) -> WarningEvent? {
        guard let hazard = at.text("hazard"), let enterprise = at.text("enterprise"),
            let ordinal = at.integer("ordinal"), let level = at.level("level"), let issued = at.levels("issued"),
            let recipients = at.recipients("recipients"), let rules = at.json["rules"].flatMap(DisposalRules.init),
            let cause = at.json["cause"]
        else { return nil }
        return .raised(
            Raised(
                hazard: HazardID(hazard), enterprise: EnterpriseID(enterprise), ordinal: ordinal, level: level,
                issued: issued, recipients: recipients, rules: rules, cause: cause))
    }

    private static func changed(_ at: PayloadReader) -> WarningEvent? {
        guard let from = at.level("from"), let to = at.level("to"), let issued = at.levels("issued"),
            let resumed = at.levels("resumed"), let lapsed = at.levels("lapsed"),
            let recipients = at.recipients("recipients"), let cause = at.json["cause"]
        else { return nil }
        return .changed(
            Changed(
                from: from, to: to, issued: issued, resumed: resumed, lapsed: lapsed, recipients: recipients,
                cause: cause))
    }

    private static func report(_ kind: String, _ at: PayloadReader) -> WarningEvent? {
        guard let actor = at.text("by") else { return nil }
        if kind == "reportApproved" { return .reportApproved(by: actor) }
        if kind == "reportReturned" {
            guard let note = at.text("note"), let due = at.instant("reportDueAt") else { return nil }
            return .reportReturned(by: actor, note: note, reportDueAt: due)
        }
        guard let result = at.text("result"), let cause = at.text("cause"), let measures = at.text("measures"),
            let late = at.bool("late")
        else { return nil }
        return .reported(Reported(by: actor, result: result, cause: cause, measures: measures, isLate: late))
    }
}
