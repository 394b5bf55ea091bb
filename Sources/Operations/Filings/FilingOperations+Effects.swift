import Domain
import Kernel
import Storage

// What a change of a filing brings with it.
extension FilingOperations {
    /// Points that are named and under repair leave alarms and the model by exemptions of their own.
    static func exempt(
        _ filing: Filing, _ points: [PointID], context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard filing.kind.exemptsAlarms, filing.state(at: context.now) != .over else { return }
        var grants: [(id: String, point: PointID)] = []
        for point in points { grants.append((context.ids.next("ex", at: context.now), point)) }
        try FilingStore.exempt(filing, grants, by: context.actor, at: context.now, in: &session)
    }

    /// The points in memory, their alarms and their sources' levels follow.
    static func settle(
        _ filing: Filing, table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try table.reloadExemptions(at: context.now, in: &session)
        try table.reloadFilings(at: context.now, in: &session)
        var recorder = PointRecorder()
        for point in filing.kind.exemptsAlarms ? filing.coverage.points : [] {
            guard let place = table.place(of: point) else { continue }
            try recorder.reconcile(place, table: &table, context: &context, in: &session)
        }
        try recorder.finish(table: &table, context: &context, in: &session)
        try RiskStore.callForAssessment(of: filing, at: context.now, in: &session)
    }

    static func save(
        _ filing: Filing, done: Set<String>, _ event: String, _ payload: JSON, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        try FilingStore.store(filing, done: done, in: &session)
        try context.log(stream: "filing", filing.id.rawValue, event, payload, in: &session)
        try arm(filing, done: done, in: &session)
    }

    static func arm(
        _ filing: Filing, done: Set<String>, in session: inout Session
    ) throws(StorageError) {
        let rules = try FilingSettingsStore.load(of: filing.id, in: &session)
        let next = filing.steps(rules, done: done).first?.at
        try DueStore.set(.filing, id: filing.id.rawValue, at: next, in: &session)
    }

    static func tell(
        _ recipient: Recipient, _ filing: Filing, key: String, title: String, text: String,
        context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try NoticeOperations.send(
            Notice(
                key: "filing:\(filing.id):\(key)", recipient: recipient, subject: "filing:\(filing.id)", title: title,
                text: text, address: "/filings/\(filing.id)", enterprise: filing.enterprise),
            context: &context, in: &session)
    }
}

extension Filing {
    var json: JSON {
        [
            "enterprise": .string(enterprise.rawValue), "kind": .string(kind.rawValue),
            "whole": .bool(coverage.isWhole), "hazards": .array(coverage.hazards.map { .string($0.rawValue) }),
            "points": .array(coverage.points.map { .string($0.rawValue) }),
            "cameras": .array(coverage.cameras.map { .string($0.rawValue) }), "reason": .string(reason),
            "measures": .string(measures), "from": .integer(from.milliseconds), "until": .integer(until.milliseconds),
            "foundAt": foundAt.map { .integer($0.milliseconds) } ?? .null, "late": .bool(isLate),
        ]
    }
}
