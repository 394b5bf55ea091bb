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

        init(_ section: Section, title: String, isCurrent: Bool) {
            self.title = title
            self.section = section
            self.isCurrent = isCurrent
            address = section.address
            icon = section.icon
        }
    }

    struct Link: Sendable {
        var title: String
        var address: String
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
    var groups: [[Section]]
    /// Of the phone: the bar at its foot. Elsewhere: the parts of the rail's current entry.
    var tabs: [Entry]
    var hasTabs: Bool
    /// Messages not read, in the header.
    var unread: Int?
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
    /// The page's list as files.
    var downloads: [Link] = []
    var hasDownloads = false
    /// Which draft was sent and may be forgotten by the browser.
    var done: String?

    /// Writes what waits beside the entries: a group shows the sum of its parts.
    mutating func mark(_ work: [Section: Int]) {
        func count(_ sections: [Section]) -> Int? {
            let sum = sections.reduce(0) { $0 + (work[$1] ?? 0) }
            return sum > 0 ? sum : nil
        }
        for (index, group) in zip(rail.indices, groups) { rail[index].work = count(group) }
        for index in tabs.indices { tabs[index].work = count([tabs[index].section]) }
        unread = count([.inbox])
    }
}
