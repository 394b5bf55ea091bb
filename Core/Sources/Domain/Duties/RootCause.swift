public import Kernel

/// QY-10: alarms of one kind that come back on one point force an analysis of their root cause.
public enum RootCause {
    /// 同类: on the high side or on the low side of one point.
    public enum Side: String, CaseIterable, Hashable, Sendable {
        case high, low

        public init(_ state: PointState) { self = state.isHighSide ? .high : .low }

        public var label: String {
            switch self {
            case .high: "高限"
            case .low: "低限"
            }
        }
    }

    /// Whether among alarms opened at these instants so many lie within one window. Half-open: the first and the last
    /// are less than the window apart.
    public static func isForced(openedAt instants: [Timestamp], rules: DutyRules) -> Bool {
        !cluster(openedAt: instants, rules: rules).isEmpty
    }

    /// The latest instants that lie together within one window; empty where there are too few.
    public static func cluster(openedAt instants: [Timestamp], rules: DutyRules) -> [Timestamp] {
        let sorted = instants.sorted()
        let count = rules.rootCauseAlarms
        guard sorted.count >= count, count > 0 else { return [] }
        for last in stride(from: sorted.count - 1, through: count - 1, by: -1) {
            guard sorted[last] - sorted[last - count + 1] < rules.rootCauseWindow else { continue }
            return sorted[...last].filter { sorted[last] - $0 < rules.rootCauseWindow }
        }
        return []
    }

    /// The form that is then asked for; every box is required.
    public struct Analysis: Hashable, Sendable {
        public var cause: String
        public var measures: String
        public var responsible: String
        public var finishBy: Day?

        public init(cause: String, measures: String, responsible: String, finishBy: Day?) {
            self.cause = cause
            self.measures = measures
            self.responsible = responsible
            self.finishBy = finishBy
        }

        /// Field and message of what is missing.
        public func problems(today: Day) -> [(field: String, text: String)] {
            var found: [(field: String, text: String)] = []
            if cause.trimmedOfSpace.isEmpty { found.append(("cause", "根本原因没有填")) }
            if measures.trimmedOfSpace.isEmpty { found.append(("measures", "整改措施没有填")) }
            if responsible.trimmedOfSpace.isEmpty { found.append(("responsible", "整改责任人没有填")) }
            if let finishBy {
                if finishBy < today { found.append(("finishBy", "完成日期早于今天")) }
            } else {
                found.append(("finishBy", "完成日期没有填"))
            }
            if [cause, measures, responsible].contains(where: { $0.count > 2_000 }) {
                found.append(("cause", "超过 2000 字"))
            }
            return found
        }
    }
}
