public import Domain
import Kernel
public import Storage

/// What an administrator may choose for spot checks.
public enum SpotCheckSettings {
    static let graceKey = "spotCheck.lateGrace"

    /// A20, off unless switched on: the law knows no grace.
    public static func grace(in session: inout Session) throws(StorageError) -> LateGrace {
        try SettingStore.text(graceKey, in: &session).flatMap(LateGrace.init(rawValue:)) ?? .off
    }

    public static func setGrace(
        _ grace: LateGrace, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(SpotCheckFailure) {
        guard editor.role == .admin else { throw .forbidden("这项设置由管理员决定") }
        try SpotCheckFailure.storing { () throws(StorageError) in
            let before = try Self.grace(in: &session)
            guard before != grace else { return }
            try SettingStore.set(graceKey, grace.rawValue, at: context.now, in: &session)
            try context.log(
                stream: "check", "settings", "lateGrace",
                ["before": .string(before.rawValue), "after": .string(grace.rawValue)], in: &session)
        }
    }
}

enum EnterpriseName {
    static func find(_ id: EnterpriseID, in session: inout Session) throws(StorageError) -> String {
        try session.first("SELECT name FROM enterprise WHERE id = \(id)") { row throws(StorageError) in
            row.next() as String
        } ?? id.rawValue
    }
}

/// Special periods multiply the number of checks (Art. 6, XC-11).
enum SpecialPeriodQuery {
    struct Factor {
        var times: Int
        var reason: String?
    }

    /// By the holiday calendar and the periods of the office and those above it.
    static func factor(
        on day: Day, offices: [CheckOffice], in session: inout Session
    ) throws(StorageError) -> [AuthorityID: Factor] {
        let calendar = try SpecialPeriodStore.calendar(in: &session)
        let parents = Dictionary(
            try session.rows("SELECT id, parent_id FROM authority") { row throws(StorageError) in
                (row.next() as AuthorityID, row.next() as AuthorityID?)
            }, uniquingKeysWith: { first, _ in first })
        var factors: [AuthorityID: Factor] = [:]
        for office in offices {
            var lineage: [AuthorityID] = []
            var next: AuthorityID? = office.id
            while let current = next, !lineage.contains(current) {
                lineage.append(current)
                next = parents[current] ?? nil
            }
            let periods = calendar.periods(for: lineage)
            factors[office.id] = Factor(times: periods.factor(day), reason: periods.reason(day))
        }
        return factors
    }
}
