import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// Finds the officer behind the cookie, refuses what another site sends, and asks for a sign-in elsewhere.
struct SessionMiddleware: RouterMiddleware {
    typealias Context = WebContext
    static let cookie = "fengsui_session"
    let site: Site

    func handle(
        _ request: Request, context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        if path.hasPrefix("/api/") || path.hasPrefix("/static/") { return try await next(request, context) }
        if request.method != .get, request.method != .head, Self.isForeign(request) { throw PageRefusal.forged }
        var context = context
        if let token = request.cookies[Self.cookie]?.value, !token.isEmpty {
            let isByHand = request.headers[.live] == nil && path != "/events"
            context.officer = try await site.officer(token: token, isByHand: isByHand)
            if context.officer == nil { context.pending = try await site.pending(token: token) }
            if context.pending != nil, !Self.isOpenToPending(path) {
                if path == "/events" { throw PageRefusal.forbidden("登录还没有完成。") }
                let next = request.method == .get ? "?next=" + Form.encode(request.uri.string) : ""
                return Response(status: .seeOther, headers: [.location: SignInStep.path + next])
            }
        }
        return try await next(request, context)
    }

    /// What a sign-in that owes a step may still ask for.
    private static func isOpenToPending(_ path: String) -> Bool {
        ["/login", "/logout", SignInStep.path, "/healthz", "/readyz", "/metrics", "/openapi.json"].contains(path)
    }

    /// Browsers say where a request comes from; one without the header must show the token of the form.
    private static func isForeign(_ request: Request) -> Bool {
        guard let origin = request.headers[.secFetchSite] else { return false }
        return origin != "same-origin" && origin != "none"
    }
}
