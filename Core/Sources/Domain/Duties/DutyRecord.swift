public import Kernel

/// What a responsible person writes down when a duty is done.
public struct DutyRecord: Hashable, Sendable {
    public var answers: [DutyItem: DutyAnswer]
    public var text: String
    /// What was done about what was found.
    public var measures: String

    public init(answers: [DutyItem: DutyAnswer], text: String, measures: String) {
        self.answers = answers
        self.text = text
        self.measures = measures
    }

    public enum Problem: Hashable, Sendable {
        case unanswered(DutyItem)
        case blankText
        /// Something was found and nothing is said about what was done.
        case blankMeasures
        case noPhoto
        case tooLong

        public var field: String {
            switch self {
            case .unanswered(let item): "item-\(item.rawValue)"
            case .blankText, .tooLong: "text"
            case .blankMeasures: "measures"
            case .noPhoto: "photo"
            }
        }

        public var text: String {
            switch self {
            case .unanswered(let item): "“\(item.label)”没有选"
            case .blankText: "请写检查情况:看了哪里、看到什么"
            case .blankMeasures: "有问题的要写明整改或管控措施"
            case .noPhoto: "至少要有一张现场照片"
            case .tooLong: "超过 2000 字"
            }
        }
    }

    public func problems(for kind: DutyKind, photos: Int, rules: DutyRules) -> [Problem] {
        var found = kind.items.filter { answers[$0] == nil }.map(Problem.unanswered)
        if text.trimmedOfSpace.isEmpty { found.append(.blankText) }
        if text.count > 2_000 || measures.count > 2_000 { found.append(.tooLong) }
        let hasFound = kind.items.contains { answers[$0] == .problem }
        if hasFound, measures.trimmedOfSpace.isEmpty { found.append(.blankMeasures) }
        if rules.requiresPhoto, photos == 0 { found.append(.noPhoto) }
        return found
    }

    public var json: JSON {
        [
            "answers": .object(
                DutyItem.allCases.compactMap { item in
                    answers[item].map { JSON.Member(item.rawValue, .string($0.rawValue)) }
                }),
            "text": .string(text), "measures": .string(measures),
        ]
    }

    public init?(json: JSON) {
        guard let members = json["answers"]?.members, let text = json["text"]?.string,
            let measures = json["measures"]?.string
        else { return nil }
        var answers: [DutyItem: DutyAnswer] = [:]
        for member in members {
            guard let item = DutyItem(rawValue: member.key), let word = member.value.string else { continue }
            answers[item] = DutyAnswer(rawValue: word)
        }
        self.init(answers: answers, text: text, measures: measures)
    }
}
