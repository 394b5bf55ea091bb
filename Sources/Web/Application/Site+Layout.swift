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
        let rail = officer.map { Section.rail(for: $0.role) } ?? []
        let entries = rail.map { entry in
            Layout.Entry(
                title: entry.title, address: entry.address, icon: entry.icon, isCurrent: entry == section, work: nil,
                section: entry)
        }
        return Layout(
            title: title, theme: theme.rawValue, bodyClass: bodyClass, brand: officer?.organization ?? "烽燧",
            home: officer?.home ?? "/", isDemonstration: configuration.isDemonstration, officerName: officer?.name,
            roleWord: officer.map { Wording.account($0.role) } ?? "", rail: entries,
            tabs: entries, now: now.milliseconds, rate: configuration.clockRate,
            rateNote: configuration.clockRate > 1 ? "演练：时间快 \(configuration.clockRate) 倍" : nil,
            clockLong: Wording.long(now), stream: officer != nil && hasStream ? "/events" : nil,
            refreshSeconds: 30, csrf: officer?.csrf ?? "",
            version: templates.version, hasCharts: hasCharts, done: nil)
    }
}
