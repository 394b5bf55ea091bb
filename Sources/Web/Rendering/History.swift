import Domain
import Kernel
import Storage

/// One reading of a curve.
struct HistorySample: Sendable {
    var at: Timestamp
    var value: Double
    var isBad: Bool
}

/// Past readings of a point.
enum History {
    /// Oldest first. The caller has checked that the point is in the scope.
    static func samples(
        of point: PointID, enterprise: EnterpriseID, from: Timestamp, to: Timestamp, in session: inout Session
    ) throws(StorageError) -> [HistorySample] {
        []
    }
}
