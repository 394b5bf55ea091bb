public import Kernel

/// An enterprise as the figures see it: where it counts, since when, and when it was filed out of use for long.
public struct EnterpriseRecord: Hashable, Sendable {
    public var id: EnterpriseID
    public var name: String
    /// The county of its address: figures count there, whoever regulates it (A11, A12).
    public var region: String
    public var regulator: AuthorityID
    public var park: AuthorityID?
    public var group: String?
    public var createdAt: Timestamp
    public var isInUse: Bool
    /// Since when its data are connected; nil where no gateway was ever set up (未接入).
    public var connectedAt: Timestamp?
    public var hazardCount: Int
    /// Confirmed filings of a long stop, from their effect on (A32).
    public var longStops: SpanSet

    public init(
        id: EnterpriseID, name: String, region: String, regulator: AuthorityID, park: AuthorityID? = nil,
        group: String? = nil, createdAt: Timestamp, isInUse: Bool = true, connectedAt: Timestamp? = nil,
        hazardCount: Int = 1, longStops: SpanSet = .empty
    ) {
        self.id = id
        self.name = name
        self.region = region
        self.regulator = regulator
        self.park = park
        self.group = group
        self.createdAt = createdAt
        self.isInUse = isInUse
        self.connectedAt = connectedAt
        self.hazardCount = hazardCount
        self.longStops = longStops
    }

    /// 应纳入企业: in use and registered, not filed out of use for long over the whole day. A stopped enterprise still
    /// commits itself (A23); one registered during the day counts from then on.
    public func isExpected(on day: Day) -> Bool {
        isInUse && hazardCount > 0 && createdAt < day.next.start
            && !longStops.spans.contains {
                $0.lowerBound <= day.start && $0.upperBound >= day.next.start
            }
    }

    /// Of the figures of being on line only what has been connected counts; the rest is listed apart (未接入企业数).
    public func isExpectedOnline(on day: Day) -> Bool {
        isExpected(on: day) && connectedAt.map { $0 < day.next.start } ?? false
    }
}
