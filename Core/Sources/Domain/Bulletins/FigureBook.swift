public import Kernel

/// What was gathered once for any number of offices: the rates of every enterprise by day, and the cases. Slicing it
/// for an office adds up and filters, and asks the database nothing.
public struct FigureBook: Sendable {
    /// A warning and the name of its source.
    public struct CaseRecord: Sendable {
        public var history: WarningHistory
        public var hazard: String

        public init(history: WarningHistory, hazard: String) {
            self.history = history
            self.hazard = hazard
        }
    }

    public struct OfficeRecord: Hashable, Sendable {
        public var id: AuthorityID
        public var name: String
        public var level: AuthorityLevel
        public var region: String?
        public var parent: AuthorityID?
        /// Else it answers for single enterprises only.
        public var coversRegion: Bool

        public init(
            id: AuthorityID, name: String, level: AuthorityLevel, region: String? = nil, parent: AuthorityID? = nil,
            coversRegion: Bool = true
        ) {
            self.id = id
            self.name = name
            self.level = level
            self.region = region
            self.parent = parent
            self.coversRegion = coversRegion
        }
    }

    public let kind: BulletinKind
    public let period: BulletinPeriod
    public let now: Timestamp
    /// By id.
    public let roster: [EnterpriseRecord]
    public let index: [EnterpriseID: Int]
    public var grids: [FigureKind: FigureGrid] = [:]
    public var clearTimes: FigureGrid
    public var cases: [CaseRecord] = [] {
        didSet { episodes = RiskEpisode.all(of: cases.flatMap(\.history.stretches)) }
    }
    /// Orange and red episodes of all enterprises (A25).
    public private(set) var episodes: [RiskEpisode] = []
    /// Of a ranking alone: what its boards are made of.
    public var riskMonths: RiskMonths?
    public var lists = BulletinLists()
    /// Rows of the work of offices: patrols, checks, must-checks. `authority` is the office.
    public var officeRows: [FigureKind: [FigureRow]] = [:] {
        didSet {
            officeWork = officeRows.mapValues { rows in
                rows.filter { periodWindow.contains($0.at) }.reduce(into: [:]) { sums, row in
                    if let office = row.authority { sums[office, default: .none] += row.ratio }
                }
            }
        }
    }
    /// The same of the period, an office's rows added up.
    private(set) var officeWork: [FigureKind: [AuthorityID: Ratio]] = [:]
    public var offices: [AuthorityID: OfficeRecord] = [:] { didSet { divisions = Divisions(offices.values) } }
    private(set) var divisions = Divisions()
    public var isDemonstration = false

    /// The days that the comparisons need: the period and the one before it; of a daily the seven days before.
    public static func days(kind: BulletinKind, period: BulletinPeriod) -> (first: Day, count: Int) {
        switch kind {
        case .daily, .special:
            let first = Day(number: period.from.number - 7)
            return (first, Int(period.until.number - first.number))
        case .weekly, .monthly, .quarterly, .yearly, .ranking:
            let first = period.previous(kind: kind).from
            return (first, Int(period.until.number - first.number))
        }
    }

    public init(kind: BulletinKind, period: BulletinPeriod, now: Timestamp, roster: [EnterpriseRecord]) {
        self.kind = kind
        self.period = period
        self.now = now
        self.roster = roster.sorted { $0.id < $1.id }
        var index: [EnterpriseID: Int] = [:]
        for (place, enterprise) in self.roster.enumerated() { index[enterprise.id] = place }
        self.index = index
        let days = Self.days(kind: kind, period: period)
        clearTimes = FigureGrid(enterprises: roster.count, first: days.first, dayCount: days.count)
    }

    /// The window of all days.
    public var window: FigureWindow {
        let days = Self.days(kind: kind, period: period)
        return FigureWindow(from: days.first.start, until: period.until.start, now: now)
    }

    public mutating func add(_ rows: [FigureRow], as kind: FigureKind) {
        let days = Self.days(kind: self.kind, period: period)
        grids[
            kind, default: FigureGrid(enterprises: roster.count, first: days.first, dayCount: days.count)
        ].add(rows, index: index)
    }

    /// Rates of time on line, and of the days that reached their share of it.
    public mutating func addOnline(_ rows: [FigureRow]) {
        add(rows, as: .onlineTime)
        grids[.enterprisesOnline] = grids[.onlineTime]?.reached(FigureRules.onlineShareMin)
    }

    public mutating func addVideo(_ cameras: [FigureRules.CameraTime]) {
        let days = Self.days(kind: kind, period: period)
        var grid = FigureGrid(enterprises: roster.count, first: days.first, dayCount: days.count)
        FigureRules.forEachVideoTime(of: roster, cameras: cameras, window: window) { camera, day, ratio in
            if let place = index[camera.enterprise] { grid.add(ratio, enterprise: place, day: day) }
        }
        grids[.videoTime] = grid
        grids[.enterprisesVideo] = grid.reached(FigureRules.onlineShareMin)
    }

    /// The bulletin's window.
    public var periodWindow: FigureWindow {
        FigureWindow(from: period.from.start, until: period.until.start, now: now)
    }
}
