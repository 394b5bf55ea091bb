import Domain
import Hummingbird
import Kernel
import Storage

/// The jurisdiction as a map and, beside it, as the list that says the same.
struct MapPage: Sendable {
    struct Line: Sendable {
        var name: String
        var address: String
        var mark: LevelMark?
        var open: Int
        var online: String
    }

    var map: String?
    var mapApproval: String
    var childrenTitle: String
    var lines: [Line]

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let grouping = DeskReader.grouping(of: visit.officer)
        let found = try await visit.read { session throws(StorageError) in
            (
                try DeskChild.all(by: grouping, scope: scope, now: now, in: &session),
                try DeskChild.regionNames(in: &session)
            )
        }
        let map = DeskMap(officer: visit.officer, children: found.0, boundaries: visit.site.boundaries)
        let page = MapPage(
            map: map.picture, mapApproval: visit.site.configuration.mapApproval, childrenTitle: map.childrenTitle,
            lines: found.0.map { child in
                let code = child.key + String(repeating: "0", count: max(0, 6 - child.key.count))
                return Line(
                    name: child.name ?? found.1[code].map(WarningRow.county) ?? child.key,
                    address: grouping == .enterprise
                        ? "/enterprise/" + Form.encode(child.key)
                        : "/enterprises?region=" + Form.encode(child.key),
                    mark: child.worst.map { LevelMark($0) }, open: child.open,
                    online: "\(child.enterprisesOnline)/\(child.enterprises)")
            })
        return visit.page("map", page, title: "地图", section: .map)
    }
}
