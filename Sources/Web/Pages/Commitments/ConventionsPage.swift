import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// The conventions of commitments and duties: what is ours and not the law's, set by an administrator.
struct ConventionsPage: Sendable {
    struct Input: Sendable {
        var id: String
        var label: String
        var hint: String
        var value: String
        var isFlag: Bool
        var isOn: Bool
    }

    var heading: String
    var action: String
    var inputs: [Input]
    var law: String
    var csrf: String
    var failure: String?

    static func commitments(_ visit: Visit) async throws -> Response {
        let rules = try await visit.read { session throws(StorageError) in try CommitmentStore.rules(in: &session) }
        return page(visit, rules, failure: nil)
    }

    private static func page(_ visit: Visit, _ rules: CommitmentRules, failure: String?) -> Response {
        func text(_ id: String, _ label: String, _ hint: String, _ value: String) -> Input {
            Input(id: id, label: label, hint: hint, value: value, isFlag: false, isOn: false)
        }
        func flag(_ id: String, _ label: String, _ hint: String, _ isOn: Bool) -> Input {
            Input(id: id, label: label, hint: hint, value: "1", isFlag: true, isOn: isOn)
        }
        func clock(_ interval: Interval) -> String {
            String(ChinaTime.clock(Day(visit.now).start + interval).prefix(5))
        }
        let page = ConventionsPage(
            heading: "安全承诺的约定", action: "/commitments/rules",
            inputs: [
                text("reminders", "提醒时刻", "如 09:00 09:30", rules.reminders.map(clock).joined(separator: " ")),
                text("countdown", "监管页倒计时开始", "如 09:30", clock(rules.countdownFrom)),
                flag("sum", "套数不等拒收", "运行+停产+检修≠总数；不勾则照收并提示", rules.refusesUnequalSum),
                flag("delegate", "代承诺计为按时", "须有地方书面允许", rules.countsDelegateAsOnTime),
                text("permit", "书面允许的文件", "文号", rules.delegatePermit ?? ""),
                text("longStop", "长期停产天数", "县级确认的报备满此天数才剔除", String(rules.longStopDays)),
                text("high", "高风险起点", "red、orange 或 yellow", rules.highRiskFrom.name),
                text("watch", "比对间隔（分钟）", "承诺与数据每隔多久比对一次", String(rules.watchEvery.minutes)),
                text("movement", "动态判定（量程 %）", "停产装置的工艺数据变化超过此值", Wording.figure(rules.movementShare * 100)),
                text("makeUp", "可补报天数", "", String(rules.makeUpDays)),
            ], law: "法定、不可改：每日 10:00:00 前，以系统收到为准（《数据》第七条、《企业》第五项）。以下为本项目约定。",
            csrf: visit.officer.csrf, failure: failure)
        return visit.page(
            "conventions", page, title: page.heading, section: .admin("rules"),
            status: failure == nil ? .ok : .unprocessableContent)
    }

    static func saveCommitments(_ visit: Visit) async throws -> Response {
        let form = visit.form
        var rules = try await visit.read { session throws(StorageError) in try CommitmentStore.rules(in: &session) }
        func time(_ text: some StringProtocol) -> Interval? {
            CommitmentActions.clock(String(text), on: Day(visit.now)).map { $0 - Day(visit.now).start }
        }
        let reminders = form["reminders"].split(whereSeparator: { " ,，、".contains($0) })
        let times = reminders.compactMap { time($0) }
        guard times.count == reminders.count, let countdown = time(form["countdown"]), let days = Int(form["longStop"]),
            let level = Level(name: form["high"]), let watch = Int64(form["watch"]),
            let movement = Double(form["movement"]), let makeUp = Int(form["makeUp"])
        else { return page(visit, rules, failure: "有的格子看不懂：时刻写成 09:30，其余写数") }
        rules.reminders = times.sorted()
        rules.countdownFrom = countdown
        rules.refusesUnequalSum = form.has("sum")
        rules.countsDelegateAsOnTime = form.has("delegate")
        rules.delegatePermit = form.value("permit")
        rules.longStopDays = days
        rules.highRiskFrom = level
        rules.watchEvery = .minutes(watch)
        rules.movementShare = movement / 100
        rules.makeUpDays = makeUp
        let (wanted, editor, context) = (rules, visit.editor, visit.operation())
        do throws(CommitmentFailure) {
            try await visit.site.store.write { session throws(CommitmentFailure) in
                var context = context
                try CommitmentOperations.set(wanted, by: editor, context: &context, in: &session)
            }
        } catch { return page(visit, rules, failure: error.text) }
        visit.site.events.committed()
        return visit.redirect("/commitments/rules")
    }
}
