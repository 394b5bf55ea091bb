import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The real server, as an operator starts it, on a free port of the loopback.
final class ServerUnderTest {
    let folder: URL
    let port: Int
    private(set) var child: Child
    private let arguments: [String]
    private var starts = 0

    var address: String { "http://127.0.0.1:\(port)" }

    init(folder: URL, arguments: [String]) throws {
        self.folder = folder
        self.arguments = arguments
        port = try Machine.freePort()
        child = try Self.launch(folder, port, arguments, 0)
    }

    private static func launch(_ folder: URL, _ port: Int, _ arguments: [String], _ count: Int) throws -> Child {
        try Child(
            Machine.server,
            ["serve", "--data", folder.appending(path: "data").path, "--port", String(port)] + arguments,
            log: folder.appending(path: "server-\(count).log"), environment: ["SWIFT_BACKTRACE": "enable=no"])
    }

    /// `kill -9`.
    func kill() { child.kill() }

    func restart() throws {
        child.kill()
        starts += 1
        child = try Self.launch(folder, port, arguments, starts)
    }

    /// Waits until the server says that it takes uploads.
    func ready(_ client: HTTPClient, seconds: Double = 120) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            guard child.isRunning else {
                throw Browser.Failure(description: "the server has ended:\n\(child.output.suffix(3_000))")
            }
            var request = HTTPClientRequest(url: address + "/readyz")
            request.method = .GET
            let response = try? await client.execute(request, timeout: .seconds(2))
            if response?.status == .ok { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Browser.Failure(description: "the server was not ready in \(seconds) s:\n\(child.output.suffix(3_000))")
    }

    /// The server's own time, as `/readyz` tells it.
    static func time(at address: String, _ client: HTTPClient) async throws -> Int64 {
        let response = try await client.execute(HTTPClientRequest(url: address + "/readyz"), timeout: .seconds(2))
        let text = String(buffer: try await response.body.collect(upTo: 1_024))
        guard let last = text.split(whereSeparator: \.isWhitespace).last, let milliseconds = Int64(last) else {
            throw Browser.Failure(description: "readyz tells no time: \(text)")
        }
        return milliseconds
    }

    /// Runs a command of the program to its end.
    static func command(_ arguments: [String], log: URL) throws {
        let child = try Child(Machine.server, arguments, log: log, environment: ["SWIFT_BACKTRACE": "enable=no"])
        child.process.waitUntilExit()
        guard child.process.terminationStatus == 0 else {
            throw Browser.Failure(description: "\(arguments.joined(separator: " ")): \(child.output.suffix(2_000))")
        }
    }
}
