import Compression
import Foundation
import Storage

/// Writes a backup beside its place and moves it there only when all of it is on the disk.
final class BackupWriter {
    private let path: String
    private let handle: FileHandle

    private var partial: String { path + ".partial" }

    init(_ path: String) throws(TransferFailure) {
        self.path = path
        guard !FileManager.default.fileExists(atPath: path) else {
            throw .file(path: path, reason: "已存在,不覆盖")
        }
        // It holds password hashes and keys: for its owner only.
        let isMade = FileManager.default.createFile(
            atPath: path + ".partial", contents: nil, attributes: [.posixPermissions: 0o600])
        guard isMade, let opened = FileHandle(forWritingAtPath: path + ".partial") else {
            throw .file(path: path, reason: "不能建立文件")
        }
        handle = opened
        try write(BackupBlock.magic)
    }

    func append(_ kind: BackupBlock.Kind, _ content: [UInt8]) throws(TransferFailure) {
        guard let packed = Gzip.compressed(content, level: 4) else {
            throw .file(path: path, reason: "内存不足")
        }
        var prefix = [kind.rawValue]
        for length in [packed.count, content.count] {
            for shift in stride(from: 56, through: 0, by: -8) {
                prefix.append(UInt8(truncatingIfNeeded: length >> shift))
            }
        }
        try write(prefix + Hash.sha256(prefix + packed))
        try write(packed)
    }

    func finish() throws(TransferFailure) {
        do {
            try handle.synchronize()
            try handle.close()
            try FileManager.default.moveItem(atPath: partial, toPath: path)
        } catch { throw .file(path: path, reason: "\(error.localizedDescription)") }
    }

    func abandon() {
        try? handle.close()
        try? FileManager.default.removeItem(atPath: partial)
    }

    private func write(_ bytes: [UInt8]) throws(TransferFailure) {
        do { try handle.write(contentsOf: Data(bytes)) } catch {
            throw .file(path: path, reason: "写入失败(磁盘已满?):\(error.localizedDescription)")
        }
    }
}
