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
            let (officer, now) = (visit.officer, visit.now)
            if RailFigures.areShown(to: officer.role) {
                visit.work = try await visit.read { session throws(StorageError) in
                    try RailFigures.read(for: officer, now: now, in: &session)
                }
            }
            return try await handler(visit)
        }
    }

    /// A file, or data that a page fetches: no frame around it, so that nothing is read for one.
    func data(
        _ path: RouterPath, for roles: Set<AccountRole>,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        router.get(path) { [site] request, context -> Response in
            guard let visit = Self.visit(site, request, context, form: Form()) else {
                return Self.signInFirst(request)
            }
            guard roles.contains(visit.officer.role) else { throw Self.wrongRole }
            return try await handler(visit)
        }
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

    /// A form with files. Its token is one of the parts.
    /// - Parameter filesBytesMax: of all files together, as the page promises it; the form's fields come on top.
    func upload(
        _ path: RouterPath, for roles: Set<AccountRole>, filesBytesMax: Int,
        _ handler: @escaping @Sendable (Visit, Multipart) async throws -> Response
    ) {
        router.post(path) { [site] request, context -> Response in
            guard let visit = Self.visit(site, request, context, form: Form()) else {
                return Self.signInFirst(request)
            }
            guard roles.contains(visit.officer.role) else { throw Self.wrongRole }
            let body = try await Self.body(of: request, bytesMax: filesBytesMax + Self.formBytesMax)
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
