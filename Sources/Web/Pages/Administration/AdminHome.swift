import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// The administrator's first page: how far the set-up is, and what waits.
enum AdminHome {
    private struct Counts: Sendable {
        var authorities = 0
        var enterprises = 0
        var hazards = 0
        var points = 0
        var gateways = 0
        var seen = 0
        var accounts = 0
        var vacancies = 0
        var changes = 0
        var rules = 0
    }

    static func show(_ visit: Visit) async throws -> Response {
        let editor = visit.editor
        let counts = try await visit.look { session throws(RegistryFailure) in
            let accounts = try AccountOperations.list(by: editor, in: &session).count
            let rules = try RuleOperations.list(by: editor, in: &session).count(where: \.isWaiting)
            do throws(StorageError) {
                return try Self.count(editor.scope, accounts: accounts, rules: rules, in: &session)
            } catch { throw .storage(error) }
        }
        var page = AdminPage("概况", subtitle: "从空系统到第一条读数；做到哪一步都可以离开，回来接着做。")
        page.crumbs = []
        let facts: [(String, String, String, Bool)] = [
            ("组织与辖区", "\(counts.authorities) 个单位", "/admin/organisations", counts.authorities > 0),
            ("账号与岗位", "\(counts.accounts) 个账号", "/admin/accounts", counts.accounts > 1),
            ("企业", "\(counts.enterprises) 家", "/admin/enterprises", counts.enterprises > 0),
            ("重大危险源", "\(counts.hazards) 处；\(counts.vacancies) 处包保有问题", "/admin/enterprises", counts.hazards > 0),
            ("监测点位", "\(counts.points) 个", "/admin/points", counts.points > 0),
            (
                "网关与第一条数据", "\(counts.gateways) 个网关，\(counts.seen) 个已有数据", "/admin/gateways", counts.seen > 0
            ),
        ]
        page.steps = facts.enumerated().map { number, fact in
            AdminPage.Step(
                number: fact.3 ? "✓" : "\(number + 1)", title: fact.0, text: fact.1, address: fact.2, isDone: fact.3)
        }
        let scope = visit.scope
        let watch = try await visit.read { session throws(StorageError) in
            try WatchFindingStore.open(scope: scope, limit: 50, in: &session)
        }
        page.sheets = [
            Sheet(
                "平台自检 \(watch.count)", id: "watch", headers: ["问题", "说明", "发现于"],
                rows: watch.map {
                    .init([
                        .init($0.kind.label, style: "st"), .init($0.detail),
                        .init(Wording.stamp($0.firstAt, now: visit.now), style: "m"),
                    ])
                }, empty: "没有发现问题：时限按时、消息不积压、通道都通。"),
            Sheet(
                "等着处理", id: "waiting", headers: ["事项", "数量"],
                rows: [
                    .init([.init("点位变更待批准", address: "/changes"), .init("\(counts.changes)", style: "num")]),
                    .init([.init("预警规则待批准", address: "/admin/rules"), .init("\(counts.rules)", style: "num")]),
                    .init([
                        .init("包保责任人有问题的危险源", address: "/admin/vacancies"), .init("\(counts.vacancies)", style: "num"),
                    ]),
                ]),
        ]
        return visit.admin(page, section: "home")
    }

    private static func count(
        _ scope: Scope, accounts: Int, rules: Int, in session: inout Session
    ) throws(StorageError) -> Counts {
        var counts = Counts()
        counts.accounts = accounts
        counts.rules = rules
        counts.authorities = try RegistryQueries.authorities(scope: scope, in: &session).count
        counts.enterprises = try EnterpriseOverview.count(scope: scope, in: &session)
        for item in try EnterpriseOverview.list(limit: 100_000, scope: scope, in: &session) {
            counts.hazards += item.hazardCount
            counts.points += item.pointCount
        }
        let gateways = try GatewayStore.list(scope: scope, in: &session).filter { $0.revokedAt == nil }
        counts.gateways = gateways.count
        counts.seen = gateways.count { $0.seenAt != nil }
        counts.vacancies = try RegistryQueries.responsibilityFindings(scope: scope, in: &session).count
        counts.changes = try LimitChangeStore.list(limit: 500, scope: scope, in: &session)
            .count { $0.decidedAt == nil }
        return counts
    }

    /// A29: sources whose responsible persons are missing, gone or unreachable.
    static func vacancies(_ visit: Visit) async throws -> Response {
        let scope = visit.scope
        let rows = try await visit.read { session throws(StorageError) -> [Sheet.Row] in
            let enterprises = try RegistryQueries.enterprises(scope: scope, in: &session)
            let names = Dictionary(enterprises.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            return try RegistryQueries.responsibilityFindings(scope: scope, in: &session).map { found in
                Sheet.Row([
                    .init(names[found.hazard.enterprise] ?? ""),
                    .init(found.hazard.name, address: AdminHazards.address(found.hazard.id)),
                    .init(found.findings.map { $0.text(people: found.people) }.joined(separator: "；")),
                ])
            }
        }
        var page = AdminPage("包保责任人待补", subtitle: "空缺时，预警改送企业管理员，并记为数据质量问题。")
        page.sheets = [
            Sheet("危险源 \(rows.count)", id: "list", headers: ["企业", "危险源", "问题"], rows: rows, empty: "每处都有三级包保责任人。")
        ]
        return visit.admin(page, section: "enterprises")
    }
}
