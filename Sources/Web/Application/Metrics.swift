import Synchronization

/// Counters for `/metrics`. Services add their own figures by registering a closure.
public final class Metrics: Sendable {
    private struct State {
        var statuses: [Int: Int64] = [:]
        var sources: [@Sendable () -> [Figure]] = []
    }
    public struct Figure: Sendable {
        public var name: String
        public var help: String
        public var kind: String
        public var value: Double
        public init(_ name: String, help: String, kind: String = "gauge", value: Double) {
            self.name = name
            self.help = help
            self.kind = kind
            self.value = value
        }
    }

    private let state = Mutex(State())

    public init() {}

    public func add(_ source: @escaping @Sendable () -> [Figure]) { state.withLock { $0.sources.append(source) } }

    func count(status: Int) { state.withLock { $0.statuses[status, default: 0] += 1 } }

    /// Prometheus' text format.
    func text() -> String {
        let (statuses, sources) = state.withLock { ($0.statuses, $0.sources) }
        var lines = [
            "# HELP fengsui_http_requests_total Answers by status.", "# TYPE fengsui_http_requests_total counter",
        ]
        for (status, count) in statuses.sorted(by: { $0.key < $1.key }) {
            lines.append("fengsui_http_requests_total{status=\"\(status)\"} \(count)")
        }
        for figure in sources.flatMap({ $0() }) {
            lines.append("# HELP \(figure.name) \(figure.help)")
            lines.append("# TYPE \(figure.name) \(figure.kind)")
            lines.append("\(figure.name) \(figure.value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
