import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 约定: the numbers that are ours and not the law's, for the whole system. Each with its range and its usual value;
/// a change stands in the log with what was before, and holds from the next evaluation.
enum AdminSettings {
    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil, failed: nil) }

    static func saveFilings(_ visit: Visit) async throws -> Response {
        try await save(FilingRules.self, FilingSettingsStore.key, "filings", "报备时限", visit)
    }

    static func saveAccess(_ visit: Visit) async throws -> Response {
        try await save(AccessSettings.self, AccessSettings.key, "access", "登录", visit)
    }

    static func saveWeights(_ visit: Visit) async throws -> Response {
        try await save(QualityWeights.self, QualitySettingsStore.weightsKey, "weights", "数据质量权重", visit)
    }

    static func saveScan(_ visit: Visit) async throws -> Response {
        try await save(ScanSettings.self, QualitySettingsStore.scanKey, "scan", "数据质量检测参数", visit)
    }

    static func saveClimb(_ visit: Visit) async throws -> Response {
        try await save(ClimbRules.self, ClimbStore.rulesKey, "climb", "无人确认的升级", visit)
    }

    static func saveGrace(_ visit: Visit) async throws -> Response {
        guard let grace = LateGrace(rawValue: visit.form["grace"]) else {
            return try await render(visit, message: "请选开或关", failed: "grace")
        }
        let editor = visit.editor
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try SettingOperations.setGrace(grace, by: editor, context: &context, in: &session)
            }
        } catch { return try await render(visit, message: error.words, failed: "grace") }
        return visit.saved("/admin/settings", "22 时后的宽限")
    }

    private static func save<Settings: ParameterSettings>(
        _ type: Settings.Type, _ key: String, _ form: String, _ title: String, _ visit: Visit
    ) async throws -> Response {
        var settings = Settings.usual
        var unreadable: [String] = []
        for parameter in Settings.parameters {
            guard let value = Double(visit.form[parameter.name]), parameter.objection(value) == nil else {
                unreadable.append("“\(parameter.label)”要写 \(parameter.rangeText) 之间的数")
                continue
            }
            settings = parameter.applied(value, to: settings)
        }
        guard unreadable.isEmpty else {
            return try await render(visit, message: unreadable.joined(separator: "；"), failed: form)
        }
        let (wanted, editor) = (settings, visit.editor)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try SettingOperations.save(wanted, under: key, by: editor, context: &context, in: &session)
            }
        } catch { return try await render(visit, message: error.words, failed: form) }
        return visit.saved("/admin/settings", title)
    }

    // MARK: The page

    private struct Found: Sendable {
        var filings: FilingRules
        var weights: QualityWeights
        var scan: ScanSettings
        var access: AccessSettings
        var grace: LateGrace
        var climb: ClimbRules
        var changedAt: [String: Timestamp]
        var demonstration: String?
    }

    private static func render(_ visit: Visit, message: String?, failed: String?) async throws -> Response {
        let found = try await visit.read { session throws(StorageError) in
            var changedAt: [String: Timestamp] = [:]
            for key in [
                FilingSettingsStore.key, QualitySettingsStore.weightsKey, QualitySettingsStore.scanKey,
                AccessSettings.key, ClimbStore.rulesKey,
            ] {
                changedAt[key] = try SettingStore.changedAt(key, in: &session)
            }
            return Found(
                filings: try FilingSettingsStore.load(in: &session),
                weights: try QualitySettingsStore.weights(in: &session),
                scan: try QualitySettingsStore.scan(in: &session),
                access: try SettingStore.load(AccessSettings.key, in: &session),
                grace: try SpotCheckSettings.grace(in: &session), climb: try ClimbStore.rules(in: &session),
                changedAt: changedAt, demonstration: try SettingStore.text(DemonstrationMark.key, in: &session))
        }
        var page = AdminPage("约定", subtitle: "本项目约定的数，不是法规；法定的时限不在这里，也不能改。改后从下一次计算起用，已算过的不重算。")
        page.issues = [message].compactMap { $0 }
        page.links = [
            .init(title: "安全承诺的约定", address: "/commitments/rules"), .init(title: "履职的约定", address: "/duties/rules"),
            .init(title: "特殊时段与提醒", address: "/admin/periods"), .init(title: "排名的长度", address: "/rankings"),
        ]
        page.sheets = [overview(found, visit)]
        guard visit.scope == .system else {
            page.help = ["全系统的约定由系统管理员改；这里只看。"]
            return visit.admin(page, section: "settings", status: message == nil ? .ok : .unprocessableContent)
        }
        page.moreForms = [
            form("climb", "预警无人确认的升级（本项目约定）", found.climb, visit, failed),
            form("filings", "报备时限（本项目约定）", found.filings, visit, failed),
            form("weights", "数据质量各维度的权重（本项目约定）", found.weights, visit, failed), grace(found.grace, visit),
            form("scan", "数据质量检测参数（本项目约定）", found.scan, visit, failed),
            form("access", "登录（本项目约定）", found.access, visit, failed),
        ]
        return visit.admin(page, section: "settings", status: message == nil ? .ok : .unprocessableContent)
    }

    /// What differs from the usual, and what cannot be set here.
    private static func overview(_ found: Found, _ visit: Visit) -> Sheet {
        var rows: [Sheet.Row] = []
        func note<Settings: ParameterSettings>(_ title: String, _ settings: Settings, _ key: String) {
            for parameter in Settings.parameters {
                let (value, usual) = (parameter.value(in: settings), parameter.value(in: .usual))
                guard value != usual else { continue }
                rows.append(
                    Sheet.Row([
                        .init("\(title)：\(parameter.label)"),
                        .init(SettingParameter<Settings>.text(value), style: "num"),
                        .init(SettingParameter<Settings>.text(usual), style: "num"),
                        .init(found.changedAt[key].map { Wording.stamp($0, now: visit.now) } ?? "", style: "m"),
                    ]))
            }
        }
        note("升级", found.climb, ClimbStore.rulesKey)
        note("报备", found.filings, FilingSettingsStore.key)
        note("权重", found.weights, QualitySettingsStore.weightsKey)
        note("检测", found.scan, QualitySettingsStore.scanKey)
        note("登录", found.access, AccessSettings.key)
        if found.grace == .on {
            rows.append(Sheet.Row([.init("22 时后的宽限"), .init("开"), .init("关"), .init("法规无此宽限", style: "m")]))
        }
        if found.demonstration != nil {
            rows.append(
                Sheet.Row([
                    .init("文件上标注“演示数据”"), .init("标注"), .init("不标注"),
                    .init("库里装着演示城市，标注不能取消：编造的数不能像正式的", style: "m"),
                ]))
        }
        return Sheet(
            "与默认不同的", id: "changed", headers: ["约定", "现在", "默认", "改于"], rows: rows, empty: "全部是默认值。")
    }

    private static func form<Settings: ParameterSettings>(
        _ name: String, _ title: String, _ settings: Settings, _ visit: Visit, _ failed: String?
    ) -> EntryForm {
        EntryForm(
            id: name, title: title, action: "/admin/settings/" + name, csrf: visit.officer.csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: Settings.parameters.map { parameter in
                        let usual = SettingParameter<Settings>.text(parameter.value(in: .usual))
                        // What was written stays where the form was not taken.
                        let sent = failed == name ? visit.form.value(parameter.name) : nil
                        return EntryForm.Input(
                            id: parameter.name, label: parameter.label,
                            hint: "\(parameter.hint)；\(parameter.rangeText)，默认 \(usual)",
                            value: sent ?? SettingParameter<Settings>.text(parameter.value(in: settings)), isText: true,
                            mode: "decimal")
                    })
            ])
    }

    private static func grace(_ grace: LateGrace, _ visit: Visit) -> EntryForm {
        EntryForm(
            id: "grace", title: "必抽的宽限（本项目约定，A20）", action: "/admin/settings/grace", csrf: visit.officer.csrf,
            groups: [
                .init(
                    groupTitle: nil,
                    inputs: [
                        EntryForm.Input(
                            id: "grace", label: "\(LateGrace.fromHour) 时后才转橙、红的必抽企业",
                            hint: "开：可顺延到次日 \(LateGrace.untilHour) 时前，计入次日必抽数，报表单列。法规没有这项宽限，默认关。",
                            value: grace.rawValue, isChoice: true,
                            choices: Choice.list(
                                [("off", "关：当日抽完"), ("on", "开：可顺延")], selected: grace.rawValue))
                    ])
            ])
    }
}

extension RegistryFailure {
    /// What a form says about it.
    var words: String {
        switch self {
        case .notFound: "没有找到，或不在您的辖区"
        case .forbidden(let words), .refused(let words): words
        case .violations(let violations): violations.refusals.map(\.line).joined(separator: "；")
        case .file(let issues): issues.filter { $0.weight == .refusal }.map(\.line).joined(separator: "；")
        case .storage: "数据库暂时不可用，请稍后再试"
        }
    }
}
