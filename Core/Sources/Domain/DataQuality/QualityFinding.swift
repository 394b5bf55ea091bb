public import Kernel

public enum QualityFindingKind {}
public typealias QualityFindingID = Identifier<QualityFindingKind>

/// One thing found wrong with data, from being found to being put right (Art. 11; SJ-27): handed to the enterprise with
/// a deadline, rectified, checked again, closed or opened once more. `decide` changes nothing and may refuse, `apply`
/// never refuses.
public struct QualityFinding: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        case found, assigned, rectified, closed, dismissed

        public var label: String {
            switch self {
            case .found: "待交办"
            case .assigned: "整改中"
            case .rectified: "待复核"
            case .closed: "已闭环"
            case .dismissed: "误判"
            }
        }

        public var isOpen: Bool {
            switch self {
            case .found, .assigned, .rectified: true
            case .closed, .dismissed: false
            }
        }
    }

    /// Who acts. The registration centre supports and assigns; it neither supervises nor fines (XC-36).
    public enum Actor: Hashable, Sendable {
        case authority
        case center
        case enterprise
        case system
    }

    public enum Command: Hashable, Sendable {
        /// To the enterprise, with a deadline; nil is the usual one.
        case assign(deadline: Timestamp?, advice: String)
        case advise(String)
        case rectify(String)
        case recheck(isPassed: Bool, note: String)
        /// The detector was wrong, with the reason.
        case dismiss(String)
        case reopen(String)
        /// Made a problem under supervision.
        case supervise(String)
        /// A check of the register sees that it is gone.
        case vanish
    }

    public enum Event: Hashable, Sendable {
        case assigned(deadline: Timestamp, advice: String)
        case advised(String)
        case rectified(String)
        case passed(String)
        case failed(note: String, deadline: Timestamp)
        case dismissed(String)
        case reopened(reason: String, deadline: Timestamp)
        case supervised(String)
        case vanished
    }

    public enum Refusal: Error, Hashable, Sendable {
        case wrongState(State)
        case notYours(String)
        case blank(String)
        case deadlineInPast
        case ownWork

        public var text: String {
            switch self {
            case .wrongState(let state): "现在是“\(state.label)”,不能这样做"
            case .notYours(let words): words
            case .blank(let field): "\(field)没有填"
            case .deadlineInPast: "期限已经过去"
            case .ownWork: "整改的人不能自己复核"
            }
        }
    }

    /// Three days to put it right (domain §10.9). [本项目约定]
    public static let usualDays: Int64 = 3
    public static let usualDeadline = Interval.days(usualDays)

    public var rule: QualityRule
    public var state: State = .found
    public var deadline: Timestamp?
    public var rectifiedBy: String?
    public var reopenedCount = 0
    public var isSupervised = false

    public init(rule: QualityRule) { self.rule = rule }

    public func isOverdue(at now: Timestamp) -> Bool {
        guard let deadline else { return false }
        return state == .assigned && now >= deadline
    }

    public func decide(
        _ command: Command, by actor: Actor, account: String, at now: Timestamp
    ) throws(Refusal) -> Event {
        switch command {
        case .assign(let deadline, let advice): return try assign(deadline, advice, actor, now)
        case .advise(let text):
            guard actor == .authority || actor == .center else { throw .notYours("意见由监管部门或登记中心提出") }
            return .advised(try Self.filled(text, "意见"))
        case .rectify(let text):
            guard actor == .enterprise else { throw .notYours("整改情况由企业填写") }
            guard state == .assigned || state == .found else { throw .wrongState(state) }
            return .rectified(try Self.filled(text, "整改情况"))
        case .recheck(let isPassed, let note):
            guard actor == .authority || actor == .center else { throw .notYours("复核由监管部门或登记中心进行") }
            guard state == .rectified else { throw .wrongState(state) }
            guard rectifiedBy != account else { throw .ownWork }
            return isPassed
                ? .passed(note) : .failed(note: try Self.filled(note, "退回理由"), deadline: now + Self.usualDeadline)
        case .dismiss(let reason):
            guard actor == .authority else { throw .notYours("误判由监管部门认定") }
            guard state.isOpen else { throw .wrongState(state) }
            return .dismissed(try Self.filled(reason, "误判理由"))
        case .reopen(let reason):
            guard actor == .authority || actor == .system else { throw .notYours("重新打开由监管部门决定") }
            guard !state.isOpen else { throw .wrongState(state) }
            return .reopened(reason: try Self.filled(reason, "理由"), deadline: now + Self.usualDeadline)
        case .supervise(let text):
            guard actor == .authority || actor == .system else {
                throw .notYours("登记中心负责技术支持和数据质量整治,没有督办和处罚权(《巡查》第十五条)")
            }
            guard state.isOpen, !isSupervised else { throw .wrongState(state) }
            return .supervised(text)
        case .vanish:
            guard actor == .system, state.isOpen, rule.endsByItself else { throw .wrongState(state) }
            return .vanished
        }
    }

    private func assign(
        _ deadline: Timestamp?, _ advice: String, _ actor: Actor, _ now: Timestamp
    ) throws(Refusal) -> Event {
        guard actor != .enterprise else { throw .notYours("交办由监管部门或登记中心进行") }
        guard state == .found || state == .assigned else { throw .wrongState(state) }
        let until = deadline ?? now + Self.usualDeadline
        guard until > now else { throw .deadlineInPast }
        return .assigned(deadline: until, advice: advice)
    }

    private static func filled(_ text: String, _ field: String) throws(Refusal) -> String {
        let text = text.trimmedOfSpace
        guard !text.isEmpty else { throw .blank(field) }
        return text
    }

    public mutating func apply(_ event: Event, by account: String) {
        switch event {
        case .assigned(let until, _):
            state = .assigned
            deadline = until
        case .advised: break
        case .rectified:
            state = .rectified
            rectifiedBy = account
        case .passed, .vanished: state = .closed
        case .failed(_, let until), .reopened(_, let until):
            state = .assigned
            deadline = until
            reopenedCount += 1
            rectifiedBy = nil
        case .dismissed: state = .dismissed
        case .supervised: isSupervised = true
        }
    }
}
