import Hummingbird
import Kernel
import NIOCore
import Services
import Storage

/// What those outside may ask: is somebody watching, and what was found.
struct Pulse: Sendable {
    let auditor: Auditor?

    /// `ok`, or how much the last audit found, one line a kind. The server answers, so that it is alive either way.
    var health: String {
        switch auditor?.report {
        case .success(let report)? where !report.findings.isEmpty:
            // Whoever asks has not signed in: how many of what, and nothing more.
            let kinds = Dictionary(grouping: report.findings, by: \.kind.rawValue)
            let lines = kinds.keys.sorted().map { "\($0) \(kinds[$0]?.count ?? 0)" }
            return (["findings \(report.findings.count)"] + lines).joined(separator: "\n") + "\n"
        case .failure?: return "the audit cannot read\n"
        case .success?, nil: return "ok\n"
        }
    }

    /// 200 with the time of the last good audit, 503 where there is none of the last two minutes.
    func heartbeat(at now: Timestamp) -> Response {
        let last = auditor?.trustedAt
        let isFresh = auditor?.isTrusted(at: now) ?? false
        let text = last.map { "last audit \(ChinaTime.rfc3339($0))\n" } ?? "no audit\n"
        return Response(
            status: isFresh ? .ok : .serviceUnavailable,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
