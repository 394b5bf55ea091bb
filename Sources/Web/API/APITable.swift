import Domain
import Kernel

/// Every operation of the API. What stands here is registered and described; nothing else is.
enum APITable {
    static func routes(site: Site) -> [APIRoute] {
        var routes = AccountAPI.routes
        if let intake = site.uploads { routes.append(UploadAPI.route(UploadEndpoint(site: site, intake: intake))) }
        return routes + work
    }

    /// What people do, in the order of the document.
    private static let work: [APIRoute] = {
        var routes = InboxAPI.routes + RegistryAPI.routes + AlarmAPI.routes + ExemptionAPI.routes
        routes += WarningAPI.routes + CommitmentAPI.routes + FilingAPI.routes + DutyAPI.routes + ProblemAPI.routes
        routes += PatrolAPI.routes + PatrolActAPI.routes + SpotCheckAPI.routes + SpotCheckActAPI.routes
        routes += DutyCallAPI.routes + QualityAPI.routes + QualityActAPI.routes + FigureAPI.routes
        return routes + BulletinAPI.routes
    }()

    /// The download of a page: the list that it shows.
    struct Download: Sendable {
        var path: String
        /// Those of the page's filters that the list has too.
        var filters: [String]
        var roles: Set<AccountRole>
    }

    /// By the page's address.
    static let downloads: [String: Download] = {
        var found: [String: Download] = [:]
        for route in work {
            guard let page = route.page else { continue }
            let shared = APIPaging.parameters.map(\.name)
            found[page] = Download(
                path: route.path,
                filters: route.parameters.filter { $0.place == .query && !shared.contains($0.name) }.map(\.name),
                roles: route.roles)
        }
        return found
    }()
}
