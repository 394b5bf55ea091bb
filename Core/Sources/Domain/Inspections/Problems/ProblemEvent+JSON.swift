public import Kernel

extension ProblemEvent {
    /// The word in the log.
    public var kind: String {
        switch self {
        case .raised: "raised"
        case .handedDown: "handedDown"
        case .ordered: "ordered"
        case .fedBack: "fedBack"
        case .rechecked: "rechecked"
        case .supervised: "supervised"
        case .supervisionLifted: "supervisionLifted"
        case .penalised: "penalised"
        case .urged: "urged"
        case .closed: "closed"
        case .holderOverdue: "holderOverdue"
        case .feedbackOverdue: "feedbackOverdue"
        case .deadlineNear: "deadlineNear"
        case .rectificationOverdue: "rectificationOverdue"
        }
    }

    /// The payload in the log.
    public var payload: JSON {
        switch self {
        case .raised(let raised): raised.json
        case .handedDown(let from, let to, let note):
            ["from": .string(from.rawValue), "to": .string(to.rawValue), "note": .string(note)]
        case .ordered(let order, let deadline, let office):
            ["order": order.json, "deadline": .integer(deadline.milliseconds), "by": .string(office.rawValue)]
        case .fedBack(let answer, let party, let isLate):
            [
                "measures": .string(answer.measures), "proof": .string(answer.proof),
                "attachments": .array(answer.attachments.map { .string($0) }),
                "finishedAt": answer.finishedAt.map { .integer($0.milliseconds) } ?? .null,
                "byKind": .string(party.kind), "by": .string(party.id), "late": .bool(isLate),
            ]
        case .rechecked(let result, let note, let office):
            ["result": .string(result.rawValue), "note": .string(note), "by": .string(office.rawValue)]
        case .supervised(let number, let requirement, let office):
            ["number": .string(number), "requirement": .string(requirement), "by": .string(office.rawValue)]
        case .supervisionLifted(let note, let office), .urged(let note, let office), .closed(let note, let office):
            ["note": .string(note), "by": .string(office.rawValue)]
        case .penalised(let number, let cause, let amount, let office):
            [
                "number": .string(number), "cause": .string(cause), "amountYuan": .integer(amount),
                "by": .string(office.rawValue),
            ]
        case .holderOverdue(let office, let above):
            ["office": .string(office.rawValue), "above": above.map { .string($0.rawValue) } ?? .null]
        case .feedbackOverdue: [:]
        case .deadlineNear(let deadline): ["deadline": .integer(deadline.milliseconds)]
        case .rectificationOverdue(let told): ["told": .array(told.map { .string($0.rawValue) })]
        }
    }

    /// Reads an event from the log; nil where it is not one.
    public init?(kind: String, payload: JSON) {
        let reader = PayloadReader(json: payload)
        let office = reader.text("by").map { AuthorityID($0) }
        let note = reader.text("note") ?? ""
        switch kind {
        case "raised":
            guard let raised = Raised(json: payload) else { return nil }
            self = .raised(raised)
        case "handedDown":
            guard let from = reader.text("from"), let to = reader.text("to") else { return nil }
            self = .handedDown(from: AuthorityID(from), to: AuthorityID(to), note: note)
        case "ordered":
            guard let order = payload["order"].flatMap(Rectification.init(json:)), let office,
                let deadline = reader.instant("deadline")
            else { return nil }
            self = .ordered(order, deadline: deadline, by: office)
        case "fedBack":
            guard let answer = ProblemCommand.Answer(json: payload),
                let party = ProblemParty(kind: reader.text("byKind") ?? "", id: reader.text("by") ?? "")
            else { return nil }
            self = .fedBack(answer, by: party, isLate: reader.bool("late") ?? false)
        case "rechecked":
            guard let result = reader.text("result").flatMap(RecheckResult.init(rawValue:)), let office else {
                return nil
            }
            self = .rechecked(result, note: note, by: office)
        case "supervised":
            guard let number = reader.text("number"), let requirement = reader.text("requirement"), let office else {
                return nil
            }
            self = .supervised(number: number, requirement: requirement, by: office)
        case "supervisionLifted", "urged", "closed":
            guard let office else { return nil }
            self =
                kind == "closed"
                ? .closed(note: note, by: office)
                : kind == "urged" ? .urged(note: note, by: office) : .supervisionLifted(note: note, by: office)
        case "penalised":
            guard let number = reader.text("number"), let cause = reader.text("cause"), let office,
                let amount = reader.integer("amountYuan")
            else { return nil }
            self = .penalised(number: number, cause: cause, amountYuan: amount, by: office)
        default:
            guard let event = ProblemEvent(timer: kind, reader) else { return nil }
            self = event
        }
    }

    private init?(timer kind: String, _ reader: PayloadReader) {
        switch kind {
        case "holderOverdue":
            guard let office = reader.text("office") else { return nil }
            self = .holderOverdue(AuthorityID(office), above: reader.text("above").map { AuthorityID($0) })
        case "feedbackOverdue": self = .feedbackOverdue
        case "deadlineNear":
            guard let deadline = reader.instant("deadline") else { return nil }
            self = .deadlineNear(deadline)
        case "rectificationOverdue":
            guard let told = reader.json["told"]?.array else { return nil }
            self = .rectificationOverdue(told: told.compactMap { $0.string.map { AuthorityID($0) } })
        default: return nil
        }
    }
}

extension ProblemCommand.Answer {
    init?(json: JSON) {
        let reader = PayloadReader(json: json)
        guard let measures = reader.text("measures"), let proof = reader.text("proof") else { return nil }
        self.init(
            measures: measures, proof: proof, attachments: (json["attachments"]?.array ?? []).compactMap(\.string),
            finishedAt: reader.instant("finishedAt"))
    }
}

extension Rectification {
    var json: JSON {
        switch self {
        case .atOnce: [:]
        case .limited(let measures, let deadline):
            ["measures": .string(measures), "deadline": .integer(deadline.milliseconds)]
        }
    }

    init?(json: JSON) {
        let reader = PayloadReader(json: json)
        guard let deadline = reader.instant("deadline") else {
            self = .atOnce
            return
        }
        guard let measures = reader.text("measures") else { return nil }
        self = .limited(measures: measures, deadline: deadline)
    }
}

extension ProblemEvent.Raised {
    var json: JSON {
        [
            "source": .string(draft.source.kind), "sourceID": .string(draft.source.id),
            "subject": .string(draft.subject.kind), "subjectID": .string(draft.subject.id),
            "severity": .string(draft.severity.rawValue), "topic": .string(draft.topic), "text": .string(draft.text),
            "hazard": draft.hazard.map { .string($0.rawValue) } ?? .null,
            "order": draft.rectification?.json ?? .null, "atOnce": .bool(draft.isHandedDownAtOnce),
            "path": .array(path.map { .string($0.rawValue) }), "rules": rules.json,
        ]
    }

    init?(json: JSON) {
        let reader = PayloadReader(json: json)
        let path = (json["path"]?.array ?? []).compactMap { $0.string.map { AuthorityID($0) } }
        guard let source = ProblemSource(kind: reader.text("source") ?? "", id: reader.text("sourceID") ?? ""),
            let subject = ProblemParty(kind: reader.text("subject") ?? "", id: reader.text("subjectID") ?? ""),
            let severity = reader.text("severity").flatMap(ProblemSeverity.init(rawValue:)),
            let topic = reader.text("topic"), let text = reader.text("text"), let finder = path.first,
            let rules = json["rules"].flatMap(ProblemRules.init(json:))
        else { return nil }
        let order = json["order"].flatMap { $0 == .null ? nil : Rectification(json: $0) }
        self.init(
            draft: ProblemDraft(
                source: source, subject: subject, severity: severity, topic: topic, text: text, finder: finder,
                hazard: reader.text("hazard").map { HazardID($0) }, rectification: order,
                isHandedDownAtOnce: reader.bool("atOnce") ?? true),
            path: path, rules: rules)
    }
}

extension ProblemRules {
    public var json: JSON {
        [
            "handDown": .integer(handDownWithin.milliseconds), "atOnce": .integer(atOnceWithin.milliseconds),
            "feedback": .integer(feedbackWithin.milliseconds), "limitedDays": .integer(limitedDays),
            "remindBefore": .integer(remindBefore.milliseconds),
            "escalateEvery": .integer(escalateEvery.milliseconds),
        ]
    }

    public init?(json: JSON) {
        self.init()
        func interval(_ key: String, _ usual: Interval) -> Interval {
            json[key]?.integer.map(Interval.init(milliseconds:)) ?? usual
        }
        handDownWithin = interval("handDown", handDownWithin)
        atOnceWithin = interval("atOnce", atOnceWithin)
        feedbackWithin = interval("feedback", feedbackWithin)
        limitedDays = json["limitedDays"]?.integer ?? limitedDays
        remindBefore = interval("remindBefore", remindBefore)
        escalateEvery = interval("escalateEvery", escalateEvery)
        guard escalateEvery > .zero else { return nil }
    }
}
