import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// One Chromium window, driven over the W3C WebDriver protocol.
struct Browser {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let address: String
    private let client: HTTPClient

    /// Opens a window. `isPhone`: 390 × 844 with touch, as a responsible person has it.
    static func open(driver: String, client: HTTPClient, isPhone: Bool = false) async throws -> Browser {
        var options: [String: Any] = [
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN",
                "--window-size=1920,1080", "--hide-scrollbars", "--force-color-profile=srgb",
            ]
        ]
        if isPhone {
            options["mobileEmulation"] = ["deviceMetrics": ["width": 390, "height": 844, "pixelRatio": 2.0]]
        }
        let answer = try await call(
            client, .POST, driver + "/session",
            [
                "capabilities": [
                    "alwaysMatch": ["browserName": "chrome", "goog:chromeOptions": options] as [String: Any]
                ]
            ])
        guard let value = answer as? [String: Any], let id = value["sessionId"] as? String else {
            throw Failure(description: "the browser did not open: \(answer)")
        }
        return Browser(address: "\(driver)/session/\(id)", client: client)
    }

    func go(to url: String) async throws { try await call(.POST, "/url", ["url": url]) }

    func address() async throws -> String { try await call(.GET, "/url") as? String ?? "" }

    func refresh() async throws { try await call(.POST, "/refresh", [:]) }

    /// Runs a function body in the page; what it returns.
    @discardableResult
    func run(_ script: String) async throws -> Any {
        try await call(.POST, "/execute/sync", ["script": script, "args": []])
    }

    func text(_ selector: String) async throws -> String {
        try await run("return document.querySelector(\(quoted(selector)))?.textContent ?? ''") as? String ?? ""
    }

    func count(_ selector: String) async throws -> Int {
        try await run("return document.querySelectorAll(\(quoted(selector))).length") as? Int ?? 0
    }

    /// The element's own click: a live page may move under a pointer between aiming and pressing.
    func click(_ selector: String) async throws {
        let isThere =
            try await run(
                "const found = document.querySelector(\(quoted(selector))); found?.click(); return !!found") as? Bool
        guard isThere == true else { throw Failure(description: "there is no \(selector)") }
    }

    func type(_ text: String, into selector: String) async throws {
        let element = try await element(selector)
        try await call(.POST, "/element/\(element)/clear", [:])
        try await call(.POST, "/element/\(element)/value", ["text": text])
    }

    /// Waits until the script returns true.
    func wait(_ what: String, seconds: Double = 20, until script: String) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try await run(script) as? Bool == true { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        let page = (try? await run("return document.body.innerText.slice(0, 1500)")) ?? ""
        throw Failure(description: "waited \(seconds) s in vain for: \(what)\nthe page shows:\n\(page)")
    }

    func screenshot(to file: URL) async throws {
        guard let text = try await call(.GET, "/screenshot") as? String, let data = Data(base64Encoded: text) else {
            throw Failure(description: "no picture came")
        }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    func close() async { _ = try? await Self.call(client, .DELETE, address, nil) }

    private func element(_ selector: String) async throws -> String {
        let answer = try await call(.POST, "/element", ["using": "css selector", "value": selector])
        guard let id = (answer as? [String: String])?.values.first else {
            throw Failure(description: "there is no \(selector)")
        }
        return id
    }

    @discardableResult
    private func call(_ method: HTTPMethod, _ path: String, _ body: [String: Any]? = nil) async throws -> Any {
        try await Self.call(client, method, address + path, body)
    }

    private static func call(
        _ client: HTTPClient, _ method: HTTPMethod, _ url: String, _ body: [String: Any]?
    ) async throws -> Any {
        var request = HTTPClientRequest(url: url)
        request.method = method
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: body)))
        }
        let response = try await client.execute(request, timeout: .seconds(60))
        let buffer = try await response.body.collect(upTo: 64 << 20)
        let json = try JSONSerialization.jsonObject(with: Data(buffer.readableBytesView)) as? [String: Any]
        let value = json?["value"] ?? NSNull()
        if let failure = value as? [String: Any], let error = failure["error"] as? String {
            throw Failure(description: "\(error): \(failure["message"] as? String ?? "")")
        }
        return value
    }

    private func quoted(_ text: String) -> String {
        let data = (try? JSONSerialization.data(withJSONObject: [text])) ?? Data("[\"\"]".utf8)
        return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
    }
}
