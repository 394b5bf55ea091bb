public import Kernel

public enum ProblemEntity {}
public typealias ProblemID = Identifier<ProblemEntity>

/// How grave a problem is. A major hidden danger (重大隐患) is supervised until its loop is closed (XC-33).
public enum ProblemSeverity: String, CaseIterable, Comparable, Hashable, Sendable {
    case general, serious, majorHiddenDanger

    public var label: String {
        switch self {
        case .general: "一般问题"
        case .serious: "重大问题"
        case .majorHiddenDanger: "重大隐患"
        }
    }

    private var rank: Int {
        switch self {
        case .general: 0
        case .serious: 1
        case .majorHiddenDanger: 2
        }
    }

    public static func < (left: ProblemSeverity, right: ProblemSeverity) -> Bool { left.rank < right.rank }
}

/// Where a problem was found, with the id of the record there.
public enum ProblemSource: Hashable, Sendable {
    case patrol(String)
    case spotCheck(String)
    case quality(String)
    /// A site check, or the warning for which it was ordered.
    case siteCheck(String)

    public var kind: String {
        switch self {
        case .patrol: "patrol"
        case .spotCheck: "spotCheck"
        case .quality: "quality"
        case .siteCheck: "siteCheck"
        }
    }

    public var id: String {
        switch self {
        case .patrol(let id), .spotCheck(let id), .quality(let id), .siteCheck(let id): id
        }
    }

    public var label: String {
        switch self {
        case .patrol: "巡查"
        case .spotCheck: "抽查"
        case .quality: "数据质量"
        case .siteCheck: "现场核查"
        }
    }

    public init?(kind: String, id: String) {
        switch kind {
        case "patrol": self = .patrol(id)
        case "spotCheck": self = .spotCheck(id)
        case "quality": self = .quality(id)
        case "siteCheck": self = .siteCheck(id)
        default: return nil
        }
    }
}

/// Who has the problem: an office (found by a patrol) or an enterprise.
public enum ProblemParty: Hashable, Sendable {
    case authority(AuthorityID)
    case enterprise(EnterpriseID)

    public var kind: String {
        switch self {
        case .authority: "authority"
        case .enterprise: "enterprise"
        }
    }

    public var id: String {
        switch self {
        case .authority(let id): id.rawValue
        case .enterprise(let id): id.rawValue
        }
    }

    public var recipient: Recipient {
        switch self {
        case .authority(let id): .authority(id)
        case .enterprise(let id): .enterprise(id)
        }
    }

    public init?(kind: String, id: String) {
        switch kind {
        case "authority": self = .authority(AuthorityID(id))
        case "enterprise": self = .enterprise(EnterpriseID(id))
        default: return nil
        }
    }
}

/// 立即整改, or 限期整改 with control measures and a deadline: neither may be missing (XC-31, XC-32).
public enum Rectification: Hashable, Sendable {
    case atOnce
    case limited(measures: String, deadline: Timestamp)

    public var label: String {
        switch self {
        case .atOnce: "立即整改"
        case .limited: "限期整改"
        }
    }
}

/// What a re-check found (XC-12).
public enum RecheckResult: String, CaseIterable, Hashable, Sendable {
    case rectified, unrectified, recurring

    public var label: String {
        switch self {
        case .rectified: "已整改"
        case .unrectified: "未整改"
        case .recurring: "反复"
        }
    }
}

/// 处罚登记: written down only, it replaces no enforcement system (XC-34).
public struct Penalty: Hashable, Sendable {
    /// 文号
    public var number: String
    /// 事由
    public var cause: String
    public var amountYuan: Int64
    public var by: AuthorityID
    public var at: Timestamp

    public init(number: String, cause: String, amountYuan: Int64, by: AuthorityID, at: Timestamp) {
        self.number = number
        self.cause = cause
        self.amountYuan = amountYuan
        self.by = by
        self.at = at
    }
}

/// The time limits, frozen when the problem is raised. All of them are ours (domain §10.9). [本项目约定]
public struct ProblemRules: Hashable, Sendable {
    public var handDownWithin = Interval.hours(2)
    public var atOnceWithin = Interval.hours(24)
    public var feedbackWithin = Interval.hours(24)
    /// Natural days of a deadline that nobody chose.
    public var limitedDays: Int64 = 3
    /// How long before its deadline a rectification is reminded of.
    public var remindBefore = Interval.hours(24)
    /// An overdue rectification climbs one office after each of these.
    public var escalateEvery = Interval.hours(24)

    public init() {}
    public static let standard = ProblemRules()

    /// The end of the third natural day, the day itself not counted.
    public func usualDeadline(from instant: Timestamp) -> Timestamp {
        Day(number: Day(instant).number + Int32(limitedDays) + 1).start
    }
}

/// What whoever finds a problem writes down.
public struct ProblemDraft: Hashable, Sendable {
    public var source: ProblemSource
    public var subject: ProblemParty
    public var severity: ProblemSeverity
    /// Problems of one topic are of one kind when they are counted (XC-19b): `systemOnline`, a detector's name.
    public var topic: String
    public var text: String
    /// The office that found it.
    public var finder: AuthorityID
    public var hazard: HazardID?
    /// nil leaves the order to the office that regulates the enterprise.
    public var rectification: Rectification?
    /// Hands the problem to the next office with the raising. Serious ones always are (XC-18).
    public var isHandedDownAtOnce: Bool

    public init(
        source: ProblemSource, subject: ProblemParty, severity: ProblemSeverity, topic: String, text: String,
        finder: AuthorityID, hazard: HazardID? = nil, rectification: Rectification? = nil,
        isHandedDownAtOnce: Bool = true
    ) {
        self.source = source
        self.subject = subject
        self.severity = severity
        self.topic = topic
        self.text = text
        self.finder = finder
        self.hazard = hazard
        self.rectification = rectification
        self.isHandedDownAtOnce = isHandedDownAtOnce
    }
}
