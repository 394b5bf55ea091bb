import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 摄像机: what should be seen, what is seen, and where nothing looks (SJ-15, SJ-16).
struct CamerasPage: Sendable {
    struct Line: Sendable {
        var name: String
        var code: String
        var enterprise: String
        var enterpriseAddress: String
        var place: String
        var hazard: String?
        var location: String?
        var state: String
        var isShort: Bool
        var heard: String
        var use: Use?
    }
    struct Use: Sendable {
        var action: String
        var word: String
        var value: String
    }
    struct Gap: Sendable {
        var enterprise: String
        var enterpriseAddress: String
        var text: String
    }
    struct Entry: Sendable {
        var places: [Choice]
        var hazards: [Choice]
        var values: [String: String]
        var message: String?
    }

    var lines: [Line]
    var total: Int
    var online: String
    var isOfflineOnly: Bool
    var gaps: [Gap]
    var hasGaps: Bool
    var entry: Entry?
    var csrf: String
    var pager: Pager

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, values: Form(), message: nil, status: .ok)
    }

    private static func render(
        _ visit: Visit, values: Form, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now, query) = (visit.scope, visit.now, visit.query)
        var filter = CameraListing.Filter()
        filter.enterprise = query.value("enterprise").map { EnterpriseID($0) }
        filter.isOfflineOnly = query["state"] == "offline"
        let wanted = filter
        let own = visit.officer.role == .safety ? visit.officer.enterprise : nil
        let found = try await visit.read { session throws(StorageError) in
            var hazards: [Hazard] = []
            if let own { hazards = try RegistryQueries.hazards(of: own, scope: scope, in: &session) }
            return (
                lines: try CameraListing.all(
                    wanted, scope: scope, limit: Pager.size, offset: Pager.offset(query), in: &session),
                total: try CameraListing.count(wanted, scope: scope, in: &session),
                count: try OfflineListing.count(.camera, scope: scope, now: now, in: &session),
                gaps: try CameraListing.gaps(enterprise: wanted.enterprise, scope: scope, limit: 100, in: &session),
                hazards: hazards
            )
        }
        let address = Pager.address("/cameras", query, keeping: ["enterprise", "state"])
        let names = ["id", "name", "location", "gbCode"]
        let page = CamerasPage(
            lines: found.lines.map { Line($0, role: visit.officer.role, now: now) }, total: found.total,
            online: "\(found.count.online)/\(found.count.due)"
                + (found.count.filed > 0 ? " · 报备 \(found.count.filed)" : ""),
            isOfflineOnly: wanted.isOfflineOnly,
            gaps: found.gaps.map { gap in
                Gap(
                    enterprise: gap.enterpriseName,
                    enterpriseAddress: "/enterprise/" + Form.encode(gap.enterprise.rawValue),
                    text: gap.hazardName.map { "重大危险源“\($0)”没有视频" } ?? "中控室没有视频")
            },
            hasGaps: !found.gaps.isEmpty,
            entry: own.map { _ in
                Entry(
                    places: Choice.list(
                        CameraPlace.allCases.map { ($0.rawValue, $0.label) }, selected: values["place"]),
                    hazards: Choice.list(
                        [("", "不属于危险源")] + found.hazards.map { ($0.id.rawValue, $0.name) },
                        selected: values["hazard"]),
                    values: Dictionary(names.map { ($0, values[$0]) }, uniquingKeysWith: { first, _ in first }),
                    message: message)
            },
            csrf: visit.officer.csrf,
            pager: Pager(page: Pager.number(query), total: found.total, address: address))
        return visit.page("cameras", page, title: "摄像机", section: .cameras, status: status)
    }

    static func save(_ visit: Visit) async throws -> Response {
        let form = visit.form
        let own = visit.officer.enterprise ?? form.value("enterprise").map { EnterpriseID($0) }
        guard let own, let place = CameraPlace(rawValue: form["place"]) else { throw PageRefusal.notFound }
        let camera = Camera(
            id: CameraID(form["id"]), enterprise: own, hazard: form.value("hazard").map { HazardID($0) },
            name: form["name"], place: place, location: form.value("location"), gbCode: form.value("gbCode"),
            isInUse: true)
        let (context, editor) = (visit.operation(), visit.editor)
        do throws(RegistryFailure) {
            try await visit.site.store.write { session throws(RegistryFailure) in
                var context = context
                try CameraOperations.save(camera, by: editor, context: &context, in: &session)
            }
        } catch {
            guard case .violations(let violations) = error else { throw error.refusal }
            return try await render(
                visit, values: form, message: violations.refusals.map(\.line).joined(separator: ";"),
                status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/cameras")
    }

    static func setInUse(_ visit: Visit) async throws -> Response {
        let (context, editor) = (visit.operation(), visit.editor)
        let (id, isInUse) = (CameraID(visit.parameter("id")), visit.form["use"] == "1")
        do throws(RegistryFailure) {
            try await visit.site.store.write { session throws(RegistryFailure) in
                var context = context
                try CameraOperations.setInUse(id, isInUse, by: editor, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        visit.site.events.committed()
        return visit.redirect("/cameras")
    }
}

extension CamerasPage.Line {
    init(_ item: CameraListing, role: AccountRole, now: Timestamp) {
        name = item.camera.name
        code = item.camera.id.rawValue
        enterprise = item.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(item.camera.enterprise.rawValue)
        place = item.camera.place.label
        hazard = item.hazardName
        location = item.camera.location
        let since = item.since.map { " " + Wording.length(now - $0) } ?? ""
        if !item.camera.isInUse {
            state = "停用"
        } else if item.isOnline == true {
            state = "在线" + since
        } else {
            state = item.isOnline == nil ? "没有收到过视频状态" : "离线" + since
            if let reason = item.reason { state += ":" + reason }
            if let plan = item.planOnlineAt { state += ",计划 \(Wording.stamp(plan, now: now)) 恢复" }
        }
        isShort = item.camera.isInUse && item.isOnline != true
        heard = item.heardAt.map { Wording.stamp($0, now: now) } ?? "—"
        let action = "/cameras/" + Form.encode(code) + "/use"
        switch role {
        case .duty, .admin:
            use = item.camera.isInUse ? .init(action: action, word: "停用", value: "0") : nil
        case .safety: use = item.camera.isInUse ? nil : .init(action: action, word: "恢复在用", value: "1")
        case .responsible: use = nil
        }
    }
}
