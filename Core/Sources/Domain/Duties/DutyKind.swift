/// What a responsible person has to do again and again (应急厅〔2021〕12号, domain §2). The frequencies that the notice
/// does not fix are 本项目约定.
public enum DutyKind: String, CaseIterable, Hashable, Sendable {
    /// 督促检查 of the principal.
    case supervision
    /// 针对性隐患排查 of the technical person, each quarter.
    case quarterly
    /// The same before holidays, major events and key periods.
    case holiday
    /// 隐患排查 of the operations person, each week.
    case weekly
    /// 特殊作业监督 of the operations person, on days for which special work was declared.
    case specialWork

    public var role: ResponsibleRole {
        switch self {
        case .supervision: .principal
        case .quarterly, .holiday: .technical
        case .weekly, .specialWork: .operations
        }
    }

    public var label: String {
        switch self {
        case .supervision: "督促检查"
        case .quarterly: "季度隐患排查"
        case .holiday: "节前隐患排查"
        case .weekly: "每周隐患排查"
        case .specialWork: "特殊作业监督"
        }
    }

    /// What the record answers, one by one.
    public var items: [DutyItem] {
        switch self {
        case .supervision: [.dutiesDone, .warningsHandled, .systemRunning, .resources, .emergencyPlan]
        case .quarterly, .holiday:
            [.systemRunning, .detectorsGood, .inspectionsCurrent, .interlocksInUse, .changesReviewed, .structureSound]
        case .weekly: [.warningsHandled, .detectorsGood, .procedureFollowed, .noLeak, .emergencyGear]
        case .specialWork: [.permitComplete, .gasTested, .guardPresent, .isolationDone, .siteCleared]
        }
    }
}

/// One line of a duty's record.
public enum DutyItem: String, CaseIterable, Hashable, Sendable {
    case dutiesDone, warningsHandled, systemRunning, resources, emergencyPlan
    case detectorsGood, inspectionsCurrent, interlocksInUse, changesReviewed, structureSound
    case procedureFollowed, noLeak, emergencyGear
    case permitComplete, gasTested, guardPresent, isolationDone, siteCleared

    public var label: String {
        switch self {
        case .dutiesDone: "技术负责人、操作负责人按期履职"
        case .warningsHandled: "预警系统的警示信息已及时处置"
        case .systemRunning: "监测预警系统运行正常,数据在线"
        case .resources: "安全投入、培训落实"
        case .emergencyPlan: "应急预案、演练落实"
        case .detectorsGood: "可燃、有毒气体报警器和监测仪表完好"
        case .inspectionsCurrent: "安全设施、特种设备检测检验在有效期内"
        case .interlocksInUse: "联锁、紧急切断投用,无擅自摘除"
        case .changesReviewed: "变更、外来施工经过审查"
        case .structureSound: "储罐、管道、围堰本体完好"
        case .procedureFollowed: "岗位按操作规程操作"
        case .noLeak: "现场无跑冒滴漏"
        case .emergencyGear: "消防、应急器材完好"
        case .permitComplete: "作业票审批齐全,在有效期内"
        case .gasTested: "动火、受限空间气体分析合格"
        case .guardPresent: "监护人在岗"
        case .isolationDone: "能量隔离、盲板落实"
        case .siteCleared: "作业后清场,无余火"
        }
    }
}

public enum DutyAnswer: String, CaseIterable, Hashable, Sendable {
    case good, problem, notApplicable

    public var label: String {
        switch self {
        case .good: "正常"
        case .problem: "有问题"
        case .notApplicable: "不涉及"
        }
    }
}
