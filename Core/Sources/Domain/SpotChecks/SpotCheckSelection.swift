public import Kernel

/// An office's list of one day: whom to check and why (patrol measures Art. 10, 11). A function of what is known at
/// that moment; what turns orange or red later joins it at once.
public struct SpotCheckSelection: Hashable, Sendable {
    /// An enterprise of the jurisdiction.
    public struct Candidate: Hashable, Sendable {
        public let id: EnterpriseID
        public let name: String
        public let region: String
        public let industry: String?
        /// By this office, before today.
        public let lastChecked: Day?
        public let attention: [AttentionReason]

        public init(
            id: EnterpriseID, name: String, region: String, industry: String? = nil, lastChecked: Day? = nil,
            attention: [AttentionReason] = []
        ) {
            self.id = id
            self.name = name
            self.region = region
            self.industry = industry
            self.lastChecked = lastChecked
            self.attention = attention
        }
    }

    public struct Item: Hashable, Sendable {
        public let enterprise: EnterpriseID
        public let category: SpotCheckCategory
        public let reasons: [String]
        /// 备选: drawn after the quota was full; taken where another cannot be checked.
        public let isReserve: Bool

        public init(enterprise: EnterpriseID, category: SpotCheckCategory, reasons: [String], isReserve: Bool = false) {
            self.enterprise = enterprise
            self.category = category
            self.reasons = reasons
            self.isReserve = isReserve
        }
    }

    /// How many are drawn beyond the quota (本项目约定).
    public static let reserveCount = 2
    /// So many places of the quota are kept for the lot (本项目约定): without one, a day with many problems would leave
    /// the general and low-risk enterprises unseen for ever (XC-22).
    public static let randomAtLeast = 1

    public let quota: SpotCheckQuota
    public let items: [Item]
    public let draw: SpotCheckDraw

    public init(
        quota: SpotCheckQuota, office: AuthorityID, officeName: String, seed: DrawSeed, must: [MustCheck],
        plans: [RotationPlan], candidates: [Candidate]
    ) {
        let day = seed.day
        let byID = Dictionary(candidates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var items: [Item] = []
        var taken: Set<EnterpriseID> = []
        for check in must where byID[check.enterprise] != nil && taken.insert(check.enterprise).inserted {
            let extra = byID[check.enterprise]?.attention.map(\.text) ?? []
            items.append(
                Item(enterprise: check.enterprise, category: .must, reasons: [check.reason(on: day)] + extra))
        }
        let turns = Self.turns(plans, on: day, byID, taken: taken)
        let free = max(0, quota.minimum - items.count)
        let attentionPlaces = max(0, free - Self.randomAtLeast)
        // Those whose turn it is anyway need no place of their own.
        for candidate in Self.attention(candidates, taken: taken).prefix(attentionPlaces) {
            taken.insert(candidate.id)
            items.append(
                Item(
                    enterprise: candidate.id, category: .attention,
                    reasons: candidate.attention.sorted { $0.rank < $1.rank }.map(\.text)))
        }
        for turn in turns where taken.insert(turn.enterprise).inserted { items.append(turn) }
        let rest = candidates.filter { !taken.contains($0.id) }
        let wanted = min(rest.count, max(quota.minimum - items.count, 0))
        draw = SpotCheckDraw(
            seed: seed, office: office, officeName: officeName,
            candidates: rest.map { ($0.id, $0.name, $0.lastChecked) }, count: wanted + Self.reserveCount)
        for (place, id) in draw.drawn.enumerated() {
            let last = byID[id]?.lastChecked
            let ago = last.map { "\(day.number - $0.number) 天未抽" } ?? "从未抽过"
            items.append(
                Item(
                    enterprise: id, category: .random, reasons: ["第 \(place + 1) 签,\(ago)"],
                    isReserve: place >= wanted))
        }
        self.quota = quota
        self.items = items
    }

    private static func attention(_ candidates: [Candidate], taken: Set<EnterpriseID>) -> [Candidate] {
        candidates.filter { !$0.attention.isEmpty && !taken.contains($0.id) }.sorted { left, right in
            // More reasons first, then the more urgent one, then who was not seen for longest.
            if left.attention.count != right.attention.count { return left.attention.count > right.attention.count }
            let (one, other) = (left.attention.map(\.rank).min() ?? 9, right.attention.map(\.rank).min() ?? 9)
            if one != other { return one < other }
            let (before, after) = (left.lastChecked?.number ?? .min, right.lastChecked?.number ?? .min)
            return before != after ? before < after : left.id < right.id
        }
    }

    private static func turns(
        _ plans: [RotationPlan], on day: Day, _ byID: [EnterpriseID: Candidate], taken: Set<EnterpriseID>
    ) -> [Item] {
        var found: [Item] = []
        let last = byID.compactMapValues(\.lastChecked)
        for plan in plans where plan.isInForce(on: day) {
            let members = byID.values.filter { plan.includes($0.id, industry: $0.industry, region: $0.region) }
                .map(\.id).sorted()
            let coverage = plan.coverage(on: day, members: members, lastChecked: last)
            // Must-checks of today count for the plan as well: they are checked anyway.
            let waiting = members.filter { !taken.contains($0) }
            let reason = plan.reason(on: day, covered: coverage.covered, members: members.count)
            for id in plan.turns(on: day, members: waiting, lastChecked: last) {
                found.append(Item(enterprise: id, category: .rotation, reasons: [reason]))
            }
        }
        return found
    }
}
