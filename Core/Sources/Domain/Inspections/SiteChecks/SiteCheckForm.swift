public import Kernel

/// The four things that a site check looks at; none may be left out (patrol measures Art. 4, XC-06).
public enum SiteCheckBlock: String, CaseIterable, Hashable, Sendable {
    case application, riskControl, process, management

    public var label: String {
        switch self {
        case .application: "系统应用"
        case .riskControl: "重大危险源风险管控"
        case .process: "重点监管工艺装置运行"
        case .management: "企业安全管理"
        }
    }
}

/// 现场核查单 as filled in on the spot.
public struct SiteCheckForm: Hashable, Sendable {
    public var blocks: [SiteCheckBlock: String]
    public var conclusion: String
    public var checkers: String
    /// When they were there.
    public var checkedAt: Timestamp
    /// Photos, by the ids of their files.
    public var photos: [String]

    public init(
        blocks: [SiteCheckBlock: String], conclusion: String, checkers: String, checkedAt: Timestamp, photos: [String]
    ) {
        self.blocks = blocks
        self.conclusion = conclusion
        self.checkers = checkers
        self.checkedAt = checkedAt
        self.photos = photos
    }

    public enum Refusal: Error, Hashable, Sendable {
        case blockMissing(SiteCheckBlock)
        case checkersMissing
        case conclusionMissing
        case photosMissing
        case inFuture

        public var reason: String {
            switch self {
            case .blockMissing(let block): "“\(block.label)”没有填,四项缺一不可"
            case .checkersMissing: "请填写核查人"
            case .conclusionMissing: "请填写核查结论"
            case .photosMissing: "请附上现场照片"
            case .inFuture: "核查时间不能晚于现在"
            }
        }
    }

    /// All four blocks, the conclusion, photos and who checked.
    public func check(at now: Timestamp) throws(Refusal) {
        for block in SiteCheckBlock.allCases where !Problem.isWritten(blocks[block] ?? "") {
            throw .blockMissing(block)
        }
        guard Problem.isWritten(conclusion) else { throw .conclusionMissing }
        guard Problem.isWritten(checkers) else { throw .checkersMissing }
        guard !photos.isEmpty else { throw .photosMissing }
        guard checkedAt <= now else { throw .inFuture }
    }

    /// The limit for feeding back. [本项目约定]
    public static let feedbackWithin = Interval.hours(24)
}
