import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 开停车、检维修备案: recorded by the enterprise, seen by its regulator.
struct OperationRecordsPage: Sendable {
    struct Line: Sendable {
        var kind: String
        var enterprise: String
        var device: String
        var content: String
        var span: String
        var people: String
        var interlock: String?
        var plan: String
        var state: String
        var isOverdue: Bool
        var end: String?
    }
    struct Entry: Sendable {
        var kinds: [Choice]
        var hazards: [Choice]
        var values: [String: String]
        var removesInterlock: Bool
        var message: String?
    }

    var lines: [Line]
    var entry: Entry?
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        var values = Form()
        values["startAt"] = LocalTime.text(visit.now)
        values["expireAt"] = LocalTime.text(visit.now + .hours(8))
        return try await render(visit, values: values, message: nil, status: .ok)
    }

    private static let fields = [
        "deviceName", "content", "startAt", "expireAt", "personName", "personPhone", "principalName",
        "principalPhone", "emergencyPlan",
    ]

    private static func render(
        _ visit: Visit, values: Form, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let own = visit.officer.role == .safety ? visit.officer.enterprise : nil
        let found = try await visit.read { session throws(StorageError) in
            let records = try OperationRecordStore.list(limit: 100, scope: scope, in: &session)
            let names = try PresenceNames.find(
                Array(Set(records.map(\.enterprise.rawValue))), scope: scope, in: &session)
            var hazards: [Hazard] = []
            if let own { hazards = try RegistryQueries.hazards(of: own, scope: scope, in: &session) }
            return (records: records, names: names, hazards: hazards)
        }
        let page = OperationRecordsPage(
            lines: found.records.map { record in
                Line(
                    record, enterprise: found.names[record.enterprise.rawValue]?.name ?? record.enterprise.rawValue,
                    isOwn: own != nil, now: now)
            },
            entry: own.map { _ in
                Entry(
                    kinds: Choice.list(
                        OperationRecord.Kind.allCases.map { ($0.rawValue, $0.label) }, selected: values["kind"]),
                    hazards: Choice.list(
                        [("", "不属于危险源")] + found.hazards.map { ($0.id.rawValue, $0.name) },
                        selected: values["hazard"]),
                    values: Dictionary(Self.fields.map { ($0, values[$0]) }, uniquingKeysWith: { first, _ in first }),
                    removesInterlock: values["removesInterlock"] == "1", message: message)
            },
            csrf: visit.officer.csrf)
        return visit.page("operation-records", page, title: "开停车检维修备案", section: .filings, status: status)
    }

    static func save(_ visit: Visit) async throws -> Response {
        let form = visit.form
        guard let enterprise = visit.officer.enterprise, let kind = OperationRecord.Kind(rawValue: form["kind"]) else {
            throw PageRefusal.notFound
        }
        guard let start = LocalTime.instant(form["startAt"]), let expire = LocalTime.instant(form["expireAt"]) else {
            return try await render(
                visit, values: form, message: "时间写成 2026-11-23 09:00", status: .unprocessableContent)
        }
        let record = OperationRecord(
            id: "", enterprise: enterprise, hazard: form.value("hazard").map { HazardID($0) }, equipment: nil,
            kind: kind, deviceName: form["deviceName"], content: form["content"], startAt: start, expireAt: expire,
            personName: form["personName"], personPhone: form["personPhone"],
            principalName: form.value("principalName"), principalPhone: form.value("principalPhone"),
            removesInterlock: form["removesInterlock"] == "1", emergencyPlan: form["emergencyPlan"],
            createdAt: visit.now, createdBy: visit.officer.actor)
        let (context, editor) = (visit.operation(), visit.editor)
        do throws(FilingFailure) {
            try await visit.site.store.write { session throws(FilingFailure) in
                var context = context
                try OperationRecordOperations.record(record, by: editor, context: &context, in: &session)
            }
        } catch {
            return try await render(visit, values: form, message: error.text, status: .unprocessableContent)
        }
        visit.site.events.committed()
        return visit.redirect("/filings/records")
    }

    static func end(_ visit: Visit) async throws -> Response {
        let (context, editor, id) = (visit.operation(), visit.editor, visit.parameter("id"))
        do throws(FilingFailure) {
            try await visit.site.store.write { session throws(FilingFailure) in
                var context = context
                try OperationRecordOperations.end(id, by: editor, context: &context, in: &session)
            }
        } catch {
            if case .notFound = error { throw PageRefusal.notFound }
            throw PageRefusal.refused(error.text)
        }
        visit.site.events.committed()
        return visit.redirect("/filings/records")
    }
}

extension OperationRecordsPage.Line {
    init(_ record: OperationRecord, enterprise: String, isOwn: Bool, now: Timestamp) {
        kind = record.kind.label
        self.enterprise = enterprise
        device = record.deviceName
        content = record.content
        span = Wording.stamp(record.startAt, now: now) + " 至 " + Wording.stamp(record.expireAt, now: now)
        people =
            "\(record.personName) \(record.personPhone)"
            + (record.principalName.map { ";装置负责人 \($0) \(record.principalPhone ?? "")" } ?? "")
        interlock = record.removesInterlock ? "摘除联锁" : nil
        plan = record.emergencyPlan
        isOverdue = record.isOverdue(at: now)
        state =
            record.endedAt.map { "已完成 \(Wording.stamp($0, now: now))" }
            ?? (isOverdue ? "超过计划时间" : record.isRunning(at: now) ? "进行中" : "未开始")
        end = isOwn && record.endedAt == nil ? "/filings/records/\(record.id)/end" : nil
    }
}
