import Domain
import Hummingbird
import Kernel
import Storage

/// Patrols, what must be patrolled, attendance and site checks.
enum PatrolAPI {
    private static let regulator: Set<AccountRole> = [.duty, .admin]

    static var routes: [APIRoute] {
        [patrols.route, patrol, days.route, tasks.route, attendance.route, siteChecks.route, siteCheck]
    }

    private static let from = APIParameter("from", "从哪天；不写为七天前", .day)
    private static let to = APIParameter("to", "到哪天（含）；不写为今天", .day)

    private static let patrols = APIListing(
        path: "/api/v1/patrols", operation: "listPatrols", tag: .patrols, title: "巡查记录", roles: regulator,
        filters: [from, to, APIParameter("office", "巡查单位编号；不写为辖区内全部")], record: InspectionRecords.patrol,
        page: "/patrols"
    ) { call, range in
        let (scope, last) = (call.scope, call.day("to"))
        let first = call.query.value("from").flatMap(ChinaTime.parseDate) ?? Day(number: last.number - 6)
        let office = call.query.value("office").map { AuthorityID($0) }
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try PatrolListing.all(
                    office: office, from: first, until: last.next, scope: scope, limit: range.limit,
                    offset: range.offset, in: &session),
                total: try PatrolListing.count(
                    office: office, from: first, until: last.next, scope: scope, in: &session))
        }
    }

    private static let patrol = APIRoute(
        method: .get, path: "/api/v1/patrols/{id}", operation: "getPatrol", tag: .patrols, title: "一次巡查",
        roles: regulator, answer: .object(InspectionRecords.patrol.shape), problems: [.notFound]
    ) { call, _ in
        let (id, scope) = (PatrolID(call.id), call.scope)
        let found = try await call.read { session throws(StorageError) in
            try PatrolListing.find(id, scope: scope, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(InspectionRecords.patrol, found)
    }

    private static let days = APIListing(
        path: "/api/v1/patrol-days", operation: "listPatrolDays", tag: .patrols, title: "各单位的巡查完成情况",
        roles: regulator, filters: [.day], record: InspectionRecords.patrolDay, page: "/patrols/overview"
    ) { call, range in
        let (scope, day) = (call.scope, call.day())
        let all = try await call.read { session throws(StorageError) in
            try PatrolStore.days(day, scope: scope, in: &session)
        }
        return .init(all, range)
    }

    private static let tasks = APIListing(
        path: "/api/v1/patrol-tasks", operation: "listPatrolTasks", tag: .patrols, title: "巡查对象与优先级",
        roles: regulator, filters: [.day, .office], record: InspectionRecords.patrolTask
    ) { call, range in
        let (scope, day) = (call.scope, call.day())
        guard let office = call.query.value("office").map({ AuthorityID($0) }) ?? call.officer.authority else {
            throw Problem(.parameter, "参数 office：这个账号不属于监管单位，要写明哪个单位")
        }
        let all = try await call.read { session throws(StorageError) in
            try PatrolStore.tasks(office: office, day: day, scope: scope, in: &session)
        }
        return .init(all, range)
    }

    private static let attendance = APIListing(
        path: "/api/v1/attendance", operation: "listAttendance", tag: .patrols, title: "履责发现",
        detail: "该做而当日没有做的：专人没有登录、巡查没有完成、预警没有及时查看、报备没有按时确认。", roles: regulator,
        filters: [from, to], record: InspectionRecords.attendance, page: "/attendance"
    ) { call, range in
        let (scope, last) = (call.scope, call.day("to"))
        let first = call.query.value("from").flatMap(ChinaTime.parseDate) ?? Day(number: last.number - 30)
        let all = try await call.read { session throws(StorageError) in
            try AttendanceStore.findings(
                from: first, until: last.next, scope: scope, limit: APIPaging.downloadMax + 1, in: &session)
        }
        return .init(all, range)
    }

    private static let siteChecks = APIListing(
        path: "/api/v1/site-checks", operation: "listSiteChecks", tag: .patrols, title: "现场核查", roles: regulator,
        filters: [.mark("waiting", "只要没有提交的")], record: InspectionRecords.siteCheck, page: "/sitechecks"
    ) { call, range in
        let (scope, isWaitingOnly) = (call.scope, call.query.value("waiting") != nil)
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try SiteCheckStore.all(
                    isWaitingOnly: isWaitingOnly, scope: scope, limit: range.limit, offset: range.offset,
                    in: &session),
                total: try SiteCheckStore.count(isWaitingOnly: isWaitingOnly, scope: scope, in: &session))
        }
    }

    private static let siteCheck = APIRoute(
        method: .get, path: "/api/v1/site-checks/{id}", operation: "getSiteCheck", tag: .patrols, title: "一次现场核查",
        roles: regulator, answer: .object(InspectionRecords.siteCheck.shape), problems: [.notFound]
    ) { call, _ in
        let (id, scope) = (call.id, call.scope)
        let found = try await call.read { session throws(StorageError) in
            try SiteCheckStore.find(id, scope: scope, in: &session)
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(InspectionRecords.siteCheck, found)
    }
}
