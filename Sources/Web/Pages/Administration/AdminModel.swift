import Domain
import Hummingbird
import Kernel
import Operations
import Services
import Storage

/// The risk model's parameters (domain §6): the versions, a form that proposes the next one, and what it would change.
enum AdminModel {
    static func list(_ visit: Visit) async throws -> Response { try await render(visit, problems: []) }

    static func propose(_ visit: Visit) async throws -> Response {
        let fields = ModelFields(.standard)
        let content: JSON
        do throws(ModelFields.Unreadable) { content = try fields.json(from: visit.form) } catch {
            return try await render(visit, problems: [FieldError(field: error.name, message: error.text)])
        }
        var reader = EntryReader(visit.form)
        let effectiveAt = reader.optional(.from) == nil ? visit.now : reader.instant(.from) ?? visit.now
        let problems = reader.violations.map { FieldError(field: $0.field.rawValue, message: $0.line) }
        guard problems.isEmpty else { return try await render(visit, problems: problems) }
        let (reason, editor, start) = (reader.text(.reason), visit.editor, visit.operation())
        let version: Int
        do throws(ModelFailure) {
            version = try await visit.site.store.write { session throws(ModelFailure) in
                var context = start
                return try ModelOperations.propose(
                    content, effectiveAt: effectiveAt, reason: reason, by: editor, context: &context, in: &session)
            }
        } catch .parameter(let error) {
            let name = fields.name(of: error.member)
            return try await render(
                visit, problems: [FieldError(field: name, message: "\(fields.label(of: name)):\(error.reason)")])
        } catch .refused(let words) {
            return try await render(visit, problems: [FieldError(field: Field.reason.rawValue, message: words)])
        } catch { throw error.refusal }
        visit.site.events.committed()
        return visit.saved("/admin/model", "模型第 \(version) 版已提出，等第二个人批准")
    }

    static func approve(_ visit: Visit) async throws -> Response {
        let (version, editor, start) = (Int(visit.parameter("version")) ?? -1, visit.editor, visit.operation())
        do throws(ModelFailure) {
            try await visit.site.store.write { session throws(ModelFailure) in
                var context = start
                try ModelOperations.approve(version, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        visit.site.events.committed()
        return visit.saved("/admin/model", "模型第 \(version) 版已批准")
    }

    static func giveBack(_ visit: Visit) async throws -> Response {
        let (version, editor, start) = (Int(visit.parameter("version")) ?? -1, visit.editor, visit.operation())
        let note = visit.form["note"]
        do throws(ModelFailure) {
            try await visit.site.store.write { session throws(ModelFailure) in
                var context = start
                try ModelOperations.giveBack(version, note: note, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        visit.site.events.committed()
        return visit.saved("/admin/model", "模型第 \(version) 版已退回")
    }

    private static func render(_ visit: Visit, problems: [FieldError]) async throws -> Response {
        let now = visit.now
        let found = try await visit.read { session throws(StorageError) in
            let accounts = try session.rows("SELECT id, name FROM account") { row throws(StorageError) in
                (row.next() as String, row.next() as String)
            }
            return (
                inForce: try RiskStore.model(at: now, in: &session),
                versions: try ModelVersionStore.list(limit: 30, in: &session),
                names: Dictionary(accounts, uniquingKeysWith: { first, _ in first })
            )
        }
        let title = found.inForce.version == 0 ? "规格数值（第 0 版）" : "第 \(found.inForce.version) 版"
        var page = AdminPage("风险模型 HRM-1", subtitle: "本项目约定，不是国家模型。现在起作用的：\(title)。")
        page.sheets = [versionSheet(found.versions, names: found.names, inForce: found.inForce, visit)]
        for version in found.versions where version.isWaiting && visit.scope == .system {
            page.sheets.append(try await previewSheet(version, visit))
        }
        if visit.scope == .system { page.form = form(visit, ModelFields(found.inForce), problems) }
        page.help = ["一个人提出，另一个人批准。批准后到生效时刻，所有危险源按新参数重算；每个结果都记着它用的版本。"]
        return visit.admin(page, section: "model", status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private static func versionSheet(
        _ versions: [ModelVersion], names: [String: String], inForce: RiskModel, _ visit: Visit
    ) -> Sheet {
        Sheet(
            "版本 \(versions.count)", id: "versions", headers: ["版本", "与规格数值不同之处", "生效", "理由", "提出", "状态"],
            rows: versions.map { version in
                let base = "/admin/model/\(version.version)"
                let isMine = version.proposedBy == visit.officer.actor
                let acts =
                    !version.isWaiting || isMine || visit.scope != .system
                    ? []
                    : [
                        Sheet.Act(title: "批准", action: base + "/approve", csrf: visit.officer.csrf),
                        Sheet.Act(
                            title: "退回", action: base + "/return", csrf: visit.officer.csrf, noteName: "note",
                            notePlaceholder: "退回理由"),
                    ]
                let changes = ModelFields(version.model).differences(from: ModelFields(.standard))
                return Sheet.Row([
                    .init("\(version.version)", style: "num"),
                    .init(changes.isEmpty ? "没有不同" : changes.joined(separator: "；")),
                    .init(Wording.stamp(version.effectiveAt, now: visit.now), style: "m"), .init(version.reason),
                    .init(names[version.proposedBy] ?? "系统", style: "m"),
                    .init(state(version, isMine: isMine, names: names, inForce: inForce), acts: acts),
                ])
            }, empty: "没有改过，全部按规格数值。")
    }

    private static func state(
        _ version: ModelVersion, isMine: Bool, names: [String: String], inForce: RiskModel
    ) -> String {
        if let note = version.note { return "已退回：\(note)" }
        if let by = version.approvedBy {
            let words = version.version == inForce.version ? "起作用" : "已批准"
            return "\(words)，\(names[by] ?? "系统") 批准"
        }
        return isMine ? "等第二个人批准" : ""
    }

    /// What would change if it were in force now.
    private static func previewSheet(_ version: ModelVersion, _ visit: Visit) async throws -> Sheet {
        guard let intake = visit.site.intake else {
            return Sheet("第 \(version.version) 版试算", id: "preview", headers: [], rows: [], empty: "数据接入没有运行，暂时不能试算。")
        }
        let now = visit.now
        let previews = try await intake.transaction(actor: visit.officer.actor) {
            table, _, session throws(StorageError) in
            try RiskOperations.preview(version.model, table: table, at: now, in: &session)
        }
        let changed = previews.filter { $0.standing != $0.wanted }.sorted { $0.wanted > $1.wanted }
        let scope = visit.scope
        let names = try await visit.read { session throws(StorageError) in
            try HazardListing.names(of: changed.prefix(100).map(\.hazard), scope: scope, in: &session)
        }
        return Sheet(
            "第 \(version.version) 版试算：现在就用，\(changed.count) / \(previews.count) 个危险源的等级会变", id: "preview",
            headers: ["企业", "危险源", "现在", "会变成", "分值"],
            rows: changed.prefix(100).map { preview in
                let name = names[preview.hazard]
                return Sheet.Row([
                    .init(name?.enterprise ?? preview.enterprise.rawValue),
                    .init(
                        name?.hazard ?? preview.hazard.rawValue,
                        address: "/hazard/" + Form.encode(preview.hazard.rawValue)),
                    .init(preview.standing.title), .init(preview.wanted.title),
                    .init("\((preview.score * 100).rounded() / 100)", style: "num"),
                ])
            }, empty: "没有危险源的等级会变。", hint: "按此刻的报警和数据试算；降级另要满足保持时间。")
    }

    private static func form(_ visit: Visit, _ fields: ModelFields, _ problems: [FieldError]) -> EntryForm {
        var groups = fields.groups(values: visit.form, problems: problems)
        let build = FormBuilder(visit, registered: [:])
        var last = [
            build.text(.from, "生效时间", hint: "如 2026-12-01 08:00:00；不填则批准后立即生效"),
            build.area(.reason, hint: "为什么要改"),
        ]
        for place in last.indices where last[place].error == nil {
            last[place].error = problems.first { $0.field == last[place].id }?.message
        }
        groups.append(.init(groupTitle: nil, inputs: last))
        return EntryForm(
            title: "提出新版本", action: "/admin/model", csrf: visit.officer.csrf, groups: groups, errors: problems,
            hasErrors: !problems.isEmpty, button: "提出，等第二个人批准")
    }
}

extension ModelFailure {
    var refusal: PageRefusal {
        switch self {
        case .notFound: .notFound
        case .forbidden(let words): .forbidden(words)
        case .refused(let words): .refused(words)
        case .parameter(let error): .refused("\(error.member) \(error.reason)")
        case .storage(let error): error.isConflict ? .refused("别人刚刚改过，请刷新后再看。") : .busy
        }
    }
}
