import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// The form by which an enterprise files.
struct FilingForm: Sendable {
    struct Box: Sendable {
        var value: String
        var title: String
        var isChecked: Bool
    }
    struct Group: Sendable {
        var title: String
        var boxes: [Box]
    }
    struct Kind: Sendable {
        var value: String
        var title: String
        var effect: String
        var isChecked: Bool
    }

    var kinds: [Kind]
    var isWhole: Bool
    var hazards: [Box]
    var groups: [Group]
    var cameras: [Box]
    var hasCameras: Bool
    var reason: String
    var measures: String
    var from: String
    var until: String
    var found: String
    var message: String?
    var receiver: String
    var csrf: String

    /// The fields as they were sent, for showing the form again.
    private struct Sent {
        var kind = FilingKind.maintenance.rawValue
        var isWhole = false
        var hazards: Set<String> = []
        var points: Set<String> = []
        var cameras: Set<String> = []
        var reason = ""
        var measures = ""
        var from = ""
        var until = ""
        var found = ""
    }

    static func show(_ visit: Visit) async throws -> Response {
        var sent = Sent()
        sent.kind = visit.query.value("kind") ?? sent.kind
        sent.points = Set(visit.query.all("point"))
        sent.cameras = Set(visit.query.all("camera"))
        sent.from = LocalTime.text(visit.now + .hours(25))
        sent.until = LocalTime.text(visit.now + .hours(33))
        return try await render(visit, sent, message: nil, status: .ok)
    }

    static func submit(_ visit: Visit, _ parts: Multipart) async throws -> Response {
        func text(_ name: String) -> String { Form.trimmed(parts.text(name)) }
        var sent = Sent()
        sent.kind = text("kind")
        sent.isWhole = text("whole") == "1"
        sent.hazards = Set(parts.all("hazard"))
        sent.points = Set(parts.all("point"))
        sent.cameras = Set(parts.all("camera"))
        sent.reason = text("reason")
        sent.measures = text("measures")
        sent.from = text("from")
        sent.until = text("until")
        sent.found = text("found")
        guard let kind = FilingKind(rawValue: sent.kind), let enterprise = visit.officer.enterprise else {
            throw PageRefusal.notFound
        }
        let found = sent.found.isEmpty ? nil : LocalTime.instant(sent.found)
        guard let from = LocalTime.instant(sent.from), let until = LocalTime.instant(sent.until),
            sent.found.isEmpty || found != nil
        else {
            return try await render(
                visit, sent, message: "时间写成 2026-11-23 09:00", status: .unprocessableContent)
        }
        let draft = FilingDraft(
            kind: kind,
            coverage: FilingCoverage(
                isWhole: sent.isWhole, hazards: sent.hazards.sorted().map { HazardID($0) },
                points: sent.points.sorted().map { PointID($0) }, cameras: sent.cameras.sorted().map { CameraID($0) }),
            reason: sent.reason, measures: sent.measures, from: from, until: until, foundAt: found)
        let files = parts.files("file").map {
            FilingAttachment(name: String($0.fileName.suffix(100)), content: $0.bytes)
        }
        let (context, editor) = (visit.operation(), visit.editor)
        let id: FilingID
        do throws(FilingFailure) {
            id = try await visit.site.store.write { session throws(FilingFailure) in
                var context = context
                return try FilingOperations.submit(
                    draft, attachments: files, of: enterprise, by: editor, context: &context, in: &session)
            }
        } catch {
            if case .notFound = error { throw PageRefusal.notFound }
            return try await render(visit, sent, message: error.text, status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/filings/" + Form.encode(id.rawValue))
    }

    private static func render(
        _ visit: Visit, _ sent: Sent, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        guard let enterprise = visit.officer.enterprise else { throw PageRefusal.notFound }
        let scope = visit.scope
        let found = try await visit.read { session throws(StorageError) in
            var filter = EnterpriseListing.Filter()
            filter.id = enterprise
            return (
                hazards: try RegistryQueries.hazards(of: enterprise, scope: scope, in: &session),
                points: try RegistryQueries.points(of: enterprise, scope: scope, in: &session),
                cameras: try CameraStore.all(of: enterprise, scope: scope, in: &session),
                item: try EnterpriseListing.all(filter, scope: scope, limit: 1, in: &session).first
            )
        }
        var groups = found.hazards.map { hazard in
            Group(
                title: hazard.name,
                boxes: found.points.filter { $0.hazard == hazard.id && $0.isInUse }.map { box($0, sent.points) })
        }
        let others = found.points.filter { $0.hazard == nil && $0.isInUse }.map { box($0, sent.points) }
        if !others.isEmpty { groups.append(Group(title: "不属于危险源的点位", boxes: others)) }
        let page = FilingForm(
            kinds: FilingKind.allCases.map {
                Kind(
                    value: $0.rawValue, title: $0.label, effect: $0.effect, isChecked: $0.rawValue == sent.kind)
            },
            isWhole: sent.isWhole,
            hazards: found.hazards.map {
                Box(value: $0.id.rawValue, title: $0.name, isChecked: sent.hazards.contains($0.id.rawValue))
            },
            groups: groups.filter { !$0.boxes.isEmpty },
            cameras: found.cameras.filter(\.isInUse).map {
                Box(
                    value: $0.id.rawValue, title: "\($0.name)(\($0.place.label))",
                    isChecked: sent.cameras.contains($0.id.rawValue))
            },
            hasCameras: found.cameras.contains(where: \.isInUse), reason: sent.reason, measures: sent.measures,
            from: sent.from, until: sent.until, found: sent.found, message: message,
            receiver: found.item?.regulatorName ?? "监管部门", csrf: visit.officer.csrf)
        return visit.page("filing-form", page, title: "提交报备", section: .filings, status: status)
    }

    private static func box(_ point: MonitoringPoint, _ chosen: Set<String>) -> Box {
        Box(
            value: point.id.rawValue,
            title: Points.title(kind: point.quantity.rawValue, name: point.name, tag: point.tag),
            isChecked: chosen.contains(point.id.rawValue))
    }
}
