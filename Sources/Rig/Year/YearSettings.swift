import Domain
import Kernel
import Synchronization

/// How the points of a simulated year are watched: they tell only what changes, and so fall silent for hours without
/// being offline; an enterprise whose line is cut falls silent as the rules have it.
final class YearSettings: Sendable {
    private let sampled: Set<EnterpriseID>
    private let cut = Mutex<Set<EnterpriseID>>([])

    init(sampled: Set<EnterpriseID>) { self.sampled = sampled }

    func cut(_ enterprise: EnterpriseID) { cut.withLock { _ = $0.insert(enterprise) } }
    func restore(_ enterprise: EnterpriseID) { cut.withLock { _ = $0.remove(enterprise) } }

    func settings(of point: MonitoringPoint) -> PointSettings {
        var settings = PointSettings(point)
        if sampled.contains(point.enterprise) {
            // Readings come every quarter of an hour.
            settings.offlineAfter = .minutes(40)
        } else if !cut.withLock({ $0.contains(point.enterprise) }) {
            settings.offlineAfter = nil
        }
        return settings
    }
}
