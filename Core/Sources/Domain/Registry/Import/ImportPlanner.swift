import Kernel

/// Works through the lines of one file, holding each against the register and the lines before it.
struct ImportPlanner {
    typealias Line = ImportTable.Line

    let columns: Set<Field>
    var index: RegistryIndex
    var ids: IdentifierSource
    let now: Timestamp
    private(set) var changes: [ImportPlan.Change] = []
    private(set) var issues: [ImportIssue] = []
    /// Rows by what they write, to name the other row of a double.
    private var rowByCode: [String: Int] = [:]
    private var lastNumber: [String: Int] = [:]

    init(columns: Set<Field>, index: RegistryIndex, ids: IdentifierSource, now: Timestamp) {
        self.columns = columns
        self.index = index
        self.ids = ids
        self.now = now
    }

    mutating func refuse(_ line: Line, _ field: Field, _ text: String) {
        issues.append(ImportIssue(row: line.row, field: field, text: text))
    }

    /// Notes the violations; true where none of them refuses.
    mutating func note(_ violations: [Violation], at row: Int) -> Bool {
        for violation in violations {
            issues.append(
                ImportIssue(row: row, field: violation.field, text: violation.text, weight: violation.weight))
        }
        return !violations.isRefused
    }

    mutating func write(_ entry: ImportPlan.Entry, isNew: Bool, row: Int) {
        changes.append(ImportPlan.Change(row: row, isNew: isNew, entry: entry))
    }

    /// True where no earlier row has that code.
    mutating func isFirst(_ code: String, _ field: Field, _ line: Line) -> Bool {
        if let other = rowByCode[code] {
            refuse(line, field, "“\(code)”与第 \(other) 行重复")
            return false
        }
        rowByCode[code] = line.row
        return true
    }

    /// The next free code with that beginning. Our convention where the authorities have given none (domain §5.2).
    mutating func freeCode(_ prefix: String, digits: Int, isTaken: (String) -> Bool) -> String {
        var number = lastNumber[prefix, default: 0]
        while true {
            number += 1
            let text = String(number)
            let code = prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
            if !isTaken(code), rowByCode[code] == nil {
                lastNumber[prefix] = number
                return code
            }
        }
    }

    // MARK: cells

    /// The cell as it is now, or as it was where the file has no such column.
    func kept(_ line: Line, _ field: Field, _ old: String?) -> String? {
        columns.contains(field) ? line.text(field) : old
    }

    mutating func required(_ line: Line, _ field: Field) -> String? {
        if let text = line.text(field) { return text }
        refuse(line, field, "没有填")
        return nil
    }

    /// nil and a refusal where it is not a number; nil alone where it is empty.
    mutating func number(_ line: Line, _ field: Field, isRequired: Bool = false) -> Double? {
        guard let text = isRequired ? required(line, field) : line.text(field) else { return nil }
        let plain = text.unicodeScalars.map { scalar -> Character in
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            return Character(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        let isDecimal = plain.allSatisfy { "0123456789.+-eE".contains($0) }
        guard isDecimal, let value = Double(String(plain)), value.isFinite else {
            refuse(line, field, "“\(text)”不是一个数")
            return nil
        }
        return value
    }

    mutating func keptNumber(_ line: Line, _ field: Field, _ old: Double?) -> Double? {
        columns.contains(field) ? number(line, field) : old
    }

    mutating func flag(_ line: Line, _ field: Field, _ old: Bool) -> Bool {
        guard columns.contains(field), let text = line.text(field) else { return old }
        switch text.foldedForComparison {
        case "是", "1", "true", "yes", "y", "在用", "√": return true
        case "否", "0", "false", "no", "n", "停用", "×": return false
        default:
            refuse(line, field, "“\(text)”应为 是 或 否")
            return old
        }
    }

    /// `2026-03-02`, `2026/3/2`, `2026-03-02 10:00:00`.
    mutating func instant(_ line: Line, _ field: Field) -> Timestamp? {
        guard let text = line.text(field) else { return nil }
        if let instant = ChinaTime.parseDateTime(text) ?? ChinaTime.parseRFC3339(text) { return instant }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }.map { Int($0) }
        if parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            let found = Day(year: year, month: month, day: day)
        {
            return found.start
        }
        refuse(line, field, "“\(text)”不是日期,应为 2026-03-02 或 2026-03-02 08:00:00")
        return nil
    }

    // MARK: references, by code or by name

    mutating func authority(_ text: String, _ line: Line, _ field: Field) -> AuthorityID? {
        if let found = index.authorities[AuthorityID(text)] ?? index.authority(named: text) { return found.id }
        refuse(line, field, "没有登记过“\(text)”")
        return nil
    }

    mutating func enterprise(_ line: Line) -> EnterpriseID? {
        guard let text = required(line, .enterprise) else { return nil }
        if let found = index.enterprises[EnterpriseID(text)] ?? index.enterprise(named: text) { return found.id }
        refuse(line, .enterprise, "没有登记过“\(text)”")
        return nil
    }

    mutating func hazard(_ text: String, of enterprise: EnterpriseID, _ line: Line) -> HazardID? {
        if let found = index.hazards[HazardID(text)], found.enterprise == enterprise { return found.id }
        if let found = index.hazard(named: text, of: enterprise) { return found.id }
        refuse(line, .hazard, "本企业没有危险源“\(text)”")
        return nil
    }

    mutating func equipment(_ text: String, of enterprise: EnterpriseID, _ line: Line) -> EquipmentID? {
        if let found = index.equipment[EquipmentID(text)], found.enterprise == enterprise { return found.id }
        if let found = index.equipment(named: text, of: enterprise) { return found.id }
        refuse(line, .equipment, "本企业没有设备“\(text)”")
        return nil
    }
}
