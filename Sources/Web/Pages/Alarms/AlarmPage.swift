import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Services
import Storage

/// One alarm: what it is, and what the enterprise can do about it. A value beyond its limit is never cleared by hand.
struct AlarmPage: Sendable {
    var crumbs: [Crumb]
    var title: String
    var subtitle: String
    var facts: [EnterprisePage.Fact]
    var acknowledge: String?
    var clear: String?
    var note: String
    var noteError: String?
    var ask: String?
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, note: "", error: nil, status: .ok)
    }

    static func acknowledge(_ visit: Visit) async throws -> Response {
        let (id, scope, context) = (AlarmID(visit.parameter("id")), visit.scope, visit.operation())
        do {
            try await visit.site.store.write { session throws(AlarmFailure) in
                var context = context
                try AlarmOperations.acknowledge(id, scope: scope, context: &context, in: &session)
            }
        } catch {
            throw refusal(error)
        }
        visit.site.events.committed()
        return visit.redirect("/alarm/" + Form.encode(id.rawValue))
    }

    static func clear(_ visit: Visit) async throws -> Response {
        guard let intake = visit.site.intake else { throw PageRefusal.busy }
        let (id, scope, note) = (AlarmID(visit.parameter("id")), visit.scope, visit.form["note"])
        do {
            try await intake.transaction(actor: visit.officer.actor) {
                table, context, session throws(AlarmFailure) in
                try AlarmOperations.clearByHand(
                    id, note: note, scope: scope, table: &table, context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(visit, note: note, error: error.text, status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/alarm/" + Form.encode(id.rawValue))
    }

    private static func refusal(_ failure: AlarmFailure) -> PageRefusal {
        switch failure {
        case .notFound: .notFound
        case .forbidden(let words): .forbidden(words)
        case .cannotClear, .exemption, .refused: .refused(failure.text)
        case .storage: .busy
        }
    }

    private static func render(
        _ visit: Visit, note: String, error: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        var filter = AlarmListing.Filter()
        filter.id = AlarmID(visit.parameter("id"))
        let wanted = filter
        var found = try await visit.read { session throws(StorageError) in
            try AlarmListing.all(wanted, scope: scope, limit: 1, in: &session)
        }
        visit.site.freshen(&found)
        guard let alarm = found.first else { throw PageRefusal.notFound }
        let page = AlarmPage(alarm, officer: visit.officer, note: note, error: error, now: now)
        return visit.page("alarm", page, title: "报警", section: .alarms, status: status)
    }

    private init(_ alarm: AlarmListing, officer: Officer, note: String, error: String?, now: Timestamp) {
        let line = AlarmListPage.Line(alarm, role: officer.role, now: now)
        let address = "/alarm/" + Form.encode(alarm.id.rawValue)
        crumbs = [
            Crumb(title: officer.organization, address: officer.home),
            Crumb(title: alarm.enterpriseName, address: line.enterpriseAddress),
            Crumb(title: line.point, address: line.pointAddress), Crumb(title: "报警", address: nil),
        ]
        title = "\(line.point) \(line.worst)"
        subtitle = [alarm.enterpriseName, alarm.hazardName, alarm.equipmentName].compactMap(\.self)
            .joined(separator: " · ")
        facts = [
            .init(title: "状态", text: line.ending), .init(title: "值 / 限", text: line.trouble ?? line.reading),
            .init(title: "起", text: line.opened), .init(title: "历时", text: line.lasted),
            .init(title: "越限次数", text: "\(alarm.occurrences) 次"),
            .init(title: "知悉", text: alarm.acknowledgedAt.map { Wording.stamp($0, now: now) } ?? "还没有人知悉"),
            .init(title: "消警", text: alarm.clearedAt.map { Wording.stamp($0, now: now) } ?? "未消警"),
        ]
        let isActing = line.isOpen && (officer.role == .safety || officer.role == .responsible)
        acknowledge = isActing && alarm.acknowledgedAt == nil ? address + "/acknowledge" : nil
        clear = isActing ? address + "/clear" : nil
        self.note = note
        noteError = error
        ask = line.requestAddress
        csrf = officer.csrf
    }
}
