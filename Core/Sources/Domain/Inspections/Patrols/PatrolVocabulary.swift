public import Kernel

public enum PatrolEntity {}
public typealias PatrolID = Identifier<PatrolEntity>

/// 巡查三形式 (patrol measures Art. 6, XC-09).
public enum PatrolKind: String, CaseIterable, Hashable, Sendable {
    case routine, special, followUp

    public var label: String {
        switch self {
        case .routine: "定期常态巡查"
        case .special: "特殊时段巡查"
        case .followUp: "问题跟踪巡查"
        }
    }
}

/// The four things that every patrol looks at (Art. 8, XC-17). Fixed by law: an office may add items, never take one
/// away.
public enum PatrolTopic: String, CaseIterable, Hashable, Sendable {
    case systemOnline, videoOnline, commitment, warningMechanism

    public var label: String {
        switch self {
        case .systemOnline: "系统在线"
        case .videoOnline: "视频在线"
        case .commitment: "安全承诺"
        case .warningMechanism: "预警机制运行"
        }
    }
}

/// What was found about one item.
public struct PatrolAnswer: Hashable, Sendable {
    /// A topic's raw value, or the id of an office's own item.
    public var item: String
    public var title: String
    /// nil: not judged yet.
    public var isNormal: Bool?
    /// Of the problem, where it is not normal.
    public var severity: ProblemSeverity?
    public var note: String
    /// What the system read when the form was opened; kept as evidence beside the inspector's own judgement.
    public var prefilled: String

    public init(
        item: String, title: String, isNormal: Bool?, severity: ProblemSeverity? = nil, note: String = "",
        prefilled: String = ""
    ) {
        self.item = item
        self.title = title
        self.isNormal = isNormal
        self.severity = severity
        self.note = note
        self.prefilled = prefilled
    }

    public var json: JSON {
        [
            "item": .string(item), "title": .string(title), "normal": isNormal.map { .bool($0) } ?? .null,
            "severity": severity.map { .string($0.rawValue) } ?? .null, "note": .string(note),
            "prefilled": .string(prefilled),
        ]
    }

    public init?(json: JSON) {
        guard let item = json["item"]?.string, let title = json["title"]?.string else { return nil }
        self.init(
            item: item, title: title, isNormal: json["normal"]?.bool,
            severity: json["severity"]?.string.flatMap(ProblemSeverity.init(rawValue:)),
            note: json["note"]?.string ?? "", prefilled: json["prefilled"]?.string ?? "")
    }
}

/// Why a patrol sheet was not taken.
public enum PatrolRefusal: Error, Hashable, Sendable {
    case topicMissing(PatrolTopic)
    case unjudged(String)
    case noteMissing(String)
    case severityMissing(String)
    case inspectorMissing
    case notDirect
    case followedMissing
    case conclusionMissing

    public var reason: String {
        switch self {
        case .topicMissing(let topic): "“\(topic.label)”没有填,四项缺一不可(《巡查》第八条)"
        case .unjudged(let title): "“\(title)”没有判定正常还是有问题"
        case .noteMissing(let title): "“\(title)”有问题,请写明是什么问题"
        case .severityMissing(let title): "“\(title)”有问题,请选一般还是重大"
        case .inspectorMissing: "请填写巡查人"
        case .notDirect: "只能巡查直接下级单位或园区,不能越级(《巡查》第三条)"
        case .followedMissing: "问题跟踪巡查要关联原问题"
        case .conclusionMissing: "问题跟踪巡查要有结论:已整改、未整改或反复"
        }
    }
}

/// A patrol sheet as handed in.
public struct PatrolSheet: Hashable, Sendable {
    public var kind: PatrolKind
    public var subject: AuthorityID
    public var answers: [PatrolAnswer]
    public var inspector: String
    public var contact: String
    public var followed: ProblemID?
    public var conclusion: RecheckResult?
    public var conclusionNote: String

    public init(
        kind: PatrolKind, subject: AuthorityID, answers: [PatrolAnswer], inspector: String, contact: String = "",
        followed: ProblemID? = nil, conclusion: RecheckResult? = nil, conclusionNote: String = ""
    ) {
        self.kind = kind
        self.subject = subject
        self.answers = answers
        self.inspector = inspector
        self.contact = contact
        self.followed = followed
        self.conclusion = conclusion
        self.conclusionNote = conclusionNote
    }

    /// All four topics judged (XC-17), what is wrong described, a follow-up tied to its problem (XC-12).
    /// - Parameter items: the office's own items in force; each must be judged too.
    public func check(items: [String]) throws(PatrolRefusal) {
        for topic in PatrolTopic.allCases where !answers.contains(where: { $0.item == topic.rawValue }) {
            throw .topicMissing(topic)
        }
        for item in items where !answers.contains(where: { $0.item == item }) { throw .unjudged(item) }
        for answer in answers {
            guard let isNormal = answer.isNormal else { throw .unjudged(answer.title) }
            guard !isNormal else { continue }
            guard Problem.isWritten(answer.note) else { throw .noteMissing(answer.title) }
            guard answer.severity != nil else { throw .severityMissing(answer.title) }
        }
        guard Problem.isWritten(inspector) else { throw .inspectorMissing }
        switch kind {
        case .routine, .special: break
        case .followUp:
            guard followed != nil else { throw .followedMissing }
            guard conclusion != nil, Problem.isWritten(conclusionNote) else { throw .conclusionMissing }
        }
    }

    public var abnormal: [PatrolAnswer] { answers.filter { $0.isNormal == false } }
}
