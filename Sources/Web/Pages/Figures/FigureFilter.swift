import Domain
import Kernel
import Storage

/// Which figures a page shows: the days, and the unit or office. All of it stands in the address.
struct FigureFilter: Sendable {
    var from: Day
    var to: Day
    /// The digits of a division, or an enterprise's id; nil: the whole jurisdiction.
    var unit: String?
    /// An office: enterprises it regulates, and what was ordered of it.
    var office: AuthorityID?
    /// counted, missing, all
    var part: String

    static let daysMax: Int32 = 370

    /// Today where nothing is said; never more than a year.
    init(_ query: Form, now: Timestamp) {
        let today = Day(now)
        let to = query.value("to").flatMap(ChinaTime.parseDate) ?? today
        let from = query.value("from").flatMap(ChinaTime.parseDate) ?? to
        self.to = max(to, from)
        self.from = max(min(from, to), Day(number: self.to.number - Self.daysMax))
        unit = query.value("unit")
        office = query.value("office").map { AuthorityID($0) }
        part = ["counted", "missing"].contains(query["part"]) ? query["part"] : "all"
    }

    func window(now: Timestamp) -> FigureWindow { FigureWindow(from, through: to, now: now) }

    /// The rows of the chosen unit and office.
    func chosen(_ rows: [FigureRow], records: [EnterpriseID: EnterpriseRecord]) -> [FigureRow] {
        guard unit != nil || office != nil else { return rows }
        return rows.filter { row in
            let record = records[row.enterprise]
            if let unit {
                let isIn = record.map { $0.id.rawValue == unit || $0.region.hasPrefix(unit) } ?? false
                if !isIn { return false }
            }
            if let office {
                if case .supervision = row.subject { return row.authority == office }
                return row.authority == office || record?.regulator == office
            }
            return true
        }
    }

    func address(_ path: String, part: String? = nil, unit: String? = nil) -> String {
        var parts = ["from=\(ChinaTime.date(from))", "to=\(ChinaTime.date(to))"]
        if let unit = unit ?? self.unit { parts.append("unit=" + Form.encode(unit)) }
        if let office { parts.append("office=" + Form.encode(office.rawValue)) }
        if let part { parts.append("part=" + part) }
        return path + "?" + parts.joined(separator: "&")
    }

    static func shown(_ value: Int64, _ kind: FigureKind) -> String {
        switch kind.measure {
        case .enterpriseTime, .cameraTime:
            let tenths = (value + 180_000) / 360_000
            return "\(tenths / 10).\(tenths % 10)"
        case .enterprises, .points, .cameras, .alarms, .warnings, .supervisions, .duties, .regions, .checks,
            .problems:
            return String(value)
        }
    }

    static func measure(_ kind: FigureKind) -> String {
        switch kind.measure {
        case .enterprises: "家次"
        case .points: "点"
        case .cameras: "路"
        case .enterpriseTime: "企业·小时"
        case .cameraTime: "路·小时"
        case .alarms, .warnings: "次"
        case .supervisions: "件"
        case .duties, .problems: "项"
        case .regions: "次"
        case .checks: "家次"
        }
    }
}
