import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 特殊时段: the holidays of the calendar, and an administrator's own list (XC-11).
enum AdminPeriods {
    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil) }

    static func add(_ visit: Visit) async throws -> Response {
        let form = visit.form
        guard let from = ChinaTime.parseDate(form["from"]), let until = ChinaTime.parseDate(form["until"]),
            let factor = Int(form["factor"])
        else { return try await render(visit, message: "日期写成 2026-10-01,倍数写成整数") }
        let period = SpecialPeriods.Period(name: form["name"], from: from, until: until, factor: factor)
        let (office, editor) = (form.value("office").map { AuthorityID($0) } ?? visit.officer.authority, visit.editor)
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                try InspectionSetup.addPeriod(period, for: office, by: editor, context: &context, in: &session)
            }
        } catch { return try await render(visit, message: error.text) }
        return visit.saved("/admin/periods", period.name)
    }

    static func settings(_ visit: Visit) async throws -> Response {
        var settings = InspectionSettings()
        settings.holidayFactor = Int(visit.form["holidayFactor"]) ?? 0
        settings.reminderHours = visit.form["reminderHours"].split(whereSeparator: { ",， 、".contains($0) })
            .map { Int($0) ?? 0 }
        let (wanted, editor) = (settings, visit.editor)
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                try InspectionSetup.save(wanted, by: editor, context: &context, in: &session)
            }
        } catch { return try await render(visit, message: error.text) }
        return visit.saved("/admin/periods", "倍数和提醒时点")
    }

    static func end(_ visit: Visit) async throws -> Response {
        let (id, editor) = (visit.parameter("id"), visit.editor)
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                try InspectionSetup.endPeriod(id, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/admin/periods", "已撤销")
    }

    private static func render(_ visit: Visit, message: String?) async throws -> Response {
        let (scope, today) = (visit.scope, Day(visit.now))
        let found = try await visit.read { session throws(StorageError) in
            (
                try SpecialPeriodStore.list(scope: scope, in: &session),
                try SpecialPeriodStore.holidays(in: &session), try InspectionSettingsStore.load(in: &session)
            )
        }
        var page = AdminPage("特殊时段", subtitle: "节假日和重大活动期间,巡查、抽查、排查加倍(《巡查》第六条)。倍数为本项目约定,可配。")
        page.links = [.init(title: "从文件导入", address: "/import?kind=specialPeriods")]
        page.issues = [message].compactMap { $0 }
        let ahead = found.1.filter { $0.key >= today }.sorted { $0.key < $1.key }.prefix(40)
        page.sheets = [
            Sheet(
                "自己登记的", id: "own", headers: ["名称", "从", "到", "倍数", "范围", "登记", ""],
                rows: found.0.map { row($0, visit) }, empty: "还没有登记重大活动等特殊时段。"),
            Sheet(
                "节假日(今天起)", id: "holidays", headers: ["日期", "名称"],
                rows: ahead.map { Sheet.Row([.init(ChinaTime.date($0.key)), .init($0.value)]) },
                empty: "日历里没有今天以后的节假日:请重新取数(scripts/setup.sh),或在上面登记。"),
        ]
        func text(_ id: String, _ label: String, _ value: String, hint: String? = nil) -> EntryForm.Input {
            EntryForm.Input(id: id, label: label, hint: hint, value: value, isText: true)
        }
        let form = visit.form
        page.form = EntryForm(
            title: "登记特殊时段", action: "/admin/periods", csrf: visit.officer.csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        text("name", "名称", form["name"]), text("from", "从", form["from"], hint: "2026-10-01"),
                        text("until", "到(含)", form["until"]),
                        text("factor", "倍数", form.value("factor") ?? "\(SpecialPeriods.usualFactor)"),
                        text("office", "单位编码", form["office"], hint: "不填:本单位及以下;系统管理员不填为全系统"),
                    ])
            ], button: "登记")
        if scope == .system {
            page.moreForms = [
                EntryForm(
                    id: "settings", title: "倍数与提醒(本项目约定)", action: "/admin/periods/settings",
                    csrf: visit.officer.csrf,
                    groups: [
                        .init(
                            groupTitle: nil,
                            inputs: [
                                text("holidayFactor", "节假日倍数", "\(found.2.holidayFactor)"),
                                text(
                                    "reminderHours", "当日提醒时点",
                                    found.2.reminderHours.map { "\($0)" }.joined(separator: ","), hint: "整点,如 16,20"),
                            ])
                    ])
            ]
        }
        return visit.admin(page, section: "periods", status: message == nil ? .ok : .unprocessableContent)
    }

    private static func row(_ record: SpecialPeriodRecord, _ visit: Visit) -> Sheet.Row {
        let acts =
            record.endedAt == nil
            ? [
                Sheet.Act(
                    title: "撤销", action: "/admin/period/\(Form.encode(record.id))/end", csrf: visit.officer.csrf)
            ] : []
        return Sheet.Row([
            .init(record.period.name), .init(ChinaTime.date(record.period.from)),
            .init(ChinaTime.date(record.period.until)), .init("×\(record.period.factor)"),
            .init(record.authorityName.map { "\($0)及以下" } ?? "全系统"),
            .init("\(record.createdBy) \(Wording.stamp(record.createdAt, now: visit.now))", style: "m"),
            .init(record.endedAt == nil ? "" : "已撤销", acts: acts),
        ])
    }
}
