public import Kernel

/// Watches the machine's wall clock against its steady one: deadlines of the law hang on it. A value: the readings come
/// from outside. [本项目约定: the limits]
public struct ClockCheck: Sendable {
    /// A single correction below this is an ordinary one.
    public static let stepMin = Interval.seconds(2)
    /// Slow departures since the start are a drift from here on.
    public static let driftMin = Interval.seconds(30)

    public enum Finding: Hashable, Sendable {
        /// The wall clock jumped between two looks; negative means backwards.
        case step(Interval)
        /// It has gone so far from the steady clock since the watch began, without a jump.
        case drift(Interval)

        public var text: String {
            switch self {
            case .step(let size):
                size < .zero
                    ? "系统时钟倒拨了 \(Self.words(.zero - size)):平台的时间不回头,时限照常走"
                    : "系统时钟向前跳了 \(Self.words(size)):其间到期的时限已补办并记为延迟"
            case .drift(let size):
                "系统时钟自启动以来\(size < .zero ? "慢" : "快")了 \(Self.words(size < .zero ? .zero - size : size)),请检查授时"
            }
        }

        private static func words(_ size: Interval) -> String {
            let seconds = size.milliseconds / 1_000
            return seconds < 120 ? "\(seconds) 秒" : "\(seconds / 60) 分 \(seconds % 60) 秒"
        }
    }

    private var wall: Timestamp
    private var steady: Interval
    /// Departures that were no jumps, summed up.
    private var drifted = Interval.zero
    private var isDriftTold = false

    public init(wall: Timestamp, steady: Interval) {
        self.wall = wall
        self.steady = steady
    }

    /// What the next pair of readings shows. A jump is told once, a drift once each time it grows beyond its limit.
    public mutating func look(wall: Timestamp, steady: Interval) -> Finding? {
        let difference = (wall - self.wall) - (steady - self.steady)
        self.wall = wall
        self.steady = steady
        if difference >= Self.stepMin || difference <= .zero - Self.stepMin { return .step(difference) }
        drifted = drifted + difference
        guard drifted >= Self.driftMin || drifted <= .zero - Self.driftMin else {
            isDriftTold = false
            return nil
        }
        guard !isDriftTold else { return nil }
        isDriftTold = true
        return .drift(drifted)
    }
}
