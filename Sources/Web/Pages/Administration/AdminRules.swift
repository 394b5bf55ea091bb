import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Local disposal rules (YJ-24): the law beside each version, proposed by one person and approved by another.
enum AdminRules {
    static func list(_ visit: Visit) async throws -> Response { try await render(visit, problems: []) }

    static func propose(_ visit: Visit) async throws -> Response {
        var reader = EntryReader(visit.form)
        var rules = DisposalRules.statutory
        var problems: [FieldError] = []
        func minutes(_ name: String, _ what: String) -> Interval? {
            guard let value = Int64(visit.form[name]), (0...100_000).contains(value) else {
                problems.append(FieldError(field: name, message: "\(what)应为分钟数"))
                return nil
            }
            return .minutes(value)
        }
        for level in Level.warnings {
            if let caution = minutes("caution-\(level.name)", "\(level.title)警示通报间隔") {
                rules.clocks[level].cautionPeriod = caution
            }
            if let supervision = minutes("supervision-\(level.name)", "\(level.title)督办时限") {
                rules.clocks[level].supervisionDelay = supervision
            }
            rules.additionalRecipients[level] =
                visit.form.value("also-\(level.name)")
                .map { [.authority(AuthorityID($0))] } ?? []
        }
        if let report = minutes("report", "上报时限") { rules.reportWithin = report }
        rules.cascadeLowerTimers = visit.form["cascade"] == "1"
        let effectiveAt = reader.optional(.from) == nil ? visit.now : reader.instant(.from) ?? visit.now
        problems += reader.violations.map { FieldError(field: $0.field.rawValue, message: $0.line) }
        guard problems.isEmpty else { return try await render(visit, problems: problems) }
        let authority = AuthorityID(visit.officer.authority?.rawValue ?? reader.text(.authority))
        let (wanted, reason, editor) = (rules, reader.text(.reason), visit.editor)
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try RuleOperations.propose(
                    wanted, for: authority, effectiveAt: effectiveAt, reason: reason, by: editor, context: &context,
                    in: &session)
            }
        } catch .violations(let violations) {
            let errors = violations.map { violation in
                FieldError(
                    field: violation.field == .rule ? "caution-red" : violation.field.rawValue, message: violation.text)
            }
            return try await render(visit, problems: errors)
        } catch { throw error.refusal }
        return visit.saved("/admin/rules", "新规则已提出，等第二个人批准")
    }

    static func approve(_ visit: Visit) async throws -> Response {
        let (version, editor) = (Int64(visit.parameter("version")) ?? -1, visit.editor)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try RuleOperations.approve(version, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/admin/rules", "第 \(version) 版已批准")
    }

    static func giveBack(_ visit: Visit) async throws -> Response {
        let (version, note, editor) = (Int64(visit.parameter("version")) ?? -1, visit.form["note"], visit.editor)
        do throws(RegistryFailure) {
            try await visit.register { context, session throws(RegistryFailure) in
                try RuleOperations.giveBack(version, note: note, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/admin/rules", "第 \(version) 版已退回")
    }

    private static func minutes(_ interval: Interval) -> String { "\(interval.milliseconds / 60_000)" }

    private static func render(_ visit: Visit, problems: [FieldError]) async throws -> Response {
        let editor = visit.editor
        let found = try await visit.look { session throws(RegistryFailure) in
            let versions = try RuleOperations.list(by: editor, in: &session)
            do throws(StorageError) {
                let accounts = try session.rows("SELECT id, name FROM account") { row throws(StorageError) in
                    (row.next() as String, row.next() as String)
                }
                return (
                    versions, try RegistryQueries.authorities(scope: editor.scope, in: &session),
                    Dictionary(accounts, uniquingKeysWith: { first, _ in first })
                )
            } catch { throw .storage(error) }
        }
        var page = AdminPage("预警规则与时限", subtitle: "地方可以比法定更严，不能更宽；已经发出的预警按发出时的规则走完。")
        page.sheets = [lawSheet(), versionSheet(found.0, names: found.2, visit: visit)]
        if visit.officer.role == .admin { page.form = form(visit, found.1, problems) }
        page.help = ["出处：《预警信息处置管理办法》第九至十二条、第十五条。一个人提出，另一个人批准，批准后到生效时刻起作用。"]
        return visit.admin(page, section: "rules", status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private static func lawSheet() -> Sheet {
        let law = DisposalRules.statutory
        return Sheet(
            "法定时限", id: "law", headers: ["等级", "警示通报（分钟）", "现场核查督办（分钟）", "消警后上报（分钟）"],
            rows: Level.warnings.reversed().map { level in
                Sheet.Row([
                    .init(level.title), .init(minutes(law.clocks[level].cautionPeriod), style: "num"),
                    .init(minutes(law.clocks[level].supervisionDelay), style: "num"),
                    .init(minutes(law.reportWithin), style: "num"),
                ])
            })
    }

    private static func versionSheet(_ versions: [RuleVersion], names: [String: String], visit: Visit) -> Sheet {
        Sheet(
            "本地规则 \(versions.count)", id: "versions",
            headers: ["版本", "单位", "红 / 橙 / 黄 警示通报", "红 / 橙 / 黄 督办", "上报", "生效", "理由", "提出", "状态"],
            rows: versions.map { version in
                let each = { (value: (Level) -> Interval) in
                    Level.warnings.reversed().map { minutes(value($0)) }.joined(separator: " / ")
                }
                let base = "/admin/rule/\(version.version)"
                let csrf = visit.officer.csrf
                let isMine = version.proposedBy == visit.officer.actor
                let acts =
                    !version.isWaiting || isMine
                    ? []
                    : [
                        Sheet.Act(title: "批准", action: base + "/approve", csrf: csrf),
                        Sheet.Act(
                            title: "退回", action: base + "/return", csrf: csrf, noteName: "note", notePlaceholder: "退回理由"
                        ),
                    ]
                return Sheet.Row([
                    .init("\(version.version)", style: "num"), .init(version.authorityName),
                    .init(each { version.rules.clocks[$0].cautionPeriod }),
                    .init(each { version.rules.clocks[$0].supervisionDelay }),
                    .init(minutes(version.rules.reportWithin)),
                    .init(Wording.stamp(version.effectiveAt, now: visit.now), style: "m"), .init(version.reason),
                    .init(names[version.proposedBy] ?? "系统", style: "m"),
                    .init(state(version, isMine: isMine, names: names, now: visit.now), acts: acts),
                ])
            }, empty: "没有本地规则，全部按法定时限。")
    }

    private static func state(
        _ version: RuleVersion, isMine: Bool, names: [String: String], now: Timestamp
    ) -> String {
        if let note = version.note { return "已退回：\(note)" }
        if let by = version.approvedBy {
            return (version.effectiveAt <= now ? "已生效" : "待生效") + "，\(names[by] ?? "系统") 批准"
        }
        return isMine ? "等第二个人批准" : ""
    }

    private static func form(_ visit: Visit, _ authorities: [Authority], _ problems: [FieldError]) -> EntryForm {
        let law = DisposalRules.statutory
        func input(_ name: String, _ label: String, _ lawful: Interval) -> EntryForm.Input {
            EntryForm.Input(
                id: name, label: label, hint: "法定 \(minutes(lawful)) 分钟，只能更短",
                error: problems.first { $0.field == name }?.message,
                value: visit.form.has(name) ? visit.form[name] : minutes(lawful), isText: true, mode: "numeric")
        }
        func choice(_ name: String, _ label: String, _ pairs: [(String, String)], _ hint: String?) -> EntryForm.Input {
            var input = EntryForm.Input(
                id: name, label: label, hint: hint, error: problems.first { $0.field == name }?.message,
                value: visit.form[name])
            input.isChoice = true
            input.choices = Choice.list(pairs, selected: visit.form[name])
            return input
        }
        let others = [("", "（不加推）")] + authorities.map { ($0.id.rawValue, $0.name) }
        var groups = Level.warnings.reversed().map { level in
            EntryForm.Group(
                groupTitle: level.title,
                inputs: [
                    input("caution-\(level.name)", "警示通报间隔（分钟）", law.clocks[level].cautionPeriod),
                    input("supervision-\(level.name)", "现场核查督办（分钟）", law.clocks[level].supervisionDelay),
                    choice("also-\(level.name)", "另外送给", others, "法定收件人照旧"),
                ])
        }
        let build = FormBuilder(visit, registered: [:])
        var last = [
            input("report", "消警后上报（分钟）", law.reportWithin),
            choice("cascade", "跳级时低等级也计时", [("0", "否"), ("1", "是")], "本系统约定（A5）"),
            build.text(.from, "生效时间", hint: "如 2026-12-01 08:00:00；不填则批准后立即生效"),
            build.area(.reason, hint: "为什么要改"),
        ]
        if visit.officer.authority == nil {
            last.insert(build.choice(.authority, "单位", authorities.map { ($0.id.rawValue, $0.name) }), at: 0)
        }
        for place in last.indices where last[place].error == nil {
            last[place].error = problems.first { $0.field == last[place].id }?.message
        }
        groups.append(.init(groupTitle: nil, inputs: last))
        return EntryForm(
            title: "提出新规则", action: "/admin/rules", csrf: visit.officer.csrf, groups: groups, errors: problems,
            hasErrors: !problems.isEmpty, button: "提出，等第二个人批准")
    }
}
