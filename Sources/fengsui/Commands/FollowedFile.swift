import Foundation
import Synchronization

/// The lines that others append to a file while we run.
final class FollowedFile: Sendable {
    private let path: String
    private let position: Mutex<UInt64>

    /// What stands in it already is not new.
    init(_ path: String) {
        self.path = path
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? UInt64
        position = Mutex(size ?? 0)
    }

    /// Whole lines only; one that is still being written comes the next time.
    func newLines() -> [String] {
        position.withLock { position in
            guard let handle = FileHandle(forReadingAtPath: path) else { return [] }
            defer { try? handle.close() }
            guard (try? handle.seek(toOffset: position)) != nil, let data = try? handle.readToEnd(),
                let end = data.lastIndex(of: UInt8(ascii: "\n"))
            else { return [] }
            let whole = data[...end]
            position += UInt64(whole.count)
            return String(decoding: whole, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }
}
