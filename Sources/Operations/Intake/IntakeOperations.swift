public import Domain
public import Kernel
public import Storage
import Wire

/// Readings into alarms, levels and warnings. Each function is one whole transaction's work on the table: it begins
/// and finishes it.
public enum IntakeOperations {
    /// Takes uploads that wait together, in order; one outcome each. After the commit all of it is on disk: the upload
    /// as evidence, alarms, levels, warnings.
    public static func accept(
        _ submissions: [IntakeSubmission], table: inout PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) -> [IntakeOutcome] {
        try table.begin(in: &session)
        var findings = FindingTally()
        var outcomes: [IntakeOutcome] = []
        var seen: [GatewayID: Timestamp] = [:]
        for submission in submissions {
            var intake = UploadIntake(submission)
            let outcome = try intake.run(table: &table, findings: &findings, context: &context, in: &session)
            outcomes.append(outcome)
            switch outcome {
            case .accepted, .conflict: seen[submission.gateway] = submission.received
            case .foreign: break
            }
        }
        for (gateway, instant) in seen.sorted(by: { $0.key < $1.key }) {
            try UploadStore.gatewaySeen(gateway, at: instant, in: &session)
        }
        try findings.store(context: &context, in: &session)
        try table.finish(in: &session)
        return outcomes
    }

    /// One value of a point at this very instant, without an upload: a drill.
    public static func take(
        _ value: Double, of point: PointID, table: inout PointTable, context: inout OperationContext,
        in session: inout Session
    ) throws(StorageError) {
        try table.begin(in: &session)
        if let place = table.place(of: point) {
            let now = context.now
            var recorder = PointRecorder()
            try recorder.drain(place, to: now, table: &table, context: &context, in: &session)
            let reception = table.change(place) {
                $0.ingest(value: value, quality: .good, claimed: now, effective: now, received: now)
            }
            precondition(reception == .live, "a value of this instant is never older")
            try recorder.drain(place, to: now, table: &table, context: &context, in: &session)
            try recorder.finish(table: &table, context: &context, in: &session)
        }
        try table.finish(in: &session)
    }

    /// What came about by time alone up to now: delays that ran out, points that fell silent, exemptions that began or
    /// ended.
    public static func elapse(
        table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try table.begin(in: &session)
        var recorder = PointRecorder()
        while let place = table.popDue(through: context.now) {
            try recorder.drain(place, to: context.now, table: &table, context: &context, in: &session)
            table.reschedule(place)
        }
        let changed = Set(table.placesWithBoundary(through: context.now)).union(table.unreconciled)
        for place in changed.sorted() {
            try recorder.reconcile(place, table: &table, context: &context, in: &session)
        }
        table.unreconciled = []
        try recorder.finish(table: &table, context: &context, in: &session)
        try table.finish(in: &session)
    }

    /// Looks up the settings of an enterprise's points again, where they depend on more than the register: a simulated
    /// plant whose line is cut.
    public static func retune(
        _ enterprise: EnterpriseID, table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try table.begin(in: &session)
        for place in 0..<table.count where table.points[place].enterprise == enterprise {
            let wanted = table.settings(table.points[place].registered)
            table.change(place) { $0.reconfigure(wanted, at: context.now) }
        }
        try table.finish(in: &session)
    }

    /// Takes the register as it now is: new points, new limits, sources and grades. An alarm that new limits end is
    /// dispelled as `limitChange` and noted as a finding.
    public static func refreshRegister(
        table: inout PointTable, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try table.begin(in: &session)
        var recorder = PointRecorder(dispelType: .limitChange)
        var findings = FindingTally()
        for place in try table.refreshRegister(at: context.now, in: &session) {
            try recorder.drain(place, to: context.now, table: &table, context: &context, in: &session)
            try recorder.reconcile(place, table: &table, context: &context, in: &session)
            let point = table.points[place]
            let laxer = MissedAlarmCheck.laxerAtEdge(ours: point.limits, edge: point.edgeLimits)
            if !laxer.isEmpty {
                findings.note(
                    .init(rule: .laxerEdgeLimit, enterprise: point.enterprise, hazard: point.hazard, point: point.id),
                    laxer.map { $0.label(for: point.quantity) }.joined(separator: "、"))
            }
        }
        for place in recorder.endedByLimitChange {
            let point = table.points[place]
            findings.note(
                .init(
                    rule: .alarmEndedByLimitChange, enterprise: point.enterprise, hazard: point.hazard,
                    point: point.id), point.name)
        }
        try recorder.finish(table: &table, context: &context, in: &session)
        try RiskOperations.reassessAll(table: &table, context: &context, in: &session)
        try findings.store(context: &context, in: &session)
        try table.finish(in: &session)
    }

    /// Stores the last values of some points: a part of a checkpoint. The caller goes through all places and then calls
    /// `finishCheckpoint` with the upload that was last when it began.
    public static func checkpoint(
        _ places: Range<Int>, receivedSince: Timestamp, table: inout PointTable, in session: inout Session
    ) throws(StorageError) {
        try table.begin(in: &session)
        try PointStateStore.store(table.snapshots(of: places, receivedSince: receivedSince), in: &session)
        try table.finish(in: &session)
    }
}
