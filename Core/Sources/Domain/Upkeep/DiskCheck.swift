public import Kernel

/// Watches how full the disk of the database is: a full disk stops the taking of readings, so it is told long before.
/// A value: the readings come from outside. [本项目约定: the limits]
public struct DiskCheck: Sendable {
    public enum Finding: Hashable, Sendable {
        /// At the pace of the last days it is full within two weeks.
        case filling(daysLeft: Int)
        /// Less than a fifth is free, and less than 20 GB.
        case low(freePercent: Int)
        /// Less than a twentieth, or half a gigabyte, is free.
        case critical(freePercent: Int)

        public var text: String {
            switch self {
            case .filling(let days): "按最近的增长,数据盘约 \(days) 天后写满"
            case .low(let percent): "数据盘只剩 \(percent)% 空闲,请清理或扩容"
            case .critical(let percent): "数据盘只剩 \(percent)% 空闲,写满后读数和报警都收不进来,请立即处理"
            }
        }
    }

    public static let lowFreeShare = 0.20
    public static let lowFreeBytes: Int64 = 20 * 1_024 * 1_024 * 1_024
    public static let criticalFreeShare = 0.05
    public static let criticalFreeBytes: Int64 = 512 * 1_024 * 1_024
    public static let daysLeftMin = 14
    /// A pace is told from this much time, not from a burst.
    public static let paceMin = Interval.hours(6)
    private static let samplesMax = 64

    private struct Sample: Hashable, Sendable {
        var at: Timestamp
        var free: Int64
    }

    /// An hour apart at the least, the oldest first.
    private var samples: [Sample] = []

    public init() {}

    /// - Parameters:
    ///   - free: bytes that may still be written.
    ///   - total: bytes of the whole disk.
    public mutating func look(free: Int64, total: Int64, at now: Timestamp) -> Finding? {
        guard total > 0 else { return nil }
        if let last = samples.last, free > last.free + total / 100 { samples = [] }
        if samples.last.map({ now - $0.at >= .hours(1) }) ?? true {
            samples.append(Sample(at: now, free: free))
            if samples.count > Self.samplesMax { samples.removeFirst() }
        }
        let share = Double(free) / Double(total)
        let percent = Int((share * 100).rounded(.down))
        if share < Self.criticalFreeShare || free < Self.criticalFreeBytes { return .critical(freePercent: percent) }
        if share < Self.lowFreeShare, free < Self.lowFreeBytes { return .low(freePercent: percent) }
        guard let days = daysLeft(free: free, at: now), days < Self.daysLeftMin else { return nil }
        return .filling(daysLeft: days)
    }

    private func daysLeft(free: Int64, at now: Timestamp) -> Int? {
        guard let first = samples.first, now - first.at >= Self.paceMin, free < first.free else { return nil }
        let used = Double(first.free - free)
        let days = Double((now - first.at).milliseconds) / Double(Interval.days(1).milliseconds)
        return Int((Double(free) / (used / days)).rounded(.down))
    }
}
