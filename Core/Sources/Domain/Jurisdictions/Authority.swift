public import Kernel

/// An emergency-management authority, a chemical park's office, or a second regulator of the same level
/// (沁水县能源局). Its jurisdiction is a set of enterprises, never only a prefix of codes (domain §1).
public struct Authority: Hashable, Sendable {
    public var id: AuthorityID
    public var level: AuthorityLevel
    public var name: String
    /// 6-digit code of GB/T 2260. Parks and the centre may have none.
    public var region: String?
    public var parent: AuthorityID?
    public var phone: String?
    /// True where every enterprise of the region is its business. False for parks and for regulators that work by
    /// assignment: such an authority's figures still count in its region (A12), but it sees only what it was given.
    public var coversRegion: Bool

    public init(
        id: AuthorityID, level: AuthorityLevel, name: String, region: String? = nil, parent: AuthorityID? = nil,
        phone: String? = nil, coversRegion: Bool? = nil
    ) {
        self.id = id
        self.level = level
        self.name = name
        self.region = region
        self.parent = parent
        self.phone = phone
        self.coversRegion = coversRegion ?? (level == .province || level == .city || level == .county)
    }
}

extension AuthorityLevel {
    public var label: String {
        switch self {
        case .ministry: "部"
        case .center: "部级中心"
        case .province: "省"
        case .city: "市"
        case .county: "县"
        case .park: "园区"
        }
    }

    /// 0 for the nation, rising downwards; a park has the duties of a county (patrol measures Art. 4).
    public var depth: Int {
        switch self {
        case .ministry, .center: 0
        case .province: 1
        case .city: 2
        case .county, .park: 3
        }
    }

    public init?(word: String) {
        let word = word.trimmedOfSpace
        let others: [String: AuthorityLevel] = ["部级": .ministry, "省级": .province, "市级": .city, "县级": .county]
        guard
            let found = AuthorityLevel(rawValue: word.lowercased())
                ?? AuthorityLevel.allCases.first(where: { $0.label == word }) ?? others[word]
        else { return nil }
        self = found
    }
}
