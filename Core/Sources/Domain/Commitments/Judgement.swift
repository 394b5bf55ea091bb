public import Kernel

/// One entry of the chain team → workshop → enterprise on which the commitment stands (QY-06): who judged, and when.
public struct Judgement: Hashable, Sendable {
    public enum Tier: String, CaseIterable, Comparable, Hashable, Sendable {
        case team, workshop, enterprise

        public var label: String {
            switch self {
            case .team: "班组"
            case .workshop: "车间"
            case .enterprise: "企业"
            }
        }

        public static func < (left: Tier, right: Tier) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }

        public init?(word: String) {
            let word = word.trimmedOfSpace
            guard let tier = Tier(rawValue: word.lowercased()) ?? Tier.allCases.first(where: { $0.label == word })
            else { return nil }
            self = tier
        }
    }

    public var tier: Tier
    /// 甲班, 合成车间; of the enterprise its own name or the department.
    public var unit: String
    public var name: String
    public var at: Timestamp

    public init(tier: Tier, unit: String, name: String, at: Timestamp) {
        self.tier = tier
        self.unit = unit
        self.name = name
        self.at = at
    }

    /// Judgements older than this are not of today. 本项目约定: the night shift's of the evening before still counts.
    public static let ageMax = Interval.hours(24)

    public var json: JSON {
        [
            "tier": .string(tier.rawValue), "unit": .string(unit), "name": .string(name),
            "at": .integer(at.milliseconds),
        ]
    }

    public init?(json: JSON) {
        guard let tier = json["tier"]?.string.flatMap(Tier.init(word:)), let name = json["name"]?.string else {
            return nil
        }
        let instant: Timestamp? =
            switch json["at"] {
            case .integer(let value)?: Timestamp(milliseconds: value)
            case .string(let text)?: ChinaTime.parseDateTime(text) ?? ChinaTime.parseRFC3339(text)
            case .null?, .bool?, .number?, .array?, .object?, nil: nil
            }
        guard let instant else { return nil }
        self.init(tier: tier, unit: json["unit"]?.string ?? "", name: name, at: instant)
    }
}

extension [Judgement] {
    /// What is wrong with the chain: a tier that is missing, or a step out of its order.
    public func problems(at now: Timestamp) -> [CommitmentProblem] {
        var found: [CommitmentProblem] = []
        for tier in Judgement.Tier.allCases where !contains(where: { $0.tier == tier }) {
            found.append(.missing(.judgement(tier)))
        }
        for judgement in self {
            if judgement.name.trimmedOfSpace.isEmpty { found.append(.judgementUnnamed(judgement.tier)) }
            if judgement.at > now { found.append(.judgementAhead(judgement.tier, judgement.at)) }
            if judgement.at < now - Judgement.ageMax { found.append(.judgementOld(judgement.tier, judgement.at)) }
        }
        func times(_ tier: Judgement.Tier) -> [Timestamp] { filter { $0.tier == tier }.map(\.at) }
        if let team = times(.team).min(), let workshop = times(.workshop).min(), workshop < team {
            found.append(.judgementBefore(.workshop, .team))
        }
        if let below = (times(.team) + times(.workshop)).max(), let enterprise = times(.enterprise).max(),
            enterprise < below
        {
            found.append(.judgementBefore(.enterprise, times(.workshop).max() == below ? .workshop : .team))
        }
        return found
    }
}
