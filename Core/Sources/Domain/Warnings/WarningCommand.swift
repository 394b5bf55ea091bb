public import Kernel

/// What is asked of a warning.
public enum WarningCommand: Hashable, Sendable {
    /// The source's level is now this. `openAlarms`: every open alarm of the source, linked on a raise or a rebound.
    case setLevel(Level, openAlarms: [AlarmID], cause: JSON)
    case alarmOpened(AlarmID)
    case alarmCleared(AlarmID)
    /// Act on every deadline up to and including now.
    case elapse
    /// After an outage: one late caution a clock for those due before now, and every missed supervision (T8).
    case recover
    case acknowledge(by: PersonID, note: String)
    case progress(by: String, text: String)
    case report(by: String, result: String, cause: String, measures: String)
    case returnReport(by: String, note: String)
    case approveReport(by: String)
    case feedBack(by: AuthorityID, text: String)
    case annotate(by: String, text: String)
}

/// Why a command is refused. Refusals are users' mistakes or lost races, never bugs.
public enum WarningRefusal: String, Error, Hashable, Sendable, CaseIterable {
    case isClosed
    case notResponsible
    case notYetClear
    case alreadyReported
    case incompleteReport
    case nothingToDecide
    case noSupervisionToAnswer
    case emptyText

    /// For pages and drills.
    public var text: String {
        switch self {
        case .isClosed: "该预警已闭环,不能再操作"
        case .notResponsible: "不是该重大危险源的包保责任人,不能确认(《处置》第八条)"
        case .notYetClear: "尚未消警,不能上报处置结果(《处置》第九条)"
        case .alreadyReported: "处置结果已上报,不需要重复上报"
        case .incompleteReport: "处置结果、原因分析、整改措施三项都必须填写(《处置》第九条)"
        case .nothingToDecide: "没有待审核的处置上报"
        case .noSupervisionToAnswer: "没有待本单位反馈的现场核查督办"
        case .emptyText: "内容不能为空"
        }
    }
}
