public import Kernel

/// Everything a bulletin says, as facts about one office and one period. The content is a pure function of this.
public struct BulletinFacts: Sendable {
    public struct Office: Hashable, Sendable {
        public var id: AuthorityID
        public var name: String
        public var level: AuthorityLevel
        public var region: String?

        public init(id: AuthorityID, name: String, level: AuthorityLevel, region: String? = nil) {
            self.id = id
            self.name = name
            self.level = level
            self.region = region
        }

        /// `晋城市` of `晋城市应急管理局`.
        public var place: String { Self.place(name) }

        public static func place(_ name: String) -> String {
            for suffix in ["应急管理厅", "应急管理局", "应急管理部", "应急局", "能源局"] where name.hasSuffix(suffix) {
                let rest = String(name.dropLast(suffix.count))
                return rest.isEmpty ? "全国" : rest
            }
            return name
        }

        public var isOfCounty: Bool { level == .county || level == .park }
    }

    /// A division or an enterprise whose figures are compared.
    public struct Unit: Hashable, Sendable {
        public var id: String
        public var name: String
        /// Whom advice about it is addressed to.
        public var office: String
        public var figures: FigureSet
        public var before: FigureSet
        public var weekBefore: FigureSet?
        /// The rates of the period's days, of the kinds whose mean is asked for.
        public var days: [FigureKind: DayRates]

        public init(
            id: String, name: String, office: String, figures: FigureSet = FigureSet(), before: FigureSet = FigureSet(),
            weekBefore: FigureSet? = nil, days: [FigureKind: DayRates] = [:]
        ) {
            self.id = id
            self.name = name
            self.office = office
            self.figures = figures
            self.before = before
            self.weekBefore = weekBefore
            self.days = days
        }
    }

    public struct TrendDay: Hashable, Sendable {
        public var day: Day
        public var figures: [FigureKind: Ratio]

        public init(day: Day, figures: [FigureKind: Ratio]) {
            self.day = day
            self.figures = figures
        }
    }

    public var office: Office
    public var kind: BulletinKind
    public var period: BulletinPeriod
    public var now: Timestamp
    public var unit: RankedUnit
    public var units: [Unit] = []
    public var whole = FigureSet()
    public var before = FigureSet()
    public var weekBefore: FigureSet?
    public var wholeDays: [FigureKind: DayRates] = [:]
    public var trend: [TrendDay] = []
    public var lists = BulletinLists()
    public var places: [EnterpriseID: BulletinLists.Place] = [:]
    /// The office's own patrols and checks: done of what had to be.
    public var ownWork: [FigureKind: Ratio] = [:]
    /// Enterprises by camera time lost, most first.
    public var weakVideo: [(enterprise: EnterpriseID, ratio: Ratio)] = []
    /// The month's board and what follows from it (TB-11…15).
    public var ladder: Ladder?
    public var isDemonstration = false
    /// 主送.
    public var addressees: [String] = []

    public init(office: Office, kind: BulletinKind, period: BulletinPeriod, now: Timestamp, unit: RankedUnit) {
        self.office = office
        self.kind = kind
        self.period = period
        self.now = now
        self.unit = unit
    }

    /// The instant at which the period ends, or now while it runs.
    public var end: Timestamp { min(now, period.until.start) }
    public var periodLabel: String { period.label(kind: kind) }

    /// What the comparison is with: `前一日`, `上周`, `上月`.
    public var beforeWord: String {
        switch kind {
        case .daily, .special: "前一日"
        case .weekly: "上周"
        case .monthly, .ranking: "上月"
        case .quarterly: "上季"
        case .yearly: "上年"
        }
    }
}
