public import Kernel

/// One draw by lot, with everything that it takes to repeat it: seed, candidates with their weights, how many, and the
/// names that came out (XC-22).
///
/// Version 1: candidates sorted by id. For the n-th lot (from 1), SHA-256 of the text
/// `fengsui-draw-1|<hash>|<yyyy-MM-dd>|<office>|<n>`; its first 8 bytes as a big-endian number, times the sum of
/// the weights that are left and divided by 2⁶⁴, the remainder dropped: that is the place on the line on which each
/// candidate takes up as much as its weight. Who stands there is drawn and leaves the line. Integers only.
public struct SpotCheckDraw: Hashable, Sendable {
    public struct Candidate: Hashable, Sendable {
        public let enterprise: EnterpriseID
        public let name: String
        public let lastChecked: Day?
        public let weight: Int

        public init(enterprise: EnterpriseID, name: String, lastChecked: Day?, weight: Int) {
            self.enterprise = enterprise
            self.name = name
            self.lastChecked = lastChecked
            self.weight = weight
        }
    }

    public var version: Int
    public var seed: DrawSeed
    public var office: AuthorityID
    public var officeName: String
    /// Sorted by id.
    public var candidates: [Candidate]
    public var count: Int
    /// In the order in which they were drawn.
    public var drawn: [EnterpriseID]

    /// Draws.
    public init(
        seed: DrawSeed, office: AuthorityID, officeName: String,
        candidates: [(enterprise: EnterpriseID, name: String, lastChecked: Day?)], count: Int, rule: DrawRule = .first
    ) {
        version = rule.version
        self.seed = seed
        self.office = office
        self.officeName = officeName
        self.candidates = candidates.sorted { $0.enterprise < $1.enterprise }.map { candidate in
            Candidate(
                enterprise: candidate.enterprise, name: candidate.name, lastChecked: candidate.lastChecked,
                weight: rule.weight(lastChecked: candidate.lastChecked, on: seed.day))
        }
        self.count = max(0, min(count, candidates.count))
        drawn = []
        drawn = redrawn()
    }

    /// As it was recorded; nothing is drawn.
    public init(
        version: Int, seed: DrawSeed, office: AuthorityID, officeName: String, candidates: [Candidate], count: Int,
        drawn: [EnterpriseID]
    ) {
        self.version = version
        self.seed = seed
        self.office = office
        self.officeName = officeName
        self.candidates = candidates
        self.count = count
        self.drawn = drawn
    }

    /// The lot again, from seed and candidates alone.
    public func redrawn() -> [EnterpriseID] {
        var line = candidates.filter { $0.weight > 0 }.sorted { $0.enterprise < $1.enterprise }
        var total = line.reduce(UInt64(0)) { $0 &+ UInt64($1.weight) }
        var result: [EnterpriseID] = []
        var number = 1
        while result.count < count, !line.isEmpty {
            var place = Self.lot(number, seed: seed, office: office).multipliedFullWidth(by: total).high
            var index = 0
            while place >= UInt64(line[index].weight) {
                place -= UInt64(line[index].weight)
                index += 1
            }
            let winner = line.remove(at: index)
            total -= UInt64(winner.weight)
            result.append(winner.enterprise)
            number += 1
        }
        return result
    }

    static func lot(_ number: Int, seed: DrawSeed, office: AuthorityID) -> UInt64 {
        let text = "fengsui-draw-1|\(seed.hash)|\(ChinaTime.date(seed.day))|\(office.rawValue)|\(number)"
        return SHA256.digest(text).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    /// What in the record does not fit; empty where anybody who redraws gets the same names.
    public func differences() -> [String] {
        guard let rule = DrawRule.numbered(version) else { return ["不认识算法版本 \(version)"] }
        var found: [String] = []
        var known: Set<EnterpriseID> = []
        for candidate in candidates {
            if !known.insert(candidate.enterprise).inserted { found.append("候选 \(candidate.enterprise) 出现两次") }
            let weight = rule.weight(lastChecked: candidate.lastChecked, on: seed.day)
            if weight != candidate.weight {
                found.append("\(candidate.name)(\(candidate.enterprise))的权重应为 \(weight),记录为 \(candidate.weight)")
            }
        }
        if count > candidates.count { found.append("要抽 \(count) 家,候选只有 \(candidates.count) 家") }
        let again = redrawn()
        if again != drawn {
            let place =
                zip(again, drawn).enumerated().first { $0.element.0 != $0.element.1 }?.offset
                ?? min(again.count, drawn.count)
            let (one, other) = (name(again, place), name(drawn, place))
            found.append("第 \(place + 1) 签应为 \(one),记录为 \(other)")
        }
        return found
    }

    private func name(_ list: [EnterpriseID], _ place: Int) -> String {
        guard list.indices.contains(place) else { return "(无)" }
        let name = candidates.first { $0.enterprise == list[place] }?.name ?? ""
        return "\(name)(\(list[place]))"
    }
}
