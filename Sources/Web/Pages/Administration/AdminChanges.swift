import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// Requests to change how points are watched: the enterprise sees its own, the regulator decides (SJ-21, SJ-22).
enum AdminChanges {
    static func list(_ visit: Visit) async throws -> Response {
        let scope = visit.scope
        let found = try await visit.read { session throws(StorageError) in
            (
                try LimitChangeStore.list(limit: 100, scope: scope, in: &session),
                try RegistryQueries.enterprises(scope: scope, in: &session)
            )
        }
        let names = Dictionary(found.1.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var page = AdminPage("点位变更申请", subtitle: "放宽限值、停用点位、报警中改限值，由监管单位批准后生效。")
        page.sheets = [sheet(found.0, visit: visit, names: names, title: "申请")]
        if visit.officer.role == .duty { page.links = [.init(title: "预警规则与时限", address: "/admin/rules")] }
        if visit.officer.role != .admin { page.crumbs = [Crumb(title: "点位变更申请", address: nil)] }
        return visit.admin(page, section: "points")
    }

    static func approve(_ visit: Visit) async throws -> Response { try await decide(visit, isApproved: true) }
    static func giveBack(_ visit: Visit) async throws -> Response { try await decide(visit, isApproved: false) }

    private static func decide(_ visit: Visit, isApproved: Bool) async throws -> Response {
        let (id, note, editor) = (visit.parameter("id"), visit.form.value("note"), visit.editor)
        do throws(RegistryFailure) {
            _ = try await visit.register { context, session throws(RegistryFailure) in
                try PointChangeOperations.decide(
                    id, isApproved: isApproved, note: note, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        return visit.saved("/changes", isApproved ? "变更已批准，现在生效" : "申请已退回")
    }

    static func sheet(
        _ changes: [LimitChange], visit: Visit, names: [EnterpriseID: String], title: String
    ) -> Sheet {
        let mayDecide = visit.officer.role == .duty || visit.officer.role == .admin
        return Sheet(
            "\(title) \(changes.count)", id: "changes", headers: ["点位", "企业", "改成", "理由", "申请", "结果"],
            rows: changes.map { change in
                let limits = change.proposed.limits
                let parts: [(String, Double?)] = [
                    ("低低", limits.lowLow), ("低", limits.low), ("高", limits.high), ("高高", limits.highHigh),
                ]
                let text = parts.compactMap { part in part.1.map { "\(part.0) \($0.plainText)" } }.joined(
                    separator: "，")
                let base = "/change/" + Form.encode(change.id)
                let csrf = visit.officer.csrf
                let acts =
                    change.decidedAt != nil || !mayDecide
                    ? []
                    : [
                        Sheet.Act(title: "批准", action: base + "/approve", csrf: csrf),
                        Sheet.Act(
                            title: "退回", action: base + "/return", csrf: csrf, noteName: "note", notePlaceholder: "退回理由"
                        ),
                    ]
                let outcome =
                    change.isApproved.map { $0 ? "已批准" : "已退回 \(change.note ?? "")" } ?? (acts.isEmpty ? "等批准" : "")
                return Sheet.Row([
                    .init(change.proposed.name, address: "/point/" + Form.encode(change.point.rawValue)),
                    .init(names[change.enterprise] ?? change.enterprise.rawValue),
                    .init("\(text) \(change.proposed.unit)" + (change.proposed.isInUse ? "" : "，停用")),
                    .init(change.reason), .init(Wording.stamp(change.requestedAt, now: visit.now), style: "m"),
                    .init(outcome, acts: acts),
                ])
            }, empty: "没有申请。")
    }
}
