/// Reads a zip archive that is whole in memory: by its directory, stored or deflated, no encryption, no zip64.
public enum ZipReader {
    public struct Entry: Hashable, Sendable {
        public let name: String
        public let bytes: [UInt8]
    }

    public enum Failure: Error, Hashable, Sendable {
        case notAnArchive
        case unsupported(name: String)
        case corrupt(name: String)
        /// More than was allowed, all entries together or their number.
        case tooLarge
    }

    /// - Parameter bytesMax: of all entries together, unpacked.
    public static func entries(
        _ archive: [UInt8], bytesMax: Int, countMax: Int = 10_000
    ) throws(Failure) -> [Entry] {
        guard let end = endRecord(archive) else { throw .notAnArchive }
        let count = archive.short(end + 10)
        guard count <= countMax else { throw .tooLarge }
        var (at, left): (Int, Int) = (archive.long(end + 16), bytesMax)
        var entries: [Entry] = []
        for _ in 0..<count {
            guard at + 46 <= archive.count, archive.long(at) == 0x0201_4b50 else { throw .notAnArchive }
            let nameLength = archive.short(at + 28)
            guard at + 46 + nameLength <= archive.count,
                let name = String(validating: archive[at + 46..<at + 46 + nameLength], as: UTF8.self)
            else { throw .notAnArchive }
            guard archive.long(at + 24) <= left else { throw .tooLarge }
            let bytes = try content(archive, directory: at, name: name)
            left -= bytes.count
            entries.append(Entry(name: name, bytes: bytes))
            at += 46 + nameLength + archive.short(at + 30) + archive.short(at + 32)
        }
        return entries
    }

    private static func content(
        _ archive: [UInt8], directory at: Int, name: String
    ) throws(Failure) -> [UInt8] {
        let (flags, method) = (archive.short(at + 8), archive.short(at + 10))
        guard flags & 1 == 0, method == 0 || method == 8 else { throw .unsupported(name: name) }
        let (checksum, packed, length) = (archive.long(at + 16), archive.long(at + 20), archive.long(at + 24))
        let local = archive.long(at + 42)
        guard local + 30 <= archive.count, archive.long(local) == 0x0403_4b50 else { throw .corrupt(name: name) }
        let start = local + 30 + archive.short(local + 26) + archive.short(local + 28)
        guard start + packed <= archive.count else { throw .corrupt(name: name) }
        let body = Array(archive[start..<start + packed])
        let bytes: [UInt8]
        if method == 0 {
            bytes = body
        } else {
            do throws(Gzip.Failure) { bytes = try Inflate.inflated(body, count: length) } catch {
                throw .corrupt(name: name)
            }
        }
        guard bytes.count == length, Int(Deflate.checksum(bytes)) == checksum else { throw .corrupt(name: name) }
        return bytes
    }

    /// The end record stands at the end, before a comment of at most 64 KB.
    private static func endRecord(_ archive: [UInt8]) -> Int? {
        guard archive.count >= 22 else { return nil }
        var at = archive.count - 22
        while at >= max(0, archive.count - 22 - 65_535) {
            if archive.long(at) == 0x0605_4b50, at + 22 + archive.short(at + 20) == archive.count { return at }
            at -= 1
        }
        return nil
    }
}

extension [UInt8] {
    /// Little-endian, as zip has it.
    fileprivate func short(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }
    fileprivate func long(_ at: Int) -> Int { short(at) | short(at + 2) << 16 }
}
