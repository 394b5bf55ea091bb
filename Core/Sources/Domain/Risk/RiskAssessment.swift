public import Kernel

/// What the model made of the inputs at an instant.
public struct RiskAssessment: Hashable, Sendable {
    /// 0 to 100.
    public var score: Double
    /// K as it is, before the cap of a quiet source; rankings use it.
    public var management: Double
    /// One line each: the answer to 为什么是橙.
    public var terms: [Term]
    public var floor: Floor?
    /// The next instant at which the same inputs can give another result; nil where time changes nothing.
    public var nextChangeAt: Timestamp?

    public struct Term: Hashable, Sendable {
        public enum Kind: String, CaseIterable, Hashable, Sendable {
            case inherent = "B"
            case alarms = "A"
            case management = "K"
            case commitment = "C"
            case data = "Q"
        }

        public var kind: Kind
        public var points: Double
        public var text: String

        public init(kind: Kind, points: Double, text: String) {
            self.kind = kind
            self.points = points
            self.text = text
        }
    }

    /// 硬规则: the level is at least this, whatever the score.
    public struct Floor: Hashable, Sendable {
        public var level: Level
        public var reason: String

        public init(level: Level, reason: String) {
            self.level = level
            self.reason = reason
        }
    }

    public init(score: Double, management: Double, terms: [Term], floor: Floor?, nextChangeAt: Timestamp?) {
        self.score = score
        self.management = management
        self.terms = terms
        self.floor = floor
        self.nextChangeAt = nextChangeAt
    }

    public func level(by model: RiskModel) -> Level { max(model.level(for: score), floor?.level ?? .blue) }

    /// For the column `terms`: `{"K": raw, "terms": [{"kind","points","text"}], "floor": {…}}`.
    public var json: JSON {
        var members = [
            JSON.Member("management", .number(management)),
            JSON.Member(
                "terms",
                .array(
                    terms.map { term in
                        [
                            "kind": .string(term.kind.rawValue), "points": .number(term.points),
                            "text": .string(term.text),
                        ]
                    })),
        ]
        if let floor {
            members.append(
                JSON.Member("floor", ["level": .string(floor.level.name), "reason": .string(floor.reason)]))
        }
        return .object(members)
    }

    /// The terms of a stored column, for pages.
    public static func terms(from json: JSON) -> [Term] {
        (json["terms"]?.array ?? []).compactMap { item in
            guard let kind = item["kind"]?.string.flatMap(Term.Kind.init(rawValue:)),
                let points = item["points"]?.double, let text = item["text"]?.string
            else { return nil }
            return Term(kind: kind, points: points, text: text)
        }
    }
}
