public import Kernel

/// What became of one enterprise's commitment on one day. The first version decides; later ones only correct (A22).
public struct CommitmentStanding: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        /// Received strictly before 10:00:00.000.
        case onTime
        /// 逾期: received later on the same day.
        case late
        /// 补报: received when the day was over.
        case madeUp

        public var label: String {
            switch self {
            case .onTime: "按时"
            case .late: "逾期"
            case .madeUp: "补报"
            }
        }
    }

    /// When and by whom one version was signed.
    public struct Version: Hashable, Sendable {
        public var receivedAt: Timestamp
        public var isByDelegate: Bool

        public init(receivedAt: Timestamp, isByDelegate: Bool) {
            self.receivedAt = receivedAt
            self.isByDelegate = isByDelegate
        }
    }

    public var state: State
    /// 代: of the versions in time – of all, where none was – not one is signed by the principal.
    public var isByDelegate: Bool
    /// 已更正: there are later versions.
    public var isCorrected: Bool

    public init(state: State, isByDelegate: Bool, isCorrected: Bool) {
        self.state = state
        self.isByDelegate = isByDelegate
        self.isCorrected = isCorrected
    }

    public static func state(of day: Day, receivedAt: Timestamp) -> State {
        if receivedAt < CommitmentRules.deadline(of: day) { return .onTime }
        return receivedAt < day.next.start ? .late : .madeUp
    }

    /// - Parameter versions: in the order of their receipt, at least one.
    public init?(of day: Day, versions: [Version]) {
        guard let first = versions.first else { return nil }
        state = Self.state(of: day, receivedAt: first.receivedAt)
        isCorrected = versions.count > 1
        let inTime = versions.filter { Self.state(of: day, receivedAt: $0.receivedAt) == .onTime }
        isByDelegate = (inTime.isEmpty ? [first] : inTime).allSatisfy(\.isByDelegate)
    }

    /// Whether it counts in the numerator of 安全承诺率.
    public func counts(_ rules: CommitmentRules) -> Bool {
        state == .onTime && (!isByDelegate || rules.countsDelegateAsOnTime)
    }

    /// 代 · 逾期 · 已更正.
    public var label: String {
        ([isByDelegate ? "代" : nil, state.label, isCorrected ? "已更正" : nil] as [String?]).compactMap(\.self)
            .joined(separator: " · ")
    }
}
