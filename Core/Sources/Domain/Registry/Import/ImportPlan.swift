public import Kernel

/// One line for one bad cell: `第 12 行「高报」:9.5 不小于高高报 9`.
public struct ImportIssue: Hashable, Sendable {
    public var row: Int
    public var field: Field?
    public var text: String
    public var weight: Violation.Weight

    init(row: Int, field: Field? = nil, text: String, weight: Violation.Weight = .refusal) {
        self.row = row
        self.field = field
        self.text = text
        self.weight = weight
    }

    public var line: String { "第 \(row) 行\(field.map { "「\($0.label)」" } ?? ""):\(text)" }
}

/// What an import would do. It is applied whole, or – with a single refusal – not at all.
public struct ImportPlan: Sendable {
    public enum Entry: Hashable, Sendable {
        case authority(Authority)
        case enterprise(Enterprise)
        case hazard(Hazard)
        case equipment(Equipment)
        case point(MonitoringPoint)
        case person(Person)
        case appointment(Appointment)
    }

    public struct Appointment: Hashable, Sendable {
        public var hazard: HazardID
        public var role: ResponsibleRole
        public var person: PersonID
        public var from: Timestamp

        public init(hazard: HazardID, role: ResponsibleRole, person: PersonID, from: Timestamp) {
            self.hazard = hazard
            self.role = role
            self.person = person
            self.from = from
        }
    }

    public struct Change: Hashable, Sendable {
        public var row: Int
        public var isNew: Bool
        public var entry: Entry
    }

    public let kind: ImportKind
    /// Rows with content, without the header.
    public let rowCount: Int
    /// In the order in which they have to be written.
    public let changes: [Change]
    /// In order of rows.
    public let issues: [ImportIssue]

    public var refusals: [ImportIssue] { issues.filter { $0.weight == .refusal } }
    public var cautions: [ImportIssue] { issues.filter { $0.weight == .caution } }
    public var isApplicable: Bool { refusals.isEmpty }
    public var newCount: Int { changes.count { $0.isNew } }
    public var updatedCount: Int { changes.count - newCount }

    /// Reads a file and holds it against the register. Changes nothing.
    public static func make(
        _ kind: ImportKind, file: [UInt8], index: RegistryIndex, ids: inout IdentifierSource, now: Timestamp
    ) -> ImportPlan {
        let table = ImportTable(file, kind: kind)
        var planner = ImportPlanner(columns: table.columns, index: index, ids: ids, now: now)
        if !table.issues.contains(where: { $0.weight == .refusal && $0.row == 1 }) {
            switch kind {
            case .authorities: planner.planAuthorities(table.lines)
            case .enterprises: for line in table.lines { planner.planEnterprise(line) }
            case .hazards: planner.planHazards(table.lines)
            case .equipment: for line in table.lines { planner.planEquipment(line) }
            case .points: for line in table.lines { planner.planPoint(line) }
            case .people: for line in table.lines { planner.planPerson(line) }
            case .responsible: for line in table.lines { planner.planResponsible(line) }
            }
        }
        ids = planner.ids
        let issues = (table.issues + planner.issues).enumerated()
            .sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(\.element)
        return ImportPlan(kind: kind, rowCount: table.lines.count, changes: planner.changes, issues: issues)
    }
}
