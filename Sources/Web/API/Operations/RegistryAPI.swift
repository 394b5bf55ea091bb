import Domain
import Hummingbird
import Kernel
import Services
import Storage

/// The register and what points read.
enum RegistryAPI {
    private static let regulator: Set<AccountRole> = [.duty, .admin]
    private static let offices: Set<AccountRole> = [.duty, .safety, .admin]
    /// The longest part of a curve that is given at once.
    private static let curveMax = Interval.days(31)

    static var routes: [APIRoute] {
        [
            enterprises.route, enterprise, hazards.route, hazard, points.route, point, values, cameras.route,
            offline.route,
        ]
    }

    private static let enterprises = APIListing(
        path: "/api/v1/enterprises", operation: "listEnterprises", tag: .registry, title: "企业", roles: regulator,
        filters: [
            APIParameter("q", "名称里的字"), APIParameter("region", "属地区划代码的前几位"),
            APIParameter("state", "offline：没有网关来数的", .choice([("offline", "离线")])),
        ], record: RegistryRecords.enterprise, page: "/enterprises"
    ) { call, range in
        let (scope, filter) = (call.scope, EnterpriseListPage.filter(call.query, now: call.now))
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try EnterpriseListing.all(
                    filter, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                total: try EnterpriseListing.count(filter, scope: scope, in: &session))
        }
    }

    private static let enterprise = APIRoute(
        method: .get, path: "/api/v1/enterprises/{id}", operation: "getEnterprise", tag: .registry, title: "一家企业",
        roles: offices, answer: .object(RegistryRecords.whole.shape), problems: [.notFound]
    ) { call, _ in
        let (id, scope) = (EnterpriseID(call.id), call.scope)
        let found = try await call.read { session throws(StorageError) -> RegistryRecords.Whole? in
            var filter = EnterpriseListing.Filter()
            filter.id = id
            var hazards = HazardListing.Filter()
            hazards.enterprise = id
            guard let item = try EnterpriseListing.all(filter, scope: scope, limit: 1, in: &session).first else {
                return nil
            }
            return .init(
                enterprise: item, hazards: try HazardListing.all(hazards, scope: scope, limit: 500, in: &session),
                people: try RegistryQueries.people(of: id, scope: scope, in: &session).filter { $0.leftAt == nil })
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(RegistryRecords.whole, found)
    }

    private static let hazards = APIListing(
        path: "/api/v1/hazards", operation: "listHazards", tag: .registry, title: "重大危险源",
        detail: "等级高的在前。", filters: [.enterprise], record: RegistryRecords.hazard
    ) { call, range in
        let scope = call.scope
        var filter = HazardListing.Filter()
        filter.enterprise = call.query.value("enterprise").map { EnterpriseID($0) }
        let wanted = filter
        let all = try await call.read { session throws(StorageError) in
            try HazardListing.all(wanted, scope: scope, limit: APIPaging.downloadMax + 1, in: &session)
        }
        return .init(all, range)
    }

    private static let hazard = APIRoute(
        method: .get, path: "/api/v1/hazards/{id}", operation: "getHazard", tag: .registry, title: "一处重大危险源",
        answer: .object(RegistryRecords.source.shape), problems: [.notFound]
    ) { call, _ in
        let (id, scope) = (HazardID(call.id), call.scope)
        let found = try await call.read { session throws(StorageError) -> RegistryRecords.Source? in
            var filter = HazardListing.Filter()
            filter.id = id
            var points = PointSheet.Filter()
            points.hazard = id
            guard let item = try HazardListing.all(filter, scope: scope, limit: 1, in: &session).first else {
                return nil
            }
            return .init(
                hazard: item, responsible: try WarningDossier.responsible(for: id, in: &session),
                risk: try WarningDossier.risk(of: id, in: &session),
                points: try PointSheet.all(points, scope: scope, limit: 1_000, in: &session))
        }
        guard var source = found else { throw Problem(.notFound) }
        call.site.freshen(&source.points)
        return call.answer(RegistryRecords.source, source)
    }

    private static let points = APIListing(
        path: "/api/v1/points", operation: "listPoints", tag: .registry, title: "点位",
        filters: [APIParameter("state", "状态", .choice([("offline", "离线"), ("alarm", "报警中")])), .enterprise],
        record: RegistryRecords.point, page: "/points"
    ) { call, range in
        let (scope, filter) = (call.scope, PointListPage.filter(call.query))
        var found = try await call.read { session throws(StorageError) in
            (
                try PointSheet.all(filter, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                try PointSheet.count(filter, scope: scope, in: &session)
            )
        }
        call.site.freshen(&found.0)
        return .init(rows: found.0, total: found.1)
    }

    private static let point = APIRoute(
        method: .get, path: "/api/v1/points/{id}", operation: "getPoint", tag: .registry, title: "一个点位",
        answer: .object(RegistryRecords.point.shape), problems: [.notFound]
    ) { call, _ in
        let (id, scope) = (PointID(call.id), call.scope)
        let found = try await call.read { session throws(StorageError) in
            try PointSheet.find(id, scope: scope, in: &session)
        }
        guard var sheet = found else { throw Problem(.notFound) }
        call.site.freshen(&sheet)
        return call.answer(RegistryRecords.point, sheet)
    }

    private static let values = APIRoute(
        method: .get, path: "/api/v1/points/{id}/values", operation: "getPointValues", tag: .registry,
        title: "一个点位的曲线", detail: "超过 2000 个值时抽稀，每段留最小和最大，峰不丢。一次最多 31 天。",
        parameters: [
            APIParameter("from", "起，不写为一小时前", .instant), APIParameter("to", "止，不写为现在", .instant),
        ],
        answer: .object(
            APIShape(
                "PointValues", "一段曲线",
                [
                    .init(key: "point", title: "点位编码", form: .text), .init(key: "from", title: "起", form: .instant),
                    .init(key: "to", title: "止", form: .instant),
                    .init(key: "items", title: "值", form: .list(.object(RegistryRecords.value.shape))),
                ])), problems: [.notFound, .parameter, .fields, .busy]
    ) { call, _ in
        let (id, scope) = (PointID(call.id), call.scope)
        let to = call.query.value("to").flatMap(ChinaTime.parseRFC3339) ?? call.now
        let from = call.query.value("from").flatMap(ChinaTime.parseRFC3339) ?? to - .hours(1)
        guard from < to, to - from <= curveMax else {
            throw Problem(fields: [FieldError(field: "from", message: "时段从早到晚，最长 31 天")])
        }
        let isKnown = try await call.read { session throws(StorageError) in
            try PointSheet.find(id, scope: scope, in: &session) != nil
        }
        guard isKnown else { throw Problem(.notFound) }
        guard let intake = call.site.intake else { throw Problem(.busy) }
        let found = try await intake.curve(of: id, from: from, to: to, scope: scope) ?? []
        return call.answer([
            "point": .string(id.rawValue), "from": .string(ChinaTime.rfc3339(from)),
            "to": .string(ChinaTime.rfc3339(to)), "items": .array(found.map { RegistryRecords.value.json($0) }),
        ])
    }

    private static let cameras = APIListing(
        path: "/api/v1/cameras", operation: "listCameras", tag: .registry, title: "视频", roles: offices,
        filters: [APIParameter("state", "状态", .choice([("offline", "离线")])), .enterprise],
        record: RegistryRecords.camera, page: "/cameras"
    ) { call, range in
        let scope = call.scope
        var filter = CameraListing.Filter()
        filter.enterprise = call.query.value("enterprise").map { EnterpriseID($0) }
        filter.isOfflineOnly = call.query["state"] == "offline"
        let wanted = filter
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try CameraListing.all(
                    wanted, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                total: try CameraListing.count(wanted, scope: scope, in: &session))
        }
    }

    private static let offline = APIListing(
        path: "/api/v1/offline", operation: "listOffline", tag: .registry, title: "离线", roles: offices,
        filters: [APIParameter("kind", "什么离线；不写时监管单位看企业，企业看点位", .words(PresenceKind.self) { $0.label })],
        record: RegistryRecords.offline, page: "/offline"
    ) { call, range in
        let (scope, now, kind) = (call.scope, call.now, OfflinePage.kind(call.visit))
        let all = try await call.read { session throws(StorageError) in
            try OfflineListing.ranking(
                kind, scope: scope, now: now, limit: APIPaging.downloadMax + 1, in: &session)
        }
        return .init(all, range)
    }
}
