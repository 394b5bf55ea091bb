/// What an office has decided about its bulletins; everything has a default. [本项目约定]
public struct BulletinSettings: Hashable, Sendable {
    /// 机关代字 without the kind: `晋市应急危化`.
    public var code: String
    /// 印发机关.
    public var printer: String
    /// 抄送, as printed.
    public var copies: [String]
    /// 业务监管科室: told at the same instant (JC-03).
    public var section: String
    /// A county's monthly, quarterly and yearly bulletins (TB-09).
    public var hasLongPeriods: Bool

    public init(
        code: String, printer: String, copies: [String] = [], section: String = "危化科", hasLongPeriods: Bool = false
    ) {
        self.code = code
        self.printer = printer
        self.copies = copies
        self.section = section
        self.hasLongPeriods = hasLongPeriods
    }

    /// Until an office has settled them.
    public static func standard(office: String) -> BulletinSettings {
        BulletinSettings(code: office, printer: office + "办公室")
    }
}
