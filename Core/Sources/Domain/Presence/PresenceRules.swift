public import Kernel

/// When something counts as offline, offline for long, or unstable. All numbers are this project's convention
/// (domain §4.4, §8, §9; QY-02).
public struct PresenceRules: Hashable, Sendable {
    /// 长期离线 (JC-14).
    public var longOffline = Interval.hours(72)
    /// 不稳定: so many times offline in a month (QY-02).
    public var unstableTimes = 10
    /// Cameras: no `video` message within three heartbeats of 60 s.
    public var cameraSilence = Interval.seconds(180)

    public init() {}

    public static let standard = PresenceRules()

    public func isLong(since: Timestamp, at now: Timestamp) -> Bool { now - since >= longOffline }

    public func isUnstable(times: Int) -> Bool { times >= unstableTimes }
}
