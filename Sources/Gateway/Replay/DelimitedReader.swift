/// Reads delimited text of any size record by record, a piece of the file at a time. More forgiving than the registry's
/// importer: any delimiter, quotes where there are some, CRLF, LF or CR.
public struct DelimitedReader {
    public struct Record: Hashable, Sendable {
        /// The line on which it begins, from 1.
        public var line: Int
        public var fields: [[UInt8]]
        public var isBlank: Bool { fields.allSatisfy(\.isEmpty) }
    }

    public let delimiter: UInt8
    /// Judged by the first piece of the file as a whole: two Chinese characters of GB 18030 alone may pass for UTF-8.
    public let isUTF8: Bool
    /// How many bytes of the file were taken in so far: for a progress bar.
    public private(set) var bytesRead = 0

    private let refill: () throws -> [UInt8]?
    private var buffer: [UInt8] = []
    private var index = 0
    private var line = 1
    private var isAtEnd = false

    /// Finds the delimiter in the first line where none is given.
    public init(delimiter: UInt8? = nil, refill: @escaping () throws -> [UInt8]?) throws {
        self.refill = refill
        var buffer = try refill() ?? []
        bytesRead = buffer.count
        if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) {
            throw ReplayMistake("文件是 UTF-16 编码,请另存为 UTF-8 的 CSV")
        }
        if buffer.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw ReplayMistake("这是 Excel 工作簿或压缩包,请另存为 CSV") }
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.removeFirst(3) }
        self.delimiter = delimiter ?? Self.guess(buffer)
        isUTF8 = Self.isUTF8(buffer)
        self.buffer = buffer
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        // A character may be cut at the end of the piece.
        (0...min(3, bytes.count)).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }

    public mutating func next() throws -> Record? {
        guard try peek() != nil else { return nil }
        var record = Record(line: line, fields: [])
        var field: [UInt8] = []
        var isQuoted = false
        while let byte = try peek() {
            index += 1
            if isQuoted {
                if byte == Self.quote {
                    if try peek() == Self.quote {
                        index += 1
                        field.append(byte)
                    } else {
                        isQuoted = false
                    }
                } else {
                    if byte == Self.newline { line += 1 }
                    field.append(byte)
                }
                continue
            }
            switch byte {
            case Self.quote where field.isEmpty: isQuoted = true
            case delimiter:
                record.fields.append(field)
                field = []
            case Self.carriageReturn:
                if try peek() == Self.newline { index += 1 }
                line += 1
                record.fields.append(field)
                return record
            case Self.newline:
                line += 1
                record.fields.append(field)
                return record
            default: field.append(byte)
            }
        }
        record.fields.append(field)
        return record
    }

    private mutating func peek() throws -> UInt8? {
        if index < buffer.count { return buffer[index] }
        while !isAtEnd {
            guard let piece = try refill() else {
                isAtEnd = true
                return nil
            }
            if piece.isEmpty { continue }
            bytesRead += piece.count
            buffer = piece
            index = 0
            return buffer[0]
        }
        return nil
    }

    private static func guess(_ bytes: [UInt8]) -> UInt8 {
        let first = bytes.prefix { $0 != newline }
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")]
        let counts = candidates.map { candidate in first.count { $0 == candidate } }
        guard let most = counts.max(), most > 0, let position = counts.firstIndex(of: most) else {
            return candidates[0]
        }
        return candidates[position]
    }

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}

/// Why a replay cannot begin, in the user's words.
public struct ReplayMistake: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
    public init(_ text: String) { description = text }
}
