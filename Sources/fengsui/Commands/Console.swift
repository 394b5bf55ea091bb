import Foundation
import Synchronization

/// Lines and one line of status on the error stream. On a terminal the status stays in place; elsewhere it is a line
/// every few seconds.
final class Console: Sendable {
    let isTerminal = isatty(2) == 1
    private let shown = Mutex("")
    private let lastLine = Mutex<ContinuousClock.Instant?>(nil)

    func say(_ line: String) {
        shown.withLock { shown in
            if isTerminal, !shown.isEmpty {
                Self.write("\r\u{1B}[K\(line)\n\(shown)")
            } else {
                Self.write(line + "\n")
            }
        }
    }

    func status(_ line: String) {
        shown.withLock { shown in
            if isTerminal {
                Self.write("\r\u{1B}[K\(line)")
                shown = line
            } else if shown != line, isTimeForLine() {
                Self.write(line + "\n")
                shown = line
            }
        }
    }

    private func isTimeForLine() -> Bool {
        lastLine.withLock { last in
            let now = ContinuousClock.now
            guard last.map({ now - $0 >= .seconds(5) }) ?? true else { return false }
            last = now
            return true
        }
    }

    func endStatus() {
        shown.withLock { shown in
            if isTerminal, !shown.isEmpty { Self.write("\n") }
            shown = ""
        }
    }

    private static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
