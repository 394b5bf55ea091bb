public import Domain
public import Kernel

/// What a server of the pages needs to know. Nothing is read from the environment here: the command does that.
public struct WebConfiguration: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    /// Folder of third-party browser files and boundaries; the pages work without it.
    public var assets = "assets"
    /// Marks every page as demonstration data.
    public var isDemonstration = false
    /// Above 1 time runs faster than it does: every page says so.
    public var clockRate: Int64 = 1
    /// The clock was set for a demonstration: every page says so.
    public var isClockShifted = false
    /// A session without a click ends after this; a duty desk's stays alive by its event stream.
    public var idleAfter = Interval.minutes(15)
    public var sessionLifetimeMax = Interval.hours(24)
    public var failuresMax = 5
    public var lockedFor = Interval.minutes(30)
    /// Sign-ins from one address, right ones and wrong ones. An office behind one address signs in together at eight.
    /// [本项目约定]
    public var signInLimit = RateLimit(30, within: .minutes(1))
    /// Requests with one token, and wrong tokens from one address. [本项目约定]
    public var apiLimit = RateLimit(1_200, within: .minutes(1))
    public var heartbeatEvery = Interval.seconds(5)
    /// Cookies are marked `Secure` where TLS ends in front of us.
    public var hasSecureCookies = false
    /// 审图号, printed under every map; the operator's own.
    public var mapApproval = "由使用单位填写"
    public var now: @Sendable () -> Timestamp

    public init(now: @escaping @Sendable () -> Timestamp) { self.now = now }
}
