/// Why a filing is not taken, or not changed.
public enum FilingRefusal: Error, Hashable, Sendable {
    case blankReason
    case blankMeasures
    case nothingCovered
    case wholeAndParts
    case onlyCameras
    case camerasMissing
    case endBeforeStart
    case alreadyOver
    case tooLong(days: Int64)
    case tooShortForLongStop(days: Int64)
    case foundAtMissing
    case foundInFuture
    case notWaiting
    case notRunning
    case blankNote
    case extensionWaiting
    case noExtension
    case notLonger

    public var reason: String {
        switch self {
        case .blankReason: "请填写原因"
        case .blankMeasures: "请写明期间怎么监护:谁看、多久看一次、出了事怎么知道"
        case .nothingCovered: "请选报备的范围:整个企业,或具体的危险源、点位、视频"
        case .wholeAndParts: "选了整个企业就不用再选部分"
        case .onlyCameras: "视频停用只能选视频"
        case .camerasMissing: "请选哪几路视频"
        case .endBeforeStart: "结束时间不晚于开始时间"
        case .alreadyOver: "报备的时间已经过去;事后补报从提交时起才有效"
        case .tooLong(let days): "时间过长,最长 \(days) 天"
        case .tooShortForLongStop(let days): "长期停产至少连续 \(days) 天,短的请选计划停产"
        case .foundAtMissing: "请填写发现损坏的时间"
        case .foundInFuture: "发现损坏的时间晚于现在"
        case .notWaiting: "这份报备已经有了决定"
        case .notRunning: "这份报备没有在执行"
        case .blankNote: "退回要写理由"
        case .extensionWaiting: "已有一份延期在等确认"
        case .noExtension: "没有延期在等确认"
        case .notLonger: "新的结束时间不晚于原来的"
        }
    }
}
