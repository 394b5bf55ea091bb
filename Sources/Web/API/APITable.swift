import Domain
import HTTPTypes
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

    /// The methods by the parts of each address; a part in braces stands for any.
    private static let methods: [[Substring]: [String]] = {
        var found: [[Substring]: [String]] = [["api", "v1", "upload"]: ["POST"]]
        for route in AccountAPI.routes + work {
            let parts = route.path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : $0 }
            found[parts, default: []] += route.method == .get ? ["GET", "HEAD"] : [route.method.rawValue]
        }
        return found
    }()

    /// What may be asked of an address; empty where there is nothing. Where a name and a placeholder both fit, the name
    /// does, as on the router.
    static func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        let fitting = methods.filter { known, _ in
            known.count == parts.count && zip(known, parts).allSatisfy { $0 == "{}" || $0 == $1 }
        }
        let best = fitting.min { left, right in
            left.key.count { $0 == "{}" } < right.key.count { $0 == "{}" }
        }
        return best?.value.sorted() ?? []
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
