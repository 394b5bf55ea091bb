import Domain
import Kernel

/// Every operation of the API. What stands here is registered and described; nothing else is.
enum APITable {
    static func routes(site: Site) -> [APIRoute] {
        var routes = AccountAPI.routes
        if let intake = site.uploads { routes.append(UploadAPI.route(UploadEndpoint(site: site, intake: intake))) }
        routes += RegistryAPI.routes + AlarmAPI.routes + WarningAPI.routes + CommitmentAPI.routes
        routes += FilingAPI.routes + DutyAPI.routes + ProblemAPI.routes + PatrolAPI.routes + SpotCheckAPI.routes
        routes += DutyCallAPI.routes + QualityAPI.routes + FigureAPI.routes + BulletinAPI.routes
        return routes
    }

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
        let lists =
            RegistryAPI.routes + AlarmAPI.routes + WarningAPI.routes + CommitmentAPI.routes + FilingAPI.routes
            + DutyAPI.routes + ProblemAPI.routes + PatrolAPI.routes + SpotCheckAPI.routes + DutyCallAPI.routes
            + QualityAPI.routes + FigureAPI.routes + BulletinAPI.routes
        for route in lists {
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
