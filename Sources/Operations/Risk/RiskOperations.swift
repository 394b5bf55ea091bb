public import Domain
public import Kernel
public import Storage

/// The level of a source by the model, from alarms, points and time.
public enum RiskOperations {
    /// Assesses one source at this instant; a change of level goes to its warnings. A source whose level was set
    /// outright is left alone. Inside a transaction of the table.
    public static func reassess(
        _ hazard: HazardID, table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try reassess([hazard], table: &table, context: &context, in: &session)
    }

    /// Assesses some sources, in the order given, with what they share read once.
    static func reassess(
        _ hazards: [HazardID], table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard !hazards.isEmpty else { return }
        let enterprises = Set(hazards.compactMap { table.sources[$0]?.enterprise })
        let frame = try RiskFrame(of: enterprises, at: context.now, in: &session)
        for hazard in hazards { try reassess(hazard, frame, table: &table, context: &context, in: &session) }
    }

    private static func reassess(
        _ hazard: HazardID, _ frame: RiskFrame, table: inout PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        let standing = try RiskStore.standing(of: hazard, in: &session)
        guard let source = table.sources[hazard], standing?.isOutright != true else {
            return try DueStore.set(.risk, id: hazard.rawValue, at: nil, in: &session)
        }
        let model = frame.model
        var inputs = try inputs(of: hazard, source, model: model, table: table, at: context.now, in: &session)
        let commitment = frame.commitment(of: source.enterprise)
        inputs.commitment = commitment?.input
        let assessment = model.assess(inputs, at: context.now)
        var risk = standing?.risk ?? HazardRisk()
        let change = risk.update(assessment, isFrozen: inputs.isFrozen, by: model, at: context.now)
        var next = risk.nextChangeAt(assessment, by: model)
        if let commitment { next = min(next ?? commitment.nextAt, commitment.nextAt) }
        if let other = frame.nextModelAt { next = min(next ?? other, other) }
        if let period = table.riskPeriod { next = next.map(period.roundUp) }
        try RiskStore.store(
            risk, assessment, of: hazard, enterprise: source.enterprise, modelVersion: model.version,
            nextChangeAt: next, at: context.now, in: &session)
        guard let change else { return }
        try RiskStore.noteChange(
            change, assessment, of: hazard, enterprise: source.enterprise, at: context.now, in: &session)
        let cause = cause(of: change, assessment, model)
        try context.log(stream: "risk", hazard.rawValue, "levelChanged", cause, at: context.now, in: &session)
        try WarningOperations.riskChanged(
            hazard: hazard, to: change.to, cause: cause, context: &context, in: &session)
    }

    /// Assesses the sources whose level can change at this instant or could have before; how many there were. The
    /// caller repeats while this equals `limit`.
    public static func runDue(
        table: inout PointTable, context: inout OperationContext, in session: inout Session, limit: Int = 256
    ) throws(StorageError) -> Int {
        let rows = try DueStore.due(.risk, through: context.now, limit: limit, in: &session)
        try reassess(rows.map { HazardID($0.id) }, table: &table, context: &context, in: &session)
        return rows.count
    }

    /// Every source in use: at start, after a new version of the model, after a change of the register.
    public static func reassessAll(
        table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try reassess(table.sources.keys.sorted(), table: &table, context: &context, in: &session)
    }

    /// What a model would say now, and what stands: for whoever has to approve it. Changes nothing.
    public struct Preview: Hashable, Sendable {
        public var hazard: HazardID
        public var enterprise: EnterpriseID
        public var standing: Level
        public var wanted: Level
        public var score: Double
    }

    /// One a source, without the debounce: a fall would come after its hold time.
    public static func preview(
        _ model: RiskModel, table: PointTable, at now: Timestamp, in session: inout Session
    ) throws(StorageError) -> [Preview] {
        var previews: [Preview] = []
        let enterprises = Set(table.sources.values.map(\.enterprise))
        let frame = try RiskFrame(of: enterprises, at: now, model: model, in: &session)
        for (hazard, source) in table.sources.sorted(by: { $0.key < $1.key }) {
            var inputs = try inputs(of: hazard, source, model: model, table: table, at: now, in: &session)
            inputs.commitment = frame.commitment(of: source.enterprise)?.input
            let assessment = model.assess(inputs, at: now)
            let standing = try RiskStore.standing(of: hazard, in: &session)?.risk.level ?? .blue
            let wanted = max(model.level(for: assessment.score), assessment.floor?.level ?? .blue)
            previews.append(
                Preview(
                    hazard: hazard, enterprise: source.enterprise, standing: standing, wanted: wanted,
                    score: assessment.score))
        }
        return previews
    }

    private static func inputs(
        of hazard: HazardID, _ source: PointTable.Source, model: RiskModel, table: PointTable, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) -> RiskInputs {
        let since = now - .hours(model.management.windowHours)
        var inputs = RiskInputs(
            grade: source.grade, pointCount: 0, alarms: try AlarmStore.inputs(of: hazard, since: since, in: &session))
        for place in source.places where !table.isExempt(place, at: now) {
            inputs.pointCount += 1
            let tracker = table.trackers[place]
            // What was filed and confirmed is not 未报备离线; the freeze stays (A17).
            if let since = tracker.offlineSince, !table.isFiled(place, at: now) {
                inputs.offlineSince = min(inputs.offlineSince ?? since, since)
            }
            if tracker.isBad, table.points[place].isKey { inputs.hasBadKeyPoint = true }
            if tracker.isOffline || tracker.isBad { inputs.isFrozen = true }
        }
        return inputs
    }

    private static func cause(
        of change: HazardRisk.Change, _ assessment: RiskAssessment, _ model: RiskModel
    ) -> JSON {
        let members: [JSON.Member] = [
            JSON.Member("from", .string(change.from.name)), JSON.Member("to", .string(change.to.name)),
            JSON.Member("score", .number(assessment.score)), JSON.Member("model", .integer(Int64(model.version))),
        ]
        return .object(members + (assessment.json.members ?? []))
    }
}
