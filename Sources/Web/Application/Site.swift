import Documents
import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Services
import Storage

/// Everything a page needs besides its request.
final class Site: Sendable {
    let configuration: WebConfiguration
    let store: Store
    let templates: Templates
    let events: EventHub
    let metrics: Metrics
    let uploads: (any UploadIntake)?
    /// Knows what points read now; nil where this server takes no uploads.
    let intake: IntakeService?
    /// nil where set-up has not fetched them: codes are then taken as they are.
    let divisions: DivisionTable?
    let boundaries: Boundaries
    /// The charts' library was brought in.
    let hasCharts: Bool
    let passwords = PasswordQueue()
    let attention = AttentionBoard()
    let attendance = AttendanceMemory()
    let signIns: RateLimiter
    let programs: RateLimiter
    /// Prints documents as PDF.
    let printer = PDFPrinter()

    init(
        configuration: WebConfiguration, store: Store, templates: Templates, events: EventHub, metrics: Metrics,
        uploads: (any UploadIntake)?, intake: IntakeService?
    ) {
        self.configuration = configuration
        signIns = RateLimiter(configuration.signInLimit)
        programs = RateLimiter(configuration.apiLimit)
        self.store = store
        self.templates = templates
        self.events = events
        self.metrics = metrics
        self.uploads = uploads ?? intake
        self.intake = intake
        boundaries = Boundaries(folder: configuration.assets)
        divisions = Boundaries.divisions(folder: configuration.assets)
        hasCharts = Boundaries.exists(configuration.assets + "/dygraph.min.js")
    }

    var now: Timestamp { configuration.now() }

    /// The officer behind a token; nil where the session is over. `isByHand` is false for what a page asks for by
    /// itself, which must not keep a session alive.
    func officer(token: String, isByHand: Bool) async throws -> Officer? {
        let hash = Tokens.sha256(Array(token.utf8))
        let now = now
        let found = try await store.read { session throws(StorageError) in
            try SignedIn.find(tokenHash: hash, now: now, in: &session)
        }
        guard let found, now - found.seenAt <= configuration.idleAfter, found.stage == .open else { return nil }
        if isByHand, now - found.seenAt >= .seconds(30) {
            try await store.write { session throws(StorageError) in
                try SignIns.touch(tokenHash: hash, now: now, in: &session)
            }
        }
        // A desk that merely stands open is nobody at work: only what is done by hand counts (SZ-01).
        if isByHand, found.role == .duty, attendance.isNew(found.account, at: now) {
            try await store.write { session throws(StorageError) in
                try AttendanceStore.mark(found.account, at: now, in: &session)
            }
        }
        return Officer(found, sessionHash: hash)
    }

    /// A sign-in behind a token that owes something; nil where there is none.
    func pending(token: String) async throws -> PendingSignIn? {
        let (hash, now) = (Tokens.sha256(Array(token.utf8)), now)
        let found = try await store.read { session throws(StorageError) in
            try SignedIn.find(tokenHash: hash, now: now, in: &session)
        }
        guard let found, found.stage != .open, now - found.seenAt <= configuration.idleAfter else { return nil }
        return PendingSignIn(
            account: found.account, login: found.login, role: found.role, stage: found.stage, sessionHash: hash,
            csrf: found.csrf)
    }

    func errorPage(_ refusal: PageRefusal, officer: Officer?, requestID: String) -> Response {
        let layout = layout(
            title: refusal.title, frame: .bare, theme: .light, officer: officer, section: nil, hasStream: false)
        let model = ErrorPage(
            title: refusal.title, advice: refusal.advice, status: Int(refusal.status.code), requestID: requestID,
            home: officer?.home ?? "/")
        return html(templates.render("error", PageContext(page: layout, model: model)), status: refusal.status)
    }

    func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

struct ErrorPage: Sendable {
    var title: String
    var advice: String
    var status: Int
    var requestID: String
    var home: String
}

extension Officer {
    init(_ found: SignedIn, sessionHash: [UInt8]) {
        self.init(
            account: found.account, login: found.login, name: found.name, role: found.role,
            authority: found.authority, authorityLevel: found.authorityLevel, enterprise: found.enterprise,
            person: found.person, organization: found.authorityName ?? found.enterpriseName ?? "系统管理",
            region: found.region, sessionHash: sessionHash, csrf: found.csrf)
    }
}
