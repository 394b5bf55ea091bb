import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import NIOCore
import Services
import Storage
import Synchronization

@testable import Web

/// A server over a seeded database in memory, with a clock that stands where it is put.
final class WebBench: Sendable {
    let store: Store
    let server: WebServer
    private let box: ClockBox

    private init(store: Store, server: WebServer, clock: ClockBox) {
        self.store = store
        self.server = server
        box = clock
    }

    /// - Parameter hasIntake: with the real intake over the seeded points.
    static func make(
        uploads: (any UploadIntake)? = nil, hasIntake: Bool = false, signInLimit: RateLimit? = nil,
        apiLimit: RateLimit? = nil
    ) async throws -> WebBench {
        let store = try await Store.open(.memory)
        try await store.migrate()
        try await store.write { session throws(StorageError) in try WebWorld.seed(&session) }
        let clock = ClockBox()
        var configuration = WebConfiguration(now: { clock.instant })
        configuration.isDemonstration = true
        // The clock stands still: a test that walks every route would never be let through again.
        configuration.signInLimit = signInLimit ?? RateLimit(100_000, within: .minutes(1))
        configuration.apiLimit = apiLimit ?? RateLimit(100_000, within: .minutes(1))
        configuration.assets = "/nonexistent"
        var intake: IntakeService?
        if hasIntake {
            let real = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
            intake = try await IntakeService.start(
                store: store, clock: ServerClock(anchor: .init(real: real, shown: clock.instant)),
                logger: Logger(label: "test"),
                publish: { _ in })
        }
        let server = try await WebServer(configuration, store: store, intake: intake, uploads: uploads)
        return WebBench(store: store, server: server, clock: clock)
    }

    func pass(_ interval: Interval) { box.pass(interval) }
    var now: Timestamp { box.instant }

    func test<Value>(_ body: @Sendable @escaping (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await server.application().test(.router, body)
    }

    /// Signs in and answers the cookie to send.
    static func signIn(
        _ client: any TestClientProtocol, _ login: String, password: String = WebWorld.password
    ) async throws -> (status: HTTPResponse.Status, cookie: String?, text: String) {
        let form = try await client.execute(uri: "/login", method: .get)
        let token = cookie("fengsui_signin", in: form) ?? ""
        let answer = try await client.execute(
            uri: "/login", method: .post,
            headers: [.contentType: "application/x-www-form-urlencoded", .cookie: "fengsui_signin=\(token)"],
            body: ByteBuffer(string: "login=\(login)&password=\(password)&token=\(token)"))
        return (answer.status, cookie("fengsui_session", in: answer), String(buffer: answer.body))
    }

    static func cookie(_ name: String, in answer: TestResponse) -> String? {
        for value in answer.headers[values: .setCookie] where value.hasPrefix(name + "=") {
            let text = value.dropFirst(name.count + 1).prefix { $0 != ";" }
            return text.isEmpty ? nil : String(text)
        }
        return nil
    }
}

/// A clock for tests.
final class ClockBox: Sendable {
    private let value = Mutex(WebWorld.now)
    var instant: Timestamp { value.withLock { $0 } }
    func pass(_ interval: Interval) { value.withLock { $0 = $0 + interval } }
}

/// One browser that is signed in.
struct Browser: Sendable {
    let client: any TestClientProtocol
    let cookie: String

    static func signIn(_ client: any TestClientProtocol, _ login: String) async throws -> Browser {
        let answer = try await WebBench.signIn(client, login)
        return Browser(client: client, cookie: answer.cookie ?? "")
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> (status: HTTPResponse.Status, text: String) {
        var headers = headers
        headers[.cookie] = "fengsui_session=\(cookie)"
        let answer = try await client.execute(uri: path, method: .get, headers: headers)
        return (answer.status, String(buffer: answer.body))
    }

    /// Sends a form with the token that the page shows.
    func post(
        _ path: String, _ fields: String, csrf: String? = nil, headers: HTTPFields = [:]
    ) async throws -> (status: HTTPResponse.Status, location: String?, text: String) {
        let token: String
        if let csrf { token = csrf } else { token = try await self.csrf() }
        var headers = headers
        headers[.cookie] = "fengsui_session=\(cookie)"
        headers[.contentType] = "application/x-www-form-urlencoded"
        let answer = try await client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: fields + "&csrf=" + token))
        return (answer.status, answer.headers[.location], String(buffer: answer.body))
    }

    func csrf() async throws -> String {
        let page = try await get("/inbox").text
        guard let start = page.range(of: "name=\"csrf\" value=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }
}
