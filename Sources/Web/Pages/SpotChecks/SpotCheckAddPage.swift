import Domain
import Hummingbird
import Kernel
import Storage

/// 人工加一家: an enterprise of the jurisdiction, chosen by name.
struct SpotCheckAddPage: Sendable {
    struct Line: Sendable {
        var id: String
        var name: String
        var region: String
    }

    var lines: [Line]
    var text: String
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        let scope = visit.scope
        var filter = EnterpriseListing.Filter()
        filter.text = visit.query.value("text")
        let wanted = filter
        let found = try await visit.read { session throws(StorageError) in
            try EnterpriseListing.all(wanted, scope: scope, limit: 100, in: &session)
        }
        let page = SpotCheckAddPage(
            lines: found.filter { $0.hazards > 0 }.map {
                Line(id: $0.id.rawValue, name: $0.name, region: $0.regionName.map(WarningRow.county) ?? $0.region)
            }, text: visit.query["text"], csrf: visit.officer.csrf)
        return visit.page("check-add", page, title: "人工加一家", section: .checks)
    }
}
