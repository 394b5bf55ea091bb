/// 抽查内容 (patrol measures Art. 12, XC-28): five that nobody may leave out. A locality may add others; none of these
/// goes.
public enum SpotCheckContent: String, CaseIterable, Hashable, Sendable {
    case online, anomalies, watch, commitment, responsibility

    public var title: String {
        switch self {
        case .online: "系统及视频在线和完好"
        case .anomalies: "异常处置"
        case .watch: "值班值守"
        case .commitment: "安全承诺"
        case .responsibility: "包保责任落实"
        }
    }

    /// Which columns of the appendix show it (domain §10.8).
    public var columns: String {
        switch self {
        case .online: "第 8、9 列"
        case .anomalies: "第 7、12 列"
        case .watch: "第 10 列"
        case .commitment: "第 6 列"
        case .responsibility: "第 12 列"
        }
    }

    public enum Verdict: String, CaseIterable, Hashable, Sendable {
        case sound, problem

        public var title: String {
            switch self {
            case .sound: "正常"
            case .problem: "有问题"
            }
        }
    }
}
