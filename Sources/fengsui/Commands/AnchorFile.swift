import ArgumentParser
import Foundation
import Kernel
import Storage

/// Heads of the chains as they were noted down, one a line: date, time, `log` or `upload`, `sequence:hash`.
struct AnchorFile {
    let path: String
    private(set) var log: [LogChain.Anchor] = []
    private(set) var upload: [LogChain.Anchor] = []

    /// A file that is not there yet is empty.
    init(_ path: String) throws {
        self.path = path
        guard Files.exists(path) else { return }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("读不到文件 \(path)")
        }
        for (number, line) in String(decoding: data, as: UTF8.self).split(separator: "\n").enumerated() {
            let words = line.split(separator: " ")
            guard words.count == 4, let anchor = LogChain.Anchor(words[3]) else {
                throw ValidationError("\(path) 第 \(number + 1) 行无法解读:\(line)")
            }
            switch words[2] {
            case "log": log.append(anchor)
            case "upload": upload.append(anchor)
            case let other: throw ValidationError("\(path) 第 \(number + 1) 行写的是 \(other),应为 log 或 upload")
            }
        }
    }

    /// Notes today's heads behind the others.
    func append(log: LogChain.Anchor, upload: LogChain.Anchor, at now: Timestamp) throws {
        if !Files.exists(path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw ValidationError("\(path) 不能写入")
        }
        let date = ChinaTime.dateTime(now)
        let lines = [("log", log), ("upload", upload)].filter { $0.1.sequence > 0 }
            .map { "\(date) \($0.0) \($0.1.text)\n" }.joined()
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(lines.utf8))
        try handle.synchronize()
        try handle.close()
    }
}
