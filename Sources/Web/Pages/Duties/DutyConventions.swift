import Domain
import Hummingbird
import Kernel
import Operations
import Storage

extension ConventionsPage {
    static func duties(_ visit: Visit) async throws -> Response {
        let rules = try await visit.read { session throws(StorageError) in try DutyStore.rules(in: &session) }
        return page(visit, rules, failure: nil)
    }

    private static func page(_ visit: Visit, _ rules: DutyRules, failure: String?) -> Response {
        func text(_ id: String, _ label: String, _ hint: String, _ value: String) -> Input {
            Input(id: id, label: label, hint: hint, value: value, isFlag: false, isOn: false)
        }
        let page = ConventionsPage(
            heading: "包保履职的约定", action: "/duties/rules",
            inputs: [
                text("months", "主要负责人督促检查周期（月）", "1、3、6 或 12", String(rules.supervisionMonths)),
                text("lead", "节前排查提前天数", "1–30", String(rules.holidayLeadDays)),
                Input(
                    id: "photo", label: "履职须附照片", hint: "", value: "1", isFlag: true, isOn: rules.requiresPhoto),
                text("change", "包保人变更时限（日）", "最长 5", String(rules.changeWithin.milliseconds / 86_400_000)),
                text("alarms", "根因分析：7 日内报警次数", "不多于 3", String(rules.rootCauseAlarms)),
                text("within", "根因分析时限（小时）", "", String(rules.rootCauseWithin.minutes / 60)),
                text("remind", "提醒时刻（时）", "0–23", String(rules.remindAt.minutes / 60)),
            ],
            law: "应急厅〔2021〕12号：操作负责人每周至少一次、技术负责人每季度至少一次及节假日前隐患排查，不可改。以下为本项目约定。",
            csrf: visit.officer.csrf, failure: failure)
        return visit.page(
            "conventions", page, title: page.heading, section: .admin("rules"),
            status: failure == nil ? .ok : .unprocessableContent)
    }

    static func saveDuties(_ visit: Visit) async throws -> Response {
        let form = visit.form
        var rules = try await visit.read { session throws(StorageError) in try DutyStore.rules(in: &session) }
        guard let months = Int(form["months"]), let lead = Int(form["lead"]), let change = Int64(form["change"]),
            let alarms = Int(form["alarms"]), let within = Int64(form["within"]), let remind = Int64(form["remind"]),
            (0...31).contains(change), (0...1_000).contains(within), (0...24).contains(remind)
        else { return page(visit, rules, failure: "有的格子看不懂，写成整数") }
        rules.supervisionMonths = months
        rules.holidayLeadDays = lead
        rules.requiresPhoto = form.has("photo")
        rules.changeWithin = .days(change)
        rules.rootCauseAlarms = alarms
        rules.rootCauseWithin = .hours(within)
        rules.remindAt = .hours(remind)
        let (wanted, editor, context) = (rules, visit.editor, visit.operation())
        do throws(DutyFailure) {
            try await visit.site.store.write { session throws(DutyFailure) in
                var context = context
                try DutyOperations.set(wanted, by: editor, context: &context, in: &session)
            }
        } catch { return page(visit, rules, failure: error.text) }
        visit.site.events.committed()
        return visit.redirect("/duties/rules")
    }
}
