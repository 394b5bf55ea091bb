import Domain
import Kernel

extension Site {
    func layout(
        title: String, frame: Layout.Frame, theme: Layout.Theme, officer: Officer?, section: Section?, hasStream: Bool
    ) -> Layout {
        let now = now
        let bodyClass: String? =
            switch frame {
            case .shell, .bare: nil
            case .desk: "desk"
            case .phone: "phonepage"
            case .wall: "wallpage"
            }
        let groups = officer.map { Section.rail(for: $0.role) } ?? []
        let group = section.flatMap { section in groups.first { $0.contains(section) } } ?? []
        let entries = groups.compactMap { group in
            group.first.map { Layout.Entry($0, title: $0.groupTitle, isCurrent: section.map(group.contains) ?? false) }
        }
        let tabs = group.count > 1 ? group.map { Layout.Entry($0, title: $0.title, isCurrent: $0 == section) } : []
        return Layout(
            title: title, theme: theme.rawValue, bodyClass: bodyClass, brand: officer?.organization ?? "烽燧",
            home: officer?.home ?? "/", isDemonstration: configuration.isDemonstration, officerName: officer?.name,
            roleWord: officer.map { Wording.account($0.role) } ?? "", rail: entries,
            groups: groups, tabs: frame == .phone ? entries : tabs, hasTabs: frame == .shell && !tabs.isEmpty,
            unread: nil, now: now.milliseconds, rate: configuration.clockRate,
            rateNote: configuration.clockRate > 1
                ? "演练：时间快 \(configuration.clockRate) 倍" : configuration.isClockShifted ? "演示：时钟不是真实时间" : nil,
            clockLong: Wording.long(now), stream: officer != nil && hasStream ? "/events" : nil,
            refreshSeconds: 30, csrf: officer?.csrf ?? "",
            version: templates.version, hasCharts: hasCharts, done: nil)
    }
}
