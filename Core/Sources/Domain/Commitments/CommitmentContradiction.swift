/// Where a promise and what the system knows do not agree (SJ-18). Shown to the enterprise and to its regulator.
public enum CommitmentContradiction: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case stoppedButMoving, workUndeclared, hiddenDangerDenied, gradesDiffer, maintenanceUndeclared
        case startStopUndeclared, riskUnderstated

        public var label: String {
            switch self {
            case .stoppedButMoving: "报全部停产,工艺数据在变化"
            case .workUndeclared: "有特殊作业记录而承诺未填"
            case .hiddenDangerDenied: "承诺无重大隐患,系统有未销号的重大隐患"
            case .gradesDiffer: "重大危险源数量与登记不符"
            case .maintenanceUndeclared: "有检修报备而承诺未填检修"
            case .startStopUndeclared: "有开停车记录而承诺未填"
            case .riskUnderstated: "承诺的风险级别低于系统判定"
            }
        }
    }

    /// A process value of a plant that is said to stand still.
    public struct Movement: Hashable, Sendable {
        public var point: PointID
        public var name: String
        public var unit: String
        public var low: Double
        public var high: Double
        /// Of the measuring range; nil where it is not registered.
        public var range: Double?

        public init(point: PointID, name: String, unit: String, low: Double, high: Double, range: Double?) {
            self.point = point
            self.name = name
            self.unit = unit
            self.low = low
            self.high = high
            self.range = range
        }

        /// Whether it moved by more than the share of its range; without a range nothing can be said.
        public func isMoving(share: Double) -> Bool {
            guard let range, range > 0 else { return false }
            return high - low > range * share
        }
    }

    case stoppedButMoving([Movement])
    case workUndeclared(CommitmentCount, records: Int)
    case hiddenDangerDenied([String])
    case gradesDiffer(promised: [Int], registered: [Int])
    case maintenanceUndeclared([String])
    case startStopUndeclared([String])
    case riskUnderstated(promised: Level, assessed: Level)

    public var kind: Kind {
        switch self {
        case .stoppedButMoving: .stoppedButMoving
        case .workUndeclared: .workUndeclared
        case .hiddenDangerDenied: .hiddenDangerDenied
        case .gradesDiffer: .gradesDiffer
        case .maintenanceUndeclared: .maintenanceUndeclared
        case .startStopUndeclared: .startStopUndeclared
        case .riskUnderstated: .riskUnderstated
        }
    }

    /// Tells two of one kind apart.
    public var key: String {
        switch self {
        case .workUndeclared(let count, _): "\(kind.rawValue):\(count.rawValue)"
        case .stoppedButMoving, .hiddenDangerDenied, .gradesDiffer, .maintenanceUndeclared, .startStopUndeclared,
            .riskUnderstated:
            kind.rawValue
        }
    }

    public var text: String {
        func list(_ names: [String]) -> String {
            names.prefix(3).joined(separator: "、") + (names.count > 3 ? "等 \(names.count) 项" : "")
        }
        switch self {
        case .stoppedButMoving(let movements):
            let parts = movements.prefix(3).map { movement in
                "\(movement.name) 由 \(Self.figure(movement.low)) 到 \(Self.figure(movement.high)) \(movement.unit)"
            }
            return "报运行 0 套,但 " + parts.joined(separator: ";") + (movements.count > 3 ? "等 \(movements.count) 点" : "")
        case .workUndeclared(let count, let records): return "\(count.label)填 0,系统有 \(records) 条当日记录"
        case .hiddenDangerDenied(let titles): return "承诺无重大隐患,未销号:\(list(titles))"
        case .gradesDiffer(let promised, let registered):
            let words = ["一级", "二级", "三级", "四级"]
            let parts = zip(words, zip(promised, registered)).filter { $0.1.0 != $0.1.1 }
                .map { "\($0.0)填 \($0.1.0)、登记 \($0.1.1)" }
            return parts.joined(separator: ";")
        case .maintenanceUndeclared(let titles): return "检维修作业和检修套数都填 0,报备:\(list(titles))"
        case .startStopUndeclared(let titles): return "开停车状态填否,记录:\(list(titles))"
        case .riskUnderstated(let promised, let assessed):
            return "承诺\(promised.chineseWord)风险,系统现为\(assessed.chineseWord)风险"
        }
    }

    private static func figure(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded.plainText
    }
}

extension Level {
    /// 重大, 较大, 一般, 低.
    var chineseWord: String {
        switch self {
        case .red: "重大"
        case .orange: "较大"
        case .yellow: "一般"
        case .blue: "低"
        }
    }
}

/// What the system knows on the day of a promise.
public struct CommitmentFacts: Hashable, Sendable {
    /// 一级 to 四级, in use.
    public var grades: [Int]
    /// Process points of production units since the promise.
    public var movements: [CommitmentContradiction.Movement]
    /// Special work of which there is a record today.
    public var workRecords: [CommitmentCount: Int]
    /// Open problems of the kind 重大隐患.
    public var majorHiddenDangers: [String]
    public var maintenanceFilings: [String]
    public var startStops: [String]
    /// The worst open level of the enterprise's sources.
    public var assessed: Level

    public init(
        grades: [Int], movements: [CommitmentContradiction.Movement] = [], workRecords: [CommitmentCount: Int] = [:],
        majorHiddenDangers: [String] = [], maintenanceFilings: [String] = [], startStops: [String] = [],
        assessed: Level = .blue
    ) {
        self.grades = grades
        self.movements = movements
        self.workRecords = workRecords
        self.majorHiddenDangers = majorHiddenDangers
        self.maintenanceFilings = maintenanceFilings
        self.startStops = startStops
        self.assessed = assessed
    }
}

extension CommitmentContent {
    /// Everything in which this promise and the facts differ.
    public func contradictions(
        with facts: CommitmentFacts, rules: CommitmentRules = .usual
    ) -> [CommitmentContradiction] {
        var found: [CommitmentContradiction] = []
        if self[.units] > 0, self[.running] == 0, !self[CommitmentFlag.startingOrStopping] {
            let moving = facts.movements.filter { $0.isMoving(share: rules.movementShare) }
            if !moving.isEmpty { found.append(.stoppedButMoving(moving)) }
        }
        for count in CommitmentCount.specialWork + CommitmentCount.Block.otherWork.counts {
            if self[count] == 0, let records = facts.workRecords[count], records > 0 {
                found.append(.workUndeclared(count, records: records))
            }
        }
        if !self[.majorHiddenDanger], !facts.majorHiddenDangers.isEmpty {
            found.append(.hiddenDangerDenied(facts.majorHiddenDangers))
        }
        if grades != facts.grades { found.append(.gradesDiffer(promised: grades, registered: facts.grades)) }
        if self[.maintenance] == 0, self[.overhaul] == 0, !facts.maintenanceFilings.isEmpty {
            found.append(.maintenanceUndeclared(facts.maintenanceFilings))
        }
        if !self[CommitmentFlag.startingOrStopping], !facts.startStops.isEmpty {
            found.append(.startStopUndeclared(facts.startStops))
        }
        if facts.assessed >= .orange, riskLevel < facts.assessed {
            found.append(.riskUnderstated(promised: riskLevel, assessed: facts.assessed))
        }
        return found
    }
}
