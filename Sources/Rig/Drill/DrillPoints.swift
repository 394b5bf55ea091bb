import Domain
import Kernel
import Operations
import Storage

/// The points of a drill: online, of good quality and normal until a value says otherwise. A value counts at once: no
/// delay, no deadband, no silence (docs/decisions/0002).
struct DrillPoints {
    private var table: PointTable

    init(at start: Timestamp, in session: inout Session) throws(StorageError) {
        table = try PointTable.load(at: start, in: &session) { .immediate(limits: $0.limits) }
    }

    mutating func accept(
        _ value: Double, of point: PointID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try IntakeOperations.take(value, of: point, table: &table, context: &context, in: &session)
    }

    /// Whether points have nothing to do by themselves up to and including the instant. The model's instants stand in
    /// the database.
    func isIdle(at instant: Timestamp) -> Bool { table.nextDeadline.map { $0 > instant } ?? true }

    /// What points and the model do by themselves.
    mutating func settle(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        try IntakeOperations.elapse(table: &table, context: &context, in: &session)
        try table.begin(in: &session)
        while try RiskOperations.runDue(table: &table, context: &context, in: &session) > 0 {}
        try table.finish(in: &session)
    }

    /// A point that goes from one state to another leaves the one and enters the other.
    static func print(_ entry: LogEntry, to output: inout [UInt8]) {
        guard let point = entry.payload["point"]?.string, let from = entry.payload["from"]?.string,
            let state = entry.payload["state"]?.string
        else { preconditionFailure("an alarm's entry names its point and states") }
        func line(_ word: String, _ state: String) {
            DrillLine.write(
                word, at: entry.at, [JSON.Member("point", .string(point)), JSON.Member("state", .string(state))],
                to: &output)
        }
        switch entry.kind {
        case "opened": line("alarm", state)
        case "changed":
            line("alarmCleared", from)
            line("alarm", state)
        case "cleared": line("alarmCleared", from)
        default: break
        }
    }
}
