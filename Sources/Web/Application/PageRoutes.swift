import Domain
import Hummingbird
import Kernel
import NIOCore
import Storage

/// Where pages are put on the router: one line each. Signing in, role and the form's token are checked here, once.
struct PageRoutes {
    static let formBytesMax = 256 * 1_024

    let site: Site
    let router: Router<WebContext>

    func page(
        _ path: RouterPath, for roles: Set<AccountRole>,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        router.get(path) { [site] request, context -> Response in
            guard var visit = Self.visit(site, request, context, form: Form()) else {
                return Self.signInFirst(request)
            }
            guard roles.contains(visit.officer.role) else { throw Self.wrongRole }
            visit.work = try await Self.work(visit)
            return try await handler(visit)
        }
    }

    /// The figures on the rail: work only, none is shown as zero.
    private static func work(_ visit: Visit) async throws -> [Section: Int] {
        let (scope, now, office) = (visit.scope, visit.now, visit.officer.authority)
        let found = try await visit.read { session throws(StorageError) in
            var filter = WarningFilter()
            filter.isOpenOnly = true
            return (
                try WarningList.count(filter, scope: scope, in: &session),
                try Inbox.unreadCount(scope: scope, in: &session),
                try ExemptionListing.waiting(scope: scope, in: &session),
                try FilingListing.waiting(scope: scope, in: &session),
                try DutyWaiting.read(scope: scope, now: now, in: &session),
                try ProblemListing.waiting(for: office, scope: scope, in: &session),
                try SpotCheckWaiting.read(scope: scope, now: now, in: &session)
            )
        }
        return [
            .warnings: found.0, .card: found.0, .inbox: found.1, .exemptions: found.2, .filings: found.3,
            .commitment: found.4.commitment, .duties: found.4.duties, .tasks: found.4.duties,
            .problems: found.5, .checks: found.6.checks, .calls: found.6.calls,
        ]
    }

    /// A form sent by POST. The handler answers with a redirect, or with the page again where something is missing.
    func action(
        _ path: RouterPath, for roles: Set<AccountRole>,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        router.post(path) { [site] request, context -> Response in
            guard context.officer != nil else { return Self.signInFirst(request) }
            let body = try await Self.body(of: request)
            guard let visit = Self.visit(site, request, context, form: Form(String(buffer: body))) else {
                throw PageRefusal.forged
            }
            guard Tokens.areEqual(visit.form["csrf"], visit.officer.csrf) else { throw PageRefusal.forged }
            guard roles.contains(visit.officer.role) else { throw Self.wrongRole }
            return try await handler(visit)
        }
    }

    /// A form with a file. Its token is one of the parts.
    func upload(
        _ path: RouterPath, for roles: Set<AccountRole>,
        _ handler: @escaping @Sendable (Visit, Multipart) async throws -> Response
    ) {
        router.post(path) { [site] request, context -> Response in
            guard let visit = Self.visit(site, request, context, form: Form()) else {
                return Self.signInFirst(request)
            }
            guard roles.contains(visit.officer.role) else { throw Self.wrongRole }
            let body = try await Self.body(of: request, bytesMax: AdminImport.fileBytesMax)
            let type = request.headers[.contentType] ?? ""
            guard let parts = Multipart(Array(body.readableBytesView), contentType: type),
                Tokens.areEqual(parts.text("csrf"), visit.officer.csrf)
            else { throw PageRefusal.forged }
            return try await handler(visit, parts)
        }
    }

    static func body(of request: Request, bytesMax: Int = formBytesMax) async throws -> ByteBuffer {
        do {
            return try await request.body.collect(upTo: bytesMax)
        } catch is NIOTooManyBytesError {
            throw PageRefusal.tooLarge
        }
    }

    private static let wrongRole = PageRefusal.forbidden("这一页不是给这个岗位用的。需要时请找管理员。")

    private static func visit(_ site: Site, _ request: Request, _ context: WebContext, form: Form) -> Visit? {
        guard let officer = context.officer else { return nil }
        return Visit(
            site: site, context: context, officer: officer, now: site.now, path: request.uri.path,
            query: Form(request.uri.query ?? ""), form: form)
    }

    private static func signInFirst(_ request: Request) -> Response {
        let target = request.method == .get ? request.uri.string : "/"
        return Response(status: .seeOther, headers: [.location: "/login?next=" + Form.encode(target)])
    }
}
