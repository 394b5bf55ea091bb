public import AsyncHTTPClient
import Kernel
public import Logging
import NIOCore
import NIOHTTP1
import Operations
public import ServiceLifecycle

/// Pings an address outside once a minute, as long as the auditor can be trusted: whoever waits there learns from the
/// silence that this platform, or its auditor, is dead.
public struct Heartbeat: Service {
    private let url: String
    private let auditor: Auditor
    private let clock: ServerClock
    private let client: HTTPClient
    private let period: Duration
    private let logger: Logger

    /// - Parameter client: made with `WebhookChannel.configuration`.
    public init(
        url: String, auditor: Auditor, clock: ServerClock, client: HTTPClient, period: Duration = .seconds(60),
        logger: Logger
    ) {
        self.url = url
        self.auditor = auditor
        self.clock = clock
        self.client = client
        self.period = period
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await beat()
                try? await Task.sleep(for: period)
            }
        }
    }

    /// Pings now, if the auditor's last look was good and is fresh; whether it did and was answered.
    @discardableResult
    public func beat() async -> Bool {
        guard auditor.isTrusted(at: clock.now()) else {
            logger.error("no heartbeat: the audit is stale or cannot read")
            return false
        }
        let sender = HTTPSender(client: client, hosts: HostGuard(), timeout: .seconds(10))
        switch await sender.send(.GET, url, headers: [], body: nil) {
        case .answered(let status, _) where (200..<300).contains(status): return true
        case .answered(let status, _): logger.error("the heartbeat was refused", metadata: ["status": "\(status)"])
        case .failed(let outcome):
            logger.error("the heartbeat did not arrive", metadata: ["detail": "\(outcome.detail)"])
        }
        return false
    }
}
