import Domain
import Kernel
import Operations
import Storage

/// The points of a drill: online, of good quality and normal until a value says otherwise. A value counts at once: no
/// delay, no deadband.
struct DrillPoints: Sendable {
    init(database: Database) throws(StorageError) {}

    mutating func accept(
        _ value: Double, of point: PointID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {}

    /// Whether points and the model have nothing to do by themselves up to and including the instant.
    func isIdle(at instant: Timestamp) -> Bool { true }

    /// What points and the model do by themselves.
    mutating func settle(context: inout OperationContext, in session: inout Session) throws(StorageError) {}

    static func print(_ entry: LogEntry, to output: inout [UInt8]) {}
}
