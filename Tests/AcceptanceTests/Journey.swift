import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// What every journey in the browser needs: a client, Chromium's driver, its windows, and all of it ended again,
/// whatever happens.
enum Journey {
    static let pictures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".build/pictures")

    static func withClient(_ body: (HTTPClient) async throws -> Void) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            try await body(client)
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    /// A driver of its own on a free port of loopback; its address.
    static func withDriver(
        folder: URL, client: HTTPClient, _ body: (String) async throws -> Void
    ) async throws {
        guard let program = Machine.find(["chromedriver"]) else {
            throw Browser.Failure(description: "chromedriver is not installed: scripts/setup.sh --tests")
        }
        let port = try Machine.freePort()
        let driver = try Child(program, ["--port=\(port)"], log: folder.appending(path: "chromedriver.log"))
        defer { driver.kill() }
        let address = "http://127.0.0.1:\(port)"
        try await wait(for: address, client)
        try await body(address)
    }

    /// A desk's window and a second one. Where the journey fails, both leave a picture `failed-<name>-…`.
    static func withWindows(
        driver: String, client: HTTPClient, name: String, isSecondPhone: Bool = false,
        _ body: (_ first: Browser, _ second: Browser) async throws -> Void
    ) async throws {
        let first = try await Browser.open(driver: driver, client: client)
        let second = try await Browser.open(driver: driver, client: client, isPhone: isSecondPhone)
        do {
            try await body(first, second)
        } catch {
            try? await first.screenshot(to: pictures.appending(path: "failed-\(name)-first.png"))
            try? await second.screenshot(to: pictures.appending(path: "failed-\(name)-second.png"))
            await first.close()
            await second.close()
            throw error
        }
        await first.close()
        await second.close()
    }

    static func signIn(
        _ browser: Browser, _ server: String, _ account: DemonstrationFolder.Account
    ) async throws {
        try await browser.go(to: server + "/login")
        try await browser.wait("the sign-in form", until: "return !!document.getElementById('password')")
        try await browser.type(account.login, into: "#login")
        try await browser.type(account.password, into: "#password")
        try await browser.click("button[type=submit]")
        try await browser.wait("signed in", until: "return !location.pathname.startsWith('/login')")
    }

    private static func wait(for driver: String, _ client: HTTPClient) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            let answer = try? await client.execute(HTTPClientRequest(url: driver + "/status"), timeout: .seconds(2))
            if answer?.status == .ok { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Browser.Failure(description: "chromedriver does not answer")
    }
}
