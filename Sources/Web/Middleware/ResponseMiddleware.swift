import HTTPTypes
import Hummingbird
import Logging

/// Turns errors into problem documents or Chinese pages, and puts request id and security headers on every answer.
struct ResponseMiddleware: RouterMiddleware {
    typealias Context = WebContext
    let site: Site

    func handle(
        _ request: Request, context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request: request, context: context)
        }
        site.metrics.count(status: response.status.code)
        response.headers[.requestID] = context.requestID
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.frameOptions] = "DENY"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    /// No inline script anywhere; style attributes only, for widths and positions in charts.
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; \
        connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """

    private func answer(to error: any Error, request: Request, context: WebContext) -> Response {
        let isProgram = request.uri.path.hasPrefix("/api/")
        if let problem = error as? Problem { return problem.response(requestID: context.requestID) }
        let refusal: PageRefusal
        if let known = error as? PageRefusal {
            refusal = known
        } else if let failure = error as? any HTTPResponseError {
            if failure.status == .contentTooLarge {
                refusal = .tooLarge
            } else if failure.status.kind == .clientError {
                refusal = .notFound
            } else {
                refusal = .busy
            }
        } else {
            context.logger.error("request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            refusal = .busy
        }
        if isProgram {
            var problem = problem(refusal)
            if case .notFound = refusal {
                let allowed = APITable.methods(at: request.uri.path)
                if !allowed.isEmpty, !allowed.contains(request.method.rawValue) {
                    problem = Problem(.method)
                    problem.allowed = allowed
                }
            }
            return problem.response(requestID: context.requestID)
        }
        return site.errorPage(refusal, officer: context.officer, requestID: context.requestID)
    }

    private func problem(_ refusal: PageRefusal) -> Problem {
        switch refusal {
        case .notFound: Problem(.notFound)
        case .forbidden(let words): Problem(.forbidden, words)
        case .forged: Problem(.csrf)
        case .refused(let words): Problem(.refused, words)
        case .tooLarge: Problem(.tooLarge)
        case .busy: Problem(.busy)
        }
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id")!
    static let frameOptions = HTTPField.Name("X-Frame-Options")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let live = HTTPField.Name("X-Live")!
}
