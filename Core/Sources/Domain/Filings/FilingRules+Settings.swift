import Kernel

extension FilingRules: ParameterSettings {
    public static var usual: FilingRules { .standard }

    public static let parameters: [SettingParameter<FilingRules>] = [
        hours("plannedNoticeHours", "计划停产、检维修提前报备", "小时；不足的收下并标“报备不及时”", 1...168) {
            $0.plannedNotice
        } set: {
            $0.plannedNotice = $1
        },
        hours("damageNoticeHours", "设施损坏报备", "发现后几小时内", 1...24) {
            $0.damageNotice
        } set: {
            $0.damageNotice = $1
        },
        hours("confirmWithinHours", "县级确认时限", "提交后几小时，夜间不顺延（JC-11）", 1...24) {
            $0.confirmWithin
        } set: {
            $0.confirmWithin = $1
        },
        hours("confirmReminderHours", "提醒确认", "提交后几小时，早于确认时限", 0.5...23) {
            $0.confirmReminder
        } set: {
            $0.confirmReminder = $1
        },
        hours("endReminderHours", "到期提醒", "结束前几小时", 1...24) {
            $0.endReminder
        } set: {
            $0.endReminder = $1
        },
        days("longStopMinDays", "长期停产最短", "天", 7...180) {
            $0.longStopMin
        } set: {
            $0.longStopMin = $1
        },
        days("longStopMaxDays", "长期停产最长", "天", 30...731) {
            $0.longStopMax
        } set: {
            $0.longStopMax = $1
        },
        days("otherMaxDays", "其他报备最长", "天", 1...366) {
            $0.otherMax
        } set: {
            $0.otherMax = $1
        },
    ]

    public var contradictions: [String] {
        var found: [String] = []
        if confirmReminder >= confirmWithin { found.append("提醒确认要早于确认时限") }
        if longStopMin > longStopMax { found.append("长期停产最短不能超过最长") }
        return found
    }

    private static func hours(
        _ name: String, _ label: String, _ hint: String, _ range: ClosedRange<Double>,
        get: @escaping @Sendable (FilingRules) -> Interval,
        set: @escaping @Sendable (inout FilingRules, Interval) -> Void
    ) -> SettingParameter<FilingRules> {
        SettingParameter(
            name, label, hint, range, get: { Double(get($0).milliseconds) / 3_600_000 },
            set: { set(&$0, .milliseconds(Int64(($1 * 3_600_000).rounded()))) })
    }

    private static func days(
        _ name: String, _ label: String, _ hint: String, _ range: ClosedRange<Double>,
        get: @escaping @Sendable (FilingRules) -> Interval,
        set: @escaping @Sendable (inout FilingRules, Interval) -> Void
    ) -> SettingParameter<FilingRules> {
        SettingParameter(
            name, label, hint, range, isWhole: true, get: { Double(get($0).milliseconds) / 86_400_000 },
            set: { set(&$0, .days(Int64($1.rounded()))) })
    }
}
