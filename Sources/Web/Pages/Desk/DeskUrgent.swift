import Domain
import Kernel
import Storage

/// What must be acted on before anything else: warnings that climbed to this desk because nobody acknowledged them,
/// with sound, and what the platform's own watch found.
struct DeskUrgent: Sendable {
    struct Line: Sendable {
        var address: String
        var mark: LevelMark
        var title: String
        var lasted: String
        var phone: String?
        var dial: String?
    }

    struct Finding: Sendable {
        var title: String
        var detail: String
        var since: String
    }

    var lines: [Line]
    var findings: [Finding]
    var hasLines: Bool
    var isEmpty: Bool
    /// The loudest level's sound.
    var soundClass: String

    init(_ warnings: [UrgentWarning], watch: [WatchFinding], now: Timestamp) {
        lines = warnings.map { warning in
            Line(
                address: "/warning/" + Form.encode(warning.id.rawValue), mark: LevelMark(warning.level),
                title: "\(warning.enterprise) \(warning.hazard)", lasted: Wording.length(now - warning.raisedAt),
                phone: warning.phone, dial: warning.phone.map(Wording.dial))
        }
        findings = watch.map {
            Finding(title: $0.kind.label, detail: $0.detail, since: Wording.stamp($0.firstAt, now: now))
        }
        hasLines = !lines.isEmpty
        isEmpty = lines.isEmpty && findings.isEmpty
        soundClass = warnings.map(\.level).max().map { $0 == .red ? "sound-red" : "sound-orange" } ?? ""
    }
}
