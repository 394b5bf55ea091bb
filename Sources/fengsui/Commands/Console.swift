import Foundation
import Synchronization

/// Lines and one line of status on the error stream. On a terminal the status stays in place; elsewhere it is a line.
final class Console: Sendable {
    let isTerminal = isatty(2) == 1
    private let shown = Mutex("")

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
            } else if shown != line {
                Self.write(line + "\n")
                shown = line
            }
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
