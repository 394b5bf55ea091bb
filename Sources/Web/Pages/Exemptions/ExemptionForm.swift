import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// The form by which an enterprise asks: the regulator decides, the enterprise alone never.
struct ExemptionForm: Sendable {
    var point: String
    var pointTitle: String
    var pointAddress: String
    var alarm: String
    var alarmText: String?
    var kinds: [Choice]
    var reason: String
    var reasonError: String?
    var from: String
    var fromError: String?
    var until: String
    var untilError: String?
    var errors: [FieldError]
    var hasErrors: Bool
    var csrf: String
    var receiver: String

    static func show(_ visit: Visit) async throws -> Response {
        let now = visit.now
        var values = Form()
        values["point"] = visit.query["point"]
        values["alarm"] = visit.query["alarm"]
        values["kind"] = visit.query.value("kind") ?? Exemption.Kind.filing.rawValue
        values["from"] = LocalTime.text(now)
        values["until"] = LocalTime.text(now + .hours(4))
        return try await render(visit, values: values, errors: [], status: .ok)
    }

    static func submit(_ visit: Visit) async throws -> Response {
        let form = visit.form
        var errors: [FieldError] = []
        if form["reason"].isEmpty { errors.append(.init(field: "reason", message: "理由没有填：为什么、修到什么程度")) }
        let from = LocalTime.instant(form["from"])
        if from == nil { errors.append(.init(field: "from", message: "起始时间写成 2026-11-23 09:00")) }
        let until = form["until"].isEmpty ? nil : LocalTime.instant(form["until"])
        if !form["until"].isEmpty, until == nil {
            errors.append(.init(field: "until", message: "结束时间写成 2026-11-23 18:00"))
        }
        guard let kind = Exemption.Kind(rawValue: form["kind"]) else { throw PageRefusal.notFound }
        guard errors.isEmpty, let from else {
            return try await render(visit, values: form, errors: errors, status: .unprocessableContent)
        }
        let (context, editor) = (visit.operation(), visit.editor)
        let (point, alarm) = (PointID(form["point"]), form.value("alarm").map { AlarmID($0) })
        let reason = form["reason"]
        do {
            try await visit.site.store.write { session throws(AlarmFailure) in
                var context = context
                try ExemptionOperations.request(
                    kind, point: point, alarm: alarm, reason: reason, from: from, until: until, by: editor,
                    context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(
                visit, values: form, errors: [.init(field: "reason", message: error.text)],
                status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/exemptions")
    }

    private static func render(
        _ visit: Visit, values: Form, errors: [FieldError], status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, id) = (visit.scope, PointID(values["point"]))
        let alarm = values.value("alarm").map { AlarmID($0) }
        let found = try await visit.read { session throws(StorageError) in
            let sheet = try PointSheet.find(id, scope: scope, in: &session)
            var item: AlarmListing?
            if let alarm {
                var filter = AlarmListing.Filter()
                filter.id = alarm
                item = try AlarmListing.all(filter, scope: scope, limit: 1, in: &session).first
            }
            var enterprise: EnterpriseListing?
            if let sheet {
                var filter = EnterpriseListing.Filter()
                filter.id = sheet.enterprise
                enterprise = try EnterpriseListing.all(filter, scope: scope, limit: 1, in: &session).first
            }
            return (sheet, item, enterprise?.regulatorName)
        }
        guard let sheet = found.0 else { throw PageRefusal.notFound }
        func error(_ field: String) -> String? { errors.first { $0.field == field }?.message }
        let page = ExemptionForm(
            point: id.rawValue, pointTitle: Points.title(kind: sheet.kind, name: sheet.name, tag: sheet.tag),
            pointAddress: "/point/" + Form.encode(id.rawValue), alarm: values["alarm"],
            alarmText: found.1.map { alarm in
                Points.state(alarm.worstState, kind: alarm.pointKind) + " "
                    + Wording.stamp(alarm.openedAt, now: visit.now) + " 起"
            },
            kinds: Choice.list(
                Exemption.Kind.allCases.map { ($0.rawValue, ExemptionListPage.kind($0.rawValue)) },
                selected: values["kind"]),
            reason: values["reason"], reasonError: error("reason"), from: values["from"], fromError: error("from"),
            until: values["until"], untilError: error("until"), errors: errors, hasErrors: !errors.isEmpty,
            csrf: visit.officer.csrf, receiver: found.2 ?? "监管部门")
        return visit.page("exemption-form", page, title: "申请报备或豁免", section: .exemptions, status: status)
    }
}
