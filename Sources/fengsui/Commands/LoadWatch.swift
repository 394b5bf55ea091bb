import ArgumentParser
import AsyncHTTPClient
import Foundation
import Kernel
import NIOCore
import NIOHTTP1
import Rig
import Services
import Synchronization

extension LoadCommand {
    /// From the reading to the desk: signs in as the county's desk, holds its event stream, uploads one reading beyond
    /// the limit after another, and times the answer (alarm and warning on disk) and the row's arrival on the stream.
    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "量从读数到值守台的时延")
        @Option(help: "服务器地址") var server = "http://127.0.0.1:8080"
        @Option(help: "load prepare 的数据目录(读口令)") var data: String
        @Option(help: "次数,不超过 load prepare 的 --probes") var probes = 200
        @Option(help: "两次之间的毫秒数") var every = 100

        func run() async throws {
            // Signing in answers with a redirect that carries the cookie.
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
            do {
                print(try await measure(with: client))
            } catch {
                try await client.shutdown()
                throw error
            }
            try await client.shutdown()
        }

        private func measure(with client: HTTPClient) async throws -> String {
            let session = try await signIn(with: client)
            let arrivals = Arrivals()
            var request = HTTPClientRequest(url: server + "/events")
            request.headers.add(name: "cookie", value: session)
            let stream = try await client.execute(request, timeout: .hours(1))
            guard stream.status == .ok else { throw ValidationError("事件流应答 \(stream.status.code)") }
            let reader = Task {
                var rest = ""
                for try await part in stream.body {
                    rest += String(buffer: part)
                    while let end = rest.firstRange(of: "\n\n") {
                        arrivals.note(String(rest[..<end.lowerBound]), at: ContinuousClock.now)
                        rest.removeSubrange(..<end.upperBound)
                    }
                }
            }
            let answers = try await send(with: client)
            // The last rows have until here to arrive; what has not is reported as missing.
            try await Task.sleep(for: .seconds(2))
            reader.cancel()
            return report(answers: answers, arrivals: arrivals.all)
        }

        private func signIn(with client: HTTPClient) async throws -> String {
            let path = data + "/load-password.txt"
            let password = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines)
            let page = try await client.execute(HTTPClientRequest(url: server + "/login"), timeout: .seconds(30))
            _ = try await page.body.collect(upTo: 1 << 20)
            let token = try cookie("fengsui_signin", of: page)
            var request = HTTPClientRequest(url: server + "/login")
            request.method = .POST
            request.headers.add(name: "cookie", value: "fengsui_signin=" + token)
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: "login=load-desk&password=\(password)&token=\(token)"))
            let response = try await client.execute(request, timeout: .seconds(30))
            return "fengsui_session=" + (try cookie("fengsui_session", of: response))
        }

        private func cookie(_ name: String, of response: HTTPClientResponse) throws -> String {
            for header in response.headers["set-cookie"] where header.hasPrefix(name + "=") {
                let value = header.dropFirst(name.count + 1).prefix { $0 != ";" }
                if !value.isEmpty { return String(value) }
            }
            throw ValidationError("没有登录成功(应答 \(response.status.code)):数据目录与服务器是否同一份?")
        }

        private func send(with client: HTTPClient) async throws -> [(sent: ContinuousClock.Instant, took: Duration)] {
            let wall = ServerClock()
            var answers: [(sent: ContinuousClock.Instant, took: Duration)] = []
            for index in 0..<probes {
                let now = wall.now().milliseconds
                let body = """
                    {"dataSourceCode":"GW-LPROBE","epoch":"\(now)","seq":\(index + 1),"sendTime":\(now),\
                    "type":"realtime","datas":[{"targetCode":"\(LoadRegistry.probe(index))","value":60,\
                    "collectTime":\(now),"quality":"GOOD"}]}
                    """
                var request = HTTPClientRequest(url: server + "/api/v1/upload")
                request.method = .POST
                request.headers.add(name: "authorization", value: "Bearer load-test-key-probe")
                request.headers.add(name: "content-type", value: "application/json")
                request.body = .bytes(ByteBuffer(string: body))
                let sent = ContinuousClock.now
                let response = try await client.execute(request, timeout: .seconds(60))
                let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
                guard response.status == .ok, text.contains("\"accepted\":1") else {
                    throw ValidationError("上传 \(index) 没有被接受:\(response.status.code) \(text)")
                }
                answers.append((sent, ContinuousClock.now - sent))
                try await Task.sleep(for: .milliseconds(every))
            }
            return answers
        }

        private func report(
            answers: [(sent: ContinuousClock.Instant, took: Duration)], arrivals: [String: ContinuousClock.Instant]
        ) -> String {
            var rows: [Duration] = []
            for (index, answer) in answers.enumerated() {
                if let arrival = arrivals[LoadRegistry.probe(index)] { rows.append(arrival - answer.sent) }
            }
            return "reading → durable alarm and warning: \(quantiles(answers.map(\.took)))\n"
                + "reading → row on the desk's stream: \(quantiles(rows)), missing \(answers.count - rows.count)"
        }

        private func quantiles(_ durations: [Duration]) -> String {
            let sorted = durations.sorted()
            func at(_ share: Double) -> String {
                guard !sorted.isEmpty else { return "—" }
                let value = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
                return "\((value / .microseconds(100)).rounded() / 10) ms"
            }
            return "p50 \(at(0.5)) p99 \(at(0.99)) max \(at(1)) of \(sorted.count)"
        }
    }

    /// When the row of each probe first came.
    private final class Arrivals: Sendable {
        private let seen = Mutex<[String: ContinuousClock.Instant]>([:])

        var all: [String: ContinuousClock.Instant] { seen.withLock { $0 } }

        func note(_ event: String, at instant: ContinuousClock.Instant) {
            guard event.contains("event: row"), let start = event.firstRange(of: "PROBE-") else { return }
            let name = String(event[start.lowerBound...].prefix(11))
            seen.withLock { if $0[name] == nil { $0[name] = instant } }
        }
    }
}
