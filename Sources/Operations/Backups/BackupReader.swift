import Compression
import Foundation
import Storage

/// Reads a backup block by block and stops at the first one that is not as it was written.
final class BackupReader {
    private let path: String
    private let handle: FileHandle
    private var offset: UInt64 = 0
    /// For the words about a damage.
    var table: String?
    var row: Int64?

    init(_ path: String) throws(TransferFailure) {
        self.path = path
        guard let opened = FileHandle(forReadingAtPath: path) else {
            throw .file(path: path, reason: "读不到文件")
        }
        handle = opened
        guard let magic = try read(BackupBlock.magic.count), magic == BackupBlock.magic else {
            throw .damaged(.init(reason: .notABackup, offset: 0))
        }
    }

    deinit { try? handle.close() }

    /// nil at the end of the file.
    func next() throws(TransferFailure) -> BackupBlock? {
        let start = offset
        guard let prefix = try read(BackupBlock.prefixLength) else { return nil }
        guard prefix.count == BackupBlock.prefixLength else { throw damage(.cutOff, at: start) }
        let (packedLength, length) = (Self.length(prefix[1..<9]), Self.length(prefix[9..<17]))
        guard let kind = BackupBlock.Kind(rawValue: prefix[0]), let packedLength, let length else {
            throw damage(.changed, at: start)
        }
        guard let packed = try read(packedLength), packed.count == packedLength else {
            throw damage(.cutOff, at: start)
        }
        guard Hash.sha256(Array(prefix[..<17]) + packed) == Array(prefix[17...]) else {
            throw damage(.changed, at: start)
        }
        guard let content = try? Gzip.inflated(packed, limit: length), content.count == length else {
            throw damage(.unreadable, at: start)
        }
        return BackupBlock(kind: kind, content: content, offset: start)
    }

    func damage(_ reason: TransferFailure.Damage.Reason, at offset: UInt64) -> TransferFailure {
        .damaged(.init(reason: reason, offset: offset, table: table, row: row))
    }

    /// Fewer bytes at the end of the file, nil where there are none.
    private func read(_ count: Int) throws(TransferFailure) -> [UInt8]? {
        guard count > 0 else { return [] }
        do {
            guard let data = try handle.read(upToCount: count), !data.isEmpty else { return nil }
            offset += UInt64(data.count)
            return [UInt8](data)
        } catch { throw .file(path: path, reason: "读取失败:\(error.localizedDescription)") }
    }

    private static func length(_ bytes: ArraySlice<UInt8>) -> Int? {
        let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return value <= UInt64(BackupBlock.lengthMax) ? Int(value) : nil
    }
}
