public import Kernel

/// One duty of one source in one period: whoever holds the office has to do it.
public struct DutyTask: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        case open, done, late, missed

        public var label: String {
            switch self {
            case .open: "待完成"
            case .done: "按时完成"
            case .late: "逾期完成"
            case .missed: "未完成"
            }
        }
    }

    public var id: String
    public var enterprise: EnterpriseID
    public var hazard: HazardID
    public var kind: DutyKind
    public var period: String
    public var from: Timestamp
    /// Not included: done at this instant is late.
    public var until: Timestamp
    /// The source was registered within the period: shown, and not counted.
    public var isPartial: Bool
    public var doneAt: Timestamp?

    public init(
        id: String, enterprise: EnterpriseID, hazard: HazardID, kind: DutyKind, period: String, from: Timestamp,
        until: Timestamp, isPartial: Bool, doneAt: Timestamp? = nil
    ) {
        self.id = id
        self.enterprise = enterprise
        self.hazard = hazard
        self.kind = kind
        self.period = period
        self.from = from
        self.until = until
        self.isPartial = isPartial
        self.doneAt = doneAt
    }

    public func state(at now: Timestamp) -> State {
        if let doneAt { return doneAt < until ? .done : .late }
        return now < until ? .open : .missed
    }

    public static func id(_ kind: DutyKind, hazard: HazardID, period: String) -> String {
        "\(kind.rawValue):\(hazard.rawValue):\(period)"
    }
}

/// 履职落实率 (domain §2, 本项目约定): done in time ÷ due within the window. Tasks whose whole period lies in a confirmed
/// stop filing are taken out of both.
public struct DutyFulfilment: Hashable, Sendable {
    public private(set) var fulfilled: [DutyTask] = []
    /// Due and not done in time: late or missed.
    public private(set) var failed: [DutyTask] = []
    public private(set) var takenOut: [DutyTask] = []

    /// - Parameters:
    ///   - window: tasks whose end lies in (from, until] and is past.
    ///   - isStopped: whether a confirmed stop covers the whole of a task's period.
    public init(_ tasks: [DutyTask], window: Range<Timestamp>, now: Timestamp, isStopped: (DutyTask) -> Bool) {
        for task in tasks {
            guard task.until > window.lowerBound, task.until <= window.upperBound, task.until <= now else { continue }
            if task.isPartial || isStopped(task) {
                takenOut.append(task)
            } else if task.state(at: now) == .done {
                fulfilled.append(task)
            } else {
                failed.append(task)
            }
        }
    }

    public var numerator: Int { fulfilled.count }
    public var denominator: Int { fulfilled.count + failed.count }
}
