public import Domain
public import Kernel
public import Storage

/// What administrators keep up for inspections: special periods, settings, offices' people and names.
public enum InspectionSetup {
    /// Takes over the calendar that set-up fetched; nothing where it is the one on record.
    public static func loadHolidays(
        _ holidays: [Day: String], context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard try SpecialPeriodStore.holidays(in: &session) != holidays else { return }
        try SpecialPeriodStore.setHolidays(holidays, at: context.now, in: &session)
        try context.log(
            stream: "patrol", "holidays", "holidaysLoaded", ["count": .integer(Int64(holidays.count))], in: &session)
    }

    /// - Parameter office: nil for everybody, by the system's administrator only.
    public static func addPeriod(
        _ period: SpecialPeriods.Period, for office: AuthorityID?, by editor: RegistryEditor,
        context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        guard editor.role == .admin else { throw .forbidden("特殊时段由管理员登记") }
        do throws(SpecialPeriods.Period.Refusal) { try period.check() } catch { throw .unsuitable(error.reason) }
        try requireOffice(office, editor, in: &session)
        let id = context.ids.next("sp", at: context.now)
        try ProblemFailure.storing { () throws(StorageError) in
            try SpecialPeriodStore.insert(
                SpecialPeriodRecord(
                    id: id, authority: office, authorityName: nil, period: period, createdAt: context.now,
                    createdBy: context.actor, endedAt: nil), in: &session)
            try context.log(
                stream: "patrol", "period:\(id)", "periodAdded",
                [
                    "name": .string(period.name), "from": .string(ChinaTime.date(period.from)),
                    "until": .string(ChinaTime.date(period.until)), "factor": .integer(Int64(period.factor)),
                    "office": office.map { .string($0.rawValue) } ?? .null,
                ], in: &session)
        }
    }

    public static func endPeriod(
        _ id: String, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        guard editor.role == .admin else { throw .forbidden("特殊时段由管理员登记") }
        let count = try ProblemFailure.storing { () throws(StorageError) in
            try SpecialPeriodStore.end(id, scope: editor.scope, at: context.now, in: &session)
        }
        guard count > 0 else { throw .notFound }
        try ProblemFailure.storing { () throws(StorageError) in
            try context.log(stream: "patrol", "period:\(id)", "periodEnded", [:], in: &session)
        }
    }

    public static func save(
        _ settings: InspectionSettings, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) {
        guard editor == RegistryEditor(scope: .system, role: .admin) else { throw .forbidden("由系统管理员设置") }
        guard (1...5).contains(settings.holidayFactor), !settings.reminderHours.isEmpty,
            settings.reminderHours.allSatisfy({ (1...23).contains($0) })
        else { throw .unsuitable("倍数 1 到 5;提醒时点是 1 到 23 的整点,用逗号分开") }
        try ProblemFailure.storing { () throws(StorageError) in
            try InspectionSettingsStore.save(settings, at: context.now, in: &session)
            try PatrolOperations.armReminder(context: context, in: &session)
            try context.log(
                stream: "patrol", "settings", "settingsSaved",
                [
                    "holidayFactor": .integer(Int64(settings.holidayFactor)),
                    "reminderHours": .array(settings.reminderHours.map { .integer(Int64($0)) }),
                ], in: &session)
        }
    }

    public static func save(
        _ profile: OfficeProfile, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) {
        guard editor.role == .admin else { throw .forbidden("由管理员登记") }
        try requireOffice(profile.authority, editor, in: &session)
        try ProblemFailure.storing { () throws(StorageError) in
            try OfficeStore.save(profile, by: context.actor, at: context.now, in: &session)
            try context.log(
                stream: "patrol", "office:\(profile.authority)", "profileSaved",
                [
                    "actingName": profile.actingName.map { .string($0) } ?? .null,
                    "technical": .bool(profile.isTechnical),
                ], in: &session)
        }
    }

    public static func add(
        _ person: OfficePerson, by editor: RegistryEditor, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) {
        guard editor.role == .admin || editor.role == .duty else { throw .forbidden("没有权限") }
        guard person.name.contains(where: { !$0.isWhitespace }) else { throw .unsuitable("请填写姓名") }
        try requireOffice(person.authority, editor, in: &session)
        var person = person
        person.id = context.ids.next("op", at: context.now)
        try ProblemFailure.storing { () throws(StorageError) in
            try OfficeStore.insert(person, by: context.actor, at: context.now, in: &session)
            try context.log(
                stream: "patrol", "office:\(person.authority)", "personAdded",
                ["kind": .string(person.kind.rawValue), "name": .string(person.name)], in: &session)
        }
    }

    public static func removePerson(
        _ id: String, by editor: RegistryEditor, context: inout OperationContext, in session: inout Session
    ) throws(ProblemFailure) {
        guard editor.role == .admin || editor.role == .duty else { throw .forbidden("没有权限") }
        let count = try ProblemFailure.storing { () throws(StorageError) in
            try OfficeStore.leave(id, scope: editor.scope, at: context.now, in: &session)
        }
        guard count > 0 else { throw .notFound }
        try ProblemFailure.storing { () throws(StorageError) in
            try context.log(stream: "patrol", "person:\(id)", "personRemoved", [:], in: &session)
        }
    }

    /// One's own office or one below it; for everybody only by the system's administrator.
    private static func requireOffice(
        _ office: AuthorityID?, _ editor: RegistryEditor, in session: inout Session
    ) throws(ProblemFailure) {
        guard let office else {
            guard editor.scope == .system else { throw .forbidden("全系统的由系统管理员登记") }
            return
        }
        let found = try ProblemFailure.storing { () throws(StorageError) in
            try session.first(
                "SELECT 1 FROM authority AS a WHERE a.id = \(office) AND \(editor.scope.offices(column: "a.id"))"
            ) { row throws(StorageError) in row.next() as Int }
        }
        guard found != nil else { throw .notFound }
    }
}
