import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Operations
import Storage

/// Puts the operations of the table on the router. Who calls, whether it may, and whether the request fits its
/// description are checked here, once.
struct APIServer: Sendable {
    static let bodyBytesMax = 8 * 1_024 * 1_024
    static let csrfHeader = "X-CSRF-Token"

    let site: Site
    let routes: [APIRoute]

    init(site: Site) {
        self.site = site
        routes = APITable.routes(site: site)
    }

    func add(to router: Router<WebContext>) {
        let site = site
        for route in routes {
            router.on(RouterPath(route.routerPath), method: route.method) { request, context -> Response in
                try await Self.answer(route, site, request, context)
            }
        }
        let document = [UInt8](APIDocument.make(routes).text.utf8)
        router.get("openapi.json") { _, _ -> Response in
            Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: document)))
        }
        let routes = routes
        router.get("help/api") { _, _ -> Response in HelpPage.show(site, routes) }
        router.get("problems/:kind") { _, context -> Response in
            let kind = context.parameters.get("kind").flatMap(APIProblemKind.init(rawValue:))
            guard let kind else { throw PageRefusal.notFound }
            return Response(status: .seeOther, headers: [.location: "/help/api#problem-\(kind.rawValue)"])
        }
    }

    private static func answer(
        _ route: APIRoute, _ site: Site, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        guard route.proof == .account else {
            // The upload looks for its own key; the rest is for anybody.
            let visit = Visit(
                site: site, context: context, officer: .nobody, now: site.now, path: request.uri.path, query: Form(),
                form: Form())
            return try await route.handler(APICall(route: route, visit: visit, body: APIBody(), token: nil), request)
        }
        let caller = try await APICaller.find(
            site, request, from: context.remoteAddress, isWriting: route.isWriting)
        guard route.roles.contains(caller.officer.role) else { throw Problem(.forbidden) }
        let query = Form(request.uri.query ?? "")
        try check(query, route)
        var body = APIBody()
        if let shape = route.body { body = try APIBody(try await text(of: request), shape: shape) }
        let visit = Visit(
            site: site, context: context, officer: caller.officer, now: site.now, path: request.uri.path,
            query: query, form: Form())
        let call = APICall(route: route, visit: visit, body: body, token: caller.token)
        let response = try await route.handler(call, request)
        if let token = caller.token, route.isWriting {
            // What a program did in somebody's name stands in the log of the account.
            try await call.write { context, session throws(StorageError) in
                try context.log(
                    stream: "account", caller.officer.account.rawValue, "tokenActed",
                    ["token": .string(token), "operation": .string(route.operation), "path": .string(visit.path)],
                    in: &session)
            }
        }
        return response
    }

    /// Every value in the address is one that the document names, and reads as it says.
    private static func check(_ query: Form, _ route: APIRoute) throws(Problem) {
        let known = route.parameters.filter { $0.place == .query }
        for name in query.names {
            guard let parameter = known.first(where: { $0.name == name }) else {
                throw Problem(.parameter, "不认识的参数“\(name)”")
            }
            if let objection = parameter.form.objection(query[name]) {
                throw Problem(.parameter, "参数 \(name)：\(objection)")
            }
        }
    }

    private static func text(of request: Request) async throws -> String {
        let type = request.headers[.contentType]?.lowercased().split(separator: ";").first.map(String.init) ?? ""
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: bodyBytesMax)
        } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge)
        }
        guard type == "application/json" || body.readableBytes == 0 else { throw Problem(.mediaType) }
        return String(buffer: body)
    }
}
