/// The parameters of the risk model HRM-1 (domain §6). The model is this project's convention, not the national one,
/// whose weights are not public; every number is configurable, and a result bears the version it came from.
public struct RiskModel: Hashable, Sendable {
    public var version: Int
    public var inherent: [Double] = [30, 24, 16, 10]
    public var alarms = Alarms()
    public var management = Management()
    public var commitment = Commitment()
    public var data = Data()
    public var levels = Levels()
    public var enterprise = Enterprise()
    public var scoreMax = 100.0

    public init(version: Int) { self.version = version }

    /// Version 0: the figures of the specification.
    public static let standard = RiskModel(version: 0)

    /// A 现行报警
    public struct Alarms: Hashable, Sendable {
        public var first = 15.0
        public var second = 30.0
        public var gasFirst = 20.0
        public var gasSecond = 40.0
        /// From these minutes on, the factor of the same place holds.
        public var factorMinutes: [Int64] = [0, 10, 30, 60]
        public var factors: [Double] = [1, 1.25, 1.5, 2]
        public var extraPerPoint = 2.0
        public var extraPointsMax = 5
        public var cap = 60.0
    }

    /// K 报警管理, over a rolling window. Each item scores 0 to 4: one for being above zero, one more for each bound.
    public struct Management: Hashable, Sendable {
        public var windowHours: Int64 = 24
        public var slotMinutes: Int64 = 10
        public var slotAlarms = 5
        /// Reached counts.
        public var disturbancePercents: [Double] = [5, 15, 30]
        public var repeatAlarms = 3
        /// Exceeded counts, here and below.
        public var repeatBounds: [Double] = [5, 15, 30]
        public var averageBounds: [Double] = [1, 3, 6]
        public var clearMinutes: [Double] = [5, 15, 60]
        public var longestMinutes: [Int64] = [10, 30, 120]
        public var cap = 20.0
        /// With no standing alarm, K counts no more than this, so that a quiet source comes back to blue.
        public var quietCap = 6.0
    }

    /// C 承诺与作业
    public struct Commitment: Hashable, Sendable {
        public var overdue = 8.0
        public var specialFire = 6.0
        public var firstFire = 3.0
        public var confinedSpace = 3.0
        public var startUpOrTrial = 5.0
        public var cap = 15.0
    }

    /// Q 数据
    public struct Data: Hashable, Sendable {
        public var offline = 6.0
        public var offlineMinutes: Int64 = 30
        public var badKeyPoint = 3.0
        public var cap = 6.0
    }

    public struct Levels: Hashable, Sendable {
        public var yellow = 40.0
        public var orange = 60.0
        public var red = 80.0
        /// A fall needs the score below the threshold less this …
        public var hysteresis = 3.0
        /// … for so long without a break.
        public var holdMinutes: Int64 = 5

        public func threshold(of level: Level) -> Double {
            switch level {
            case .blue: 0
            case .yellow: yellow
            case .orange: orange
            case .red: red
            }
        }
    }

    public struct Enterprise: Hashable, Sendable {
        public var perSource = 2.0
        public var cap = 10.0
    }

    public func level(for score: Double) -> Level {
        Level.warnings.last { score >= levels.threshold(of: $0) } ?? .blue
    }

    /// 企业 = max(R_h) + min(10, 2 × the number of the others at yellow's threshold or above). Display, spot checks and
    /// statistics only (A33).
    public func enterpriseScore(of scores: [Double]) -> Double {
        guard let highest = scores.max() else { return 0 }
        let others = max(0, scores.count { $0 >= levels.yellow } - (highest >= levels.yellow ? 1 : 0))
        return min(scoreMax, highest + min(enterprise.cap, enterprise.perSource * Double(others)))
    }
}
