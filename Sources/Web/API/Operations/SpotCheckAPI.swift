import Domain
import Hummingbird
import Kernel
import Storage

/// Spot checks: lists, records, the published draw, rotation plans.
enum SpotCheckAPI {
    private static let regulator: Set<AccountRole> = [.duty, .admin]

    static var routes: [APIRoute] { [list.route, offices.route, records.route, record, draw, plans.route] }

    private static func office(_ call: APICall) throws -> AuthorityID {
        guard let office = call.query.value("office").map({ AuthorityID($0) }) ?? call.officer.authority else {
            throw Problem(.parameter, "参数 office：这个账号不属于监管单位，要写明哪个单位")
        }
        return office
    }

    private static let list = APIListing(
        path: "/api/v1/spot-checks", operation: "listSpotChecks", tag: .spotChecks, title: "抽查名单",
        detail: "一个单位一天的名单：必抽、重点关注、轮回、随机、人工，各有原因。", roles: regulator, filters: [.day, .office],
        record: SpotCheckRecords.line, page: "/checks"
    ) { call, range in
        let (scope, day, office) = (call.scope, call.day(), try office(call))
        let all = try await call.read { session throws(StorageError) in
            try SpotCheckListing.all(of: office, on: day, scope: scope, in: &session)
        }
        return .init(all.map { .init(item: $0, day: day, office: office) }, range)
    }

    private static let offices = APIListing(
        path: "/api/v1/spot-check-offices", operation: "listSpotCheckOffices", tag: .spotChecks,
        title: "各单位的抽查完成情况", roles: regulator, filters: [.day], record: SpotCheckRecords.office
    ) { call, range in
        let (scope, day) = (call.scope, call.day())
        let all = try await call.read { session throws(StorageError) in
            try SpotCheckListing.offices(on: day, scope: scope, in: &session)
        }
        return .init(all, range)
    }

    private static let records = APIListing(
        path: "/api/v1/spot-check-records", operation: "listSpotCheckRecords", tag: .spotChecks, title: "抽查记录",
        detail: "一个单位一天已提交的记录，附表 12 列。", roles: regulator, filters: [.day, .office],
        record: SpotCheckRecords.record
    ) { call, range in
        let (scope, day, office) = (call.scope, call.day(), try office(call))
        let all = try await call.read { session throws(StorageError) in
            try SpotCheckRecordStore.submitted(by: office, on: day, scope: scope, in: &session)
        }
        return .init(all, range)
    }

    private static let record = APIRoute(
        method: .get, path: "/api/v1/spot-check-records/{id}", operation: "getSpotCheckRecord", tag: .spotChecks,
        title: "一份抽查记录", roles: [.duty, .admin, .safety], answer: .object(SpotCheckRecords.record.shape),
        problems: [.notFound]
    ) { call, _ in
        let (id, scope) = (SpotCheckID(call.id), call.scope)
        let found = try await call.read { session throws(StorageError) in
            try SpotCheckRecordStore.find(id, scope: scope, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(SpotCheckRecords.record, found)
    }

    private static let draw = APIRoute(
        method: .get, path: "/api/v1/draws/{day}", operation: "getDraw", tag: .spotChecks,
        title: "一天的随机抽取：种子、候选、权重、结果",
        detail: "算法：候选按编号排序；第 n 签取 SHA-256(\"fengsui-draw-1|种子|日期|单位|n\") 的前 8 字节乘以余下权重之和、除以 2⁶⁴。"
            + "`fengsui draw --verify` 用同一内容重抽。", roles: regulator,
        parameters: [APIParameter("day", "日期", .day, place: .path), .office],
        answer: .object(SpotCheckRecords.draw.shape), problems: [.notFound, .parameter]
    ) { call, _ in
        guard let day = ChinaTime.parseDate(call.visit.parameter("day")) else { throw Problem(.notFound) }
        let (scope, office) = (call.scope, try office(call))
        let found = try await call.read { session throws(StorageError) -> SpotCheckRecords.Draw? in
            guard let draw = try SpotCheckStore.draw(day, of: office, scope: scope, in: &session) else { return nil }
            return .init(
                draw: draw, differences: draw.differences() + (try DrawSeedStore.differences(draw.seed, in: &session)))
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(SpotCheckRecords.draw, found)
    }

    private static let plans = APIListing(
        path: "/api/v1/rotation-plans", operation: "listRotationPlans", tag: .spotChecks, title: "轮回计划",
        roles: regulator, record: SpotCheckRecords.plan, page: "/checks/plans"
    ) { call, range in
        let (scope, today) = (call.scope, Day(call.now))
        let all = try await call.read { session throws(StorageError) in
            try RotationCoverageQuery.all(on: today, scope: scope, in: &session)
        }
        return .init(all, range)
    }
}
