import Domain
import Hummingbird
import Kernel
import Storage

/// The hazard sources a responsible person answers for, with their values now.
struct PhoneSources: Sendable {
    struct Source: Sendable {
        var line: HazardLine
        var points: [PointListPage.Line]
    }

    var sources: [Source]

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let found = try await visit.read { session throws(StorageError) in
            var sources: [(HazardListing, [PointSheet])] = []
            for hazard in try HazardListing.all(.init(), scope: scope, limit: 30, in: &session) {
                var filter = PointSheet.Filter()
                filter.hazard = hazard.id
                sources.append((hazard, try PointSheet.all(filter, scope: scope, limit: 60, in: &session)))
            }
            return sources
        }
        let page = PhoneSources(
            sources: found.map { hazard, stored in
                var points = stored
                visit.site.freshen(&points)
                return Source(line: HazardLine(hazard), points: points.map { PointListPage.Line($0, now: now) })
            })
        return visit.page("phone-sources", page, title: "危险源", section: .sources, frame: .phone)
    }
}
