import Kernel

extension QualityFinding.Event {
    /// The kind in the log and in the finding's history.
    public var kind: String {
        switch self {
        case .assigned: "assigned"
        case .advised: "advised"
        case .rectified: "rectified"
        case .passed: "passed"
        case .failed: "failed"
        case .dismissed: "dismissed"
        case .reopened: "reopened"
        case .supervised: "supervised"
        case .vanished: "vanished"
        }
    }

    /// What somebody wrote.
    public var text: String {
        switch self {
        case .assigned(_, let text), .advised(let text), .rectified(let text), .passed(let text),
            .failed(let text, _), .dismissed(let text), .reopened(let text, _), .supervised(let text):
            text
        case .vanished: "系统复测,问题已不存在"
        }
    }

    public static func label(ofKind kind: String) -> String {
        switch kind {
        case "found": "发现"
        case "seenAgain": "再次发现"
        case "assigned": "交办"
        case "advised": "意见"
        case "rectified": "整改"
        case "passed": "复核通过"
        case "failed": "复核退回"
        case "dismissed": "认定误判"
        case "reopened": "重新打开"
        case "supervised": "转为督办问题"
        case "vanished": "系统复测闭环"
        case "overdue": "逾期"
        default: kind
        }
    }
}
