/// The frame around a page: header, rail, stream.
struct Layout: Sendable {
    enum Theme: String, Sendable { case dark, light }
    /// Which skeleton of the design system: desk page, phone, wall, or nothing but the content.
    enum Frame: Sendable { case shell, desk, phone, wall, bare }

    struct Entry: Sendable {
        var title: String
        var address: String
        var icon: String
        var isCurrent: Bool
        /// Work to do; nil shows none.
        var work: Int?
        var section: Section
    }

    var title: String
    var theme: String
    var bodyClass: String?
    var brand: String
    var home: String
    var isDemonstration: Bool
    var officerName: String?
    var roleWord: String
    var rail: [Entry]
    var tabs: [Entry]
    var now: Int64
    var rate: Int64
    /// 演练：时间快 20 倍
    var rateNote: String?
    var clockLong: String
    var stream: String?
    var refreshSeconds: Int
    var csrf: String
    var version: String
    var hasCharts: Bool
    /// Which draft was sent and may be forgotten by the browser.
    var done: String?

    mutating func mark(_ work: [Section: Int]) {
        for index in rail.indices {
            let count = work[rail[index].section] ?? 0
            rail[index].work = count > 0 ? count : nil
        }
        tabs = rail
    }
}
