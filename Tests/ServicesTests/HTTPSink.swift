import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A receiver of webhooks on loopback that answers as told and remembers what it got.
final class HTTPSink: Sendable {
    struct Received: Sendable {
        let head: HTTPRequestHead
        let body: String
        var key: String { head.headers.first(name: "Idempotency-Key") ?? "" }
    }

    enum Behaviour: Sendable {
        case answer(Int)
        /// HTTP 200 with a body, as robots answer.
        case say(String)
        /// The body comes after so many milliseconds.
        case slowly(String, Int64)
        case redirect(to: String)
        /// Takes the request and never answers.
        case silence
    }

    private struct State {
        var behaviour: Behaviour
        var received: [Received] = []
    }

    private let state: Mutex<State>
    private let channel: Mutex<(any NIOCore.Channel)?> = Mutex(nil)

    private init(_ behaviour: Behaviour) { state = Mutex(State(behaviour: behaviour)) }

    static func start(_ behaviour: Behaviour = .answer(200), port: Int = 0) async throws -> HTTPSink {
        let sink = HTTPSink(behaviour)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(SinkHandler(sink: sink))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        sink.channel.withLock { $0 = channel }
        return sink
    }

    var port: Int { channel.withLock { $0?.localAddress?.port } ?? 0 }
    var url: String { "http://127.0.0.1:\(port)/hook" }
    var received: [Received] { state.withLock { $0.received } }
    /// What a receiver that knows repetitions by their key has taken: answered with success.
    var keys: [String] { received.map(\.key) }

    func behave(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

    func stop() async throws { try await channel.withLock { $0 }?.close() }

    fileprivate func take(_ request: Received) -> Behaviour {
        state.withLock { state in
            state.received.append(request)
            return state.behaviour
        }
    }
}

private final class SinkHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let sink: HTTPSink
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(sink: HTTPSink) { self.sink = sink }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            let behaviour = sink.take(.init(head: head, body: String(buffer: body)))
            var headers: HTTPHeaders = [:]
            var words = ""
            var delay: Int64 = 0
            let status: HTTPResponseStatus
            switch behaviour {
            case .silence: return
            case .answer(let code): status = HTTPResponseStatus(statusCode: code)
            case .say(let text):
                status = .ok
                words = text
            case .slowly(let text, let milliseconds):
                status = .ok
                words = text
                delay = milliseconds
            case .redirect(let url):
                status = .temporaryRedirect
                headers.add(name: "Location", value: url)
            }
            headers.add(name: "Content-Length", value: String(words.utf8.count))
            let answer = SinkAnswer(
                head: .init(version: .http1_1, status: status, headers: headers), body: words, context: context)
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(delay)) { answer.write() }
        }
    }
}

/// Written on the event loop of its connection.
private struct SinkAnswer {
    let head: HTTPResponseHead
    let body: String
    let context: ChannelHandlerContext

    func write() {
        let part = { (part: HTTPServerResponsePart) in NIOAny(part) }
        context.write(part(.head(head)), promise: nil)
        context.write(part(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
        context.writeAndFlush(part(.end(nil)), promise: nil)
    }
}
