import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// One request by somebody who is signed in: what a page's handler gets.
struct Visit: Sendable {
    let site: Site
    let context: WebContext
    let officer: Officer
    let now: Timestamp
    let path: String
    let query: Form
    /// The fields of a POST; empty on GET.
    let form: Form
    /// What waits in each section, for the rail.
    var work: [Section: Int] = [:]

    var scope: Scope { officer.scope }

    /// The part of the path named so: `/warning/:id`.
    func parameter(_ name: String) -> String {
        context.parameters.get(name).map { Form.decode($0.split(separator: "+").joined(separator: "%2B")) } ?? ""
    }

    /// The organisation and name that a log line or a receipt shows.
    var signature: String { "\(officer.organization) \(officer.name)" }

    func read<T: Sendable>(
        _ body: @Sendable (inout Session) throws(StorageError) -> T
    ) async throws -> T {
        try await site.store.read { session throws(StorageError) in try body(&session) }
    }

    /// A page in the frame that fits the role.
    func page(
        _ template: String, _ model: any Sendable, title: String, section: Section? = nil,
        frame: Layout.Frame = .shell, status: HTTPResponse.Status = .ok
    ) -> Response {
        var layout = site.layout(
            title: title, frame: frame, theme: frame.theme(for: officer.role), officer: officer, section: section,
            hasStream: true)
        layout.done = query.value("done")
        layout.mark(work)
        layout.downloads = downloads
        layout.hasDownloads = !layout.downloads.isEmpty
        return site.html(site.templates.render(template, PageContext(page: layout, model: model)), status: status)
    }

    /// Where the page's list is to be had as a file, with the filters in force.
    private var downloads: [Layout.Link] {
        guard let list = APITable.downloads[path], list.roles.contains(officer.role) else { return [] }
        let address = Pager.address(list.path, query, keeping: list.filters)
        let mark = address.contains("?") ? "&" : "?"
        return [("CSV", "csv"), ("XLSX", "xlsx")].map { title, format in
            Layout.Link(title: title, address: address + mark + "format=" + format)
        }
    }

    /// After a POST: the browser gets the page anew, and a reload sends nothing twice.
    func redirect(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address])
    }
}

extension Layout.Frame {
    /// Desks that watch are dark, desks that write and phones are light.
    func theme(for role: AccountRole) -> Layout.Theme {
        switch self {
        case .phone, .bare: .light
        case .wall, .desk: .dark
        case .shell:
            switch role {
            case .duty: .dark
            case .safety, .responsible, .admin: .light
            }
        }
    }
}
