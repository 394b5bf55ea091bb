import Domain
public import Hummingbird
import Kernel
public import Logging
public import Services
public import Storage

/// The pages, the API and the event stream as one service.
public struct WebServer: Sendable {
    public let events: EventHub
    public let metrics: Metrics
    let site: Site
    private let logger: Logger
    private let auditor: Auditor?

    /// - Parameters:
    ///   - intake: takes uploads and knows what points read now; nil where this server takes none.
    ///   - auditor: whose findings `/healthz` tells and whose pulse `/heartbeat` is.
    ///   - uploads: takes uploads in the place of `intake`, for tests.
    public init(
        _ configuration: WebConfiguration, store: Store, events: EventHub = EventHub(), metrics: Metrics = Metrics(),
        intake: IntakeService? = nil, auditor: Auditor? = nil, uploads: (any UploadIntake)? = nil,
        logger: Logger = Logger(label: "web")
    ) async throws {
        self.events = events
        self.metrics = metrics
        self.logger = logger
        self.auditor = auditor
        site = Site(
            configuration: configuration, store: store, templates: try await Templates(), events: events,
            metrics: metrics, uploads: uploads, intake: intake)
        events.attach(site)
        metrics.add {
            [
                .init("fengsui_event_listeners", help: "Open event streams.", value: Double(events.listenerCount)),
                .init(
                    "fengsui_event_listeners_dropped_total", help: "Streams ended for being slow.", kind: "counter",
                    value: Double(events.droppedCount)),
            ]
        }
    }

    /// - Parameter onRunning: told the port once the server listens.
    public func application(
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: makeRouter(),
            configuration: .init(
                address: .hostname(site.configuration.host, port: site.configuration.port), serverName: nil),
            services: [events],
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
    }

    func makeRouter() -> Router<WebContext> {
        let router = Router(context: WebContext.self)
        router.middlewares.add(ResponseMiddleware(site: site))
        router.middlewares.add(CompressionMiddleware())
        router.middlewares.add(
            FileMiddleware(
                site.configuration.assets, urlBasePath: "/assets",
                cacheControl: .init([(MediaType(type: .any), [.public, .maxAge(86_400)])])))
        router.middlewares.add(SessionMiddleware(site: site))
        addProgramRoutes(router)
        Routes(pages: PageRoutes(site: site, router: router)).add()
        return router
    }

    /// What programs ask for: no session, no page.
    private func addProgramRoutes(_ router: Router<WebContext>) {
        let site = site
        router.get("static/:version/:name") { request, context -> Response in
            try StaticFiles.response(site, request, context)
        }
        let pulse = Pulse(auditor: auditor)
        router.get("healthz") { _, _ -> String in pulse.health }
        router.get("heartbeat") { _, _ -> Response in pulse.heartbeat(at: site.now) }
        router.get("readyz") { _, _ -> String in
            _ = try await site.store.read { session throws(StorageError) in try LogTail.last(in: &session) }
            return "ready \(site.now.milliseconds)\n"
        }
        router.get("metrics") { _, _ -> Response in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: site.metrics.text())))
        }
        router.get("events") { request, context -> Response in
            guard let officer = context.officer else { throw PageRefusal.forbidden("请先登录。") }
            return EventStream.response(site: site, request: request, officer: officer)
        }
        router.get("login") { request, context -> Response in SignInPage.show(site, request, context) }
        router.post("login") { request, context -> Response in
            try await SignInPage.submit(site, request, context)
        }
        router.get("signin/step") { request, context -> Response in
            try await SignInStep.show(site, request, context)
        }
        router.post("signin/step") { request, context -> Response in
            try await SignInStep.submit(site, request, context)
        }
        router.post("logout") { request, context -> Response in
            try await SignInPage.signOut(site, request, context)
        }
        APIServer(site: site).add(to: router)
    }
}
