public import Kernel

extension Warning {
    /// Where the case stands, for lists and pages; derived, the state is the truth.
    public enum Phase: String, CaseIterable, Hashable, Sendable {
        /// 未确认
        case unacknowledged
        /// 已确认·未消警
        case acknowledged
        /// 处理中·未消警
        case handling
        /// 已消警, level still above blue
        case allClear
        /// 已解除, alarms still open
        case cleared
        /// 已解除·待上报
        case awaitingReport
        /// 已上报·待审核
        case awaitingApproval
        /// 待督办反馈
        case awaitingFeedback
        /// 已闭环
        case closed
    }

    public var phase: Phase {
        if closedAt != nil { return .closed }
        if clearedAt != nil {
            if let report {
                return report.state == .submitted ? .awaitingApproval : .awaitingFeedback
            }
            return allClearAt == nil ? .cleared : .awaitingReport
        }
        if acknowledgedAt == nil { return .unacknowledged }
        if allClearAt != nil { return .allClear }
        return progressedAt == nil ? .acknowledged : .handling
    }

    public var approvedAt: Timestamp? { isApproved ? report?.decidedAt : nil }

    /// What the next deadline is.
    public enum Step: Hashable, Sendable {
        case caution(Level)
        case supervision(Level)
        case reportDue

        public var name: String {
            switch self {
            case .caution(let level): "caution-\(level.name)"
            case .supervision(let level): "supervision-\(level.name)"
            case .reportDue: "report"
            }
        }
    }

    /// Every running clock with the instant at which it next acts, earliest first.
    public var clocks: [(step: Step, at: Timestamp)] {
        guard closedAt == nil else { return [] }
        var found: [(step: Step, at: Timestamp)] = []
        for level in Level.warnings {
            guard let issue = issues[level], issue.isRunning else { continue }
            found.append((.caution(level), issue.nextCaution(rules.clocks[level])))
            if !issue.supervisionOrdered {
                found.append((.supervision(level), issue.supervisionDue(rules.clocks[level])))
            }
        }
        if isReportAwaited, let reportDueAt { found.append((.reportDue, reportDueAt)) }
        return found.sorted { $0.at < $1.at }
    }

    public var nextStep: Step? { clocks.first?.step }

    /// The clock that a list shows: the next step of the current level; older levels' clocks stand on the case's page.
    public var shownClock: (step: Step, at: Timestamp)? {
        let own = clocks.first { clock in
            switch clock.step {
            case .caution(let level), .supervision(let level): level == self.level
            case .reportDue: true
            }
        }
        return own ?? clocks.first
    }
}
