import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// The common shape of the administration's pages: a form, tables, and what is shown once.
struct AdminPage: Sendable {
    /// A key or a password: on this answer and nowhere else.
    struct Secret: Sendable {
        var title: String
        var lines: String
        var advice: String
    }

    var crumbs: [Crumb]
    var heading: String
    var subtitle: String?
    var links: [Sheet.Link] = []
    var notice: String?
    var cautions: [String] = []
    var hasCautions = false
    var secret: Secret?
    var steps: [Step] = []
    var hasSteps = false
    var form: EntryForm?
    var upload: UploadForm?
    var issues: [String] = []
    var hasIssues = false
    var moreForms: [EntryForm] = []
    var sheets: [Sheet] = []
    var pager: Pager?
    var help: [String] = []
    var hasHelp = false

    struct Step: Sendable {
        var number: String
        var title: String
        var text: String
        var address: String
        var isDone: Bool
    }

    struct UploadForm: Sendable {
        var action: String
        var csrf: String
        var kinds: [Choice]
        /// The file that passed the dry run, to be sent again with the second button.
        var content: String?
        var summary: String?
        var templates: [Sheet.Link]
    }

    init(_ heading: String, subtitle: String? = nil, crumbs: [Crumb] = []) {
        self.heading = heading
        self.subtitle = subtitle
        self.crumbs = [Crumb(title: "管理", address: "/admin")] + crumbs + [Crumb(title: heading, address: nil)]
    }
}

/// A table of the administration's pages.
struct Sheet: Sendable {
    struct Link: Sendable {
        var title: String
        var address: String
    }

    /// A button that posts.
    struct Act: Sendable {
        var title: String
        var action: String
        var csrf: String
        var style = "btn btn-s"
        /// The name of a text field beside the button.
        var noteName: String?
        var notePlaceholder = ""
    }

    struct Cell: Sendable {
        var text: String
        var address: String?
        var note: String?
        var style = ""
        var acts: [Act] = []

        init(_ text: String, address: String? = nil, note: String? = nil, style: String = "", acts: [Act] = []) {
            self.text = text
            self.address = address
            self.note = note
            self.style = style
            self.acts = acts
        }
    }

    struct Header: Sendable {
        var text: String
        var headStyle: String
    }

    struct Row: Sendable {
        var cells: [Cell]
        init(_ cells: [Cell]) { self.cells = cells }
    }

    var title: String
    var id: String
    var hint: String?
    var links: [Link] = []
    var headers: [Header]
    var rows: [Row]
    var isEmpty: Bool
    var emptyText: String

    init(
        _ title: String, id: String, headers: [String], rows: [Row], empty: String = "还没有。", links: [Link] = [],
        hint: String? = nil
    ) {
        self.title = title
        self.id = id
        // A column of figures has its head above them.
        self.headers = headers.enumerated().map { place, text in
            let first = rows.first?.cells
            let isFigures = first.map { place < $0.count && $0[place].style.hasPrefix("num") } ?? false
            return Header(text: text, headStyle: isFigures ? "num" : "")
        }
        self.rows = rows
        isEmpty = rows.isEmpty
        emptyText = empty
        self.links = links
        self.hint = hint
    }
}

extension Visit {
    /// One transaction on the register by this officer.
    func register<T: Sendable>(
        _ body: @Sendable (inout OperationContext, inout Session) throws(RegistryFailure) -> T
    ) async throws(RegistryFailure) -> T {
        let start = operation()
        let value = try await site.store.write { session throws(RegistryFailure) in
            var context = start
            return try body(&context, &session)
        }
        site.events.committed()
        return value
    }

    /// A read that may refuse.
    func look<T: Sendable>(
        _ body: @Sendable (inout Session) throws(RegistryFailure) -> T
    ) async throws -> T {
        do throws(RegistryFailure) {
            return try await site.store.read { session throws(RegistryFailure) in try body(&session) }
        } catch { throw error.refusal }
    }

    func admin(_ page: AdminPage, section: String, status: HTTPResponse.Status = .ok) -> Response {
        var page = page
        if let saved = query.value("saved") { page.notice = "已保存：\(saved)" }
        page.hasSteps = !page.steps.isEmpty
        page.hasIssues = !page.issues.isEmpty
        page.hasHelp = !page.help.isEmpty
        page.hasCautions = !page.cautions.isEmpty
        if officer.role != .admin, !page.crumbs.isEmpty {
            page.crumbs[0] = Crumb(title: officer.organization, address: officer.home)
        }
        return self.page("admin", page, title: page.heading, section: .admin(section), status: status)
    }

    /// After a save: the list or the entry again, with a word that it was done.
    func saved(_ address: String, _ what: String) -> Response {
        redirect(address + (address.contains("?") ? "&" : "?") + "saved=" + Form.encode(what))
    }
}

extension RegistryFailure {
    var refusal: PageRefusal {
        switch self {
        case .notFound: .notFound
        case .forbidden(let words): .forbidden(words)
        case .refused(let words): .refused(words)
        case .violations(let violations): .refused(violations.refusals.map(\.line).joined(separator: "；"))
        case .file(let issues): .refused(issues.filter { $0.weight == .refusal }.map(\.line).joined(separator: "；"))
        case .storage(let error): error.isConflict ? .refused("别人刚刚改过，请刷新后再看。") : .busy
        }
    }
}
