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
        }
        return try await next(request, context)
    }

    /// Browsers say where a request comes from; one without the header must show the token of the form.
    private static func isForeign(_ request: Request) -> Bool {
        guard let origin = request.headers[.secFetchSite] else { return false }
        return origin != "same-origin" && origin != "none"
    }
}
