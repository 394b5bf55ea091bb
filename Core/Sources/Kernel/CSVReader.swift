/// Where and why a text is not CSV. `row` counts records from 1, the header among them, as a spreadsheet shows them.
public struct CSVError: Error, Hashable, Sendable {
    public let row: Int
    /// What is wrong, in the reader's words.
    public let reason: String

    public init(row: Int, reason: String) {
        self.row = row
        self.reason = reason
    }

    public var line: String { "第 \(row) 行:\(reason)" }
}

/// Reads RFC 4180 strictly, record by record: UTF-8 with or without its mark, CRLF or LF, quotes only around a whole
/// cell and doubled inside. What a spreadsheet saved in another encoding is named as such, not guessed at.
public struct CSVReader: Sendable {
    private let bytes: [UInt8]
    private var index = 0
    /// The record read last; 1 is the first.
    public private(set) var row = 0

    public init(_ bytes: [UInt8]) throws(CSVError) {
        self.bytes = bytes
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw CSVError(row: 1, reason: "文件是 UTF-16 编码,请另存为“CSV UTF-8(逗号分隔)”")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw CSVError(row: 1, reason: "这是 Excel 工作簿(.xlsx)或压缩包,请另存为“CSV UTF-8(逗号分隔)”")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The next record, or nil at the end. An empty line is a record of one empty cell.
    public mutating func next() throws(CSVError) -> [String]? {
        guard index < bytes.count else { return nil }
        row += 1
        var cells: [String] = []
        while true {
            cells.append(try bytes[index...].first == Self.quote ? quotedCell() : plainCell())
            guard index < bytes.count else { return cells }
            if bytes[index] == Self.comma {
                index += 1
                continue
            }
            index += bytes[index] == Self.carriageReturn ? 2 : 1
            return cells
        }
    }

    private mutating func plainCell() throws(CSVError) -> String {
        let start = index
        while index < bytes.count, !isEnd(index) {
            switch bytes[index] {
            case Self.quote: throw CSVError(row: row, reason: "引号出现在单元格中间;含引号的单元格要整个用引号括起")
            case Self.carriageReturn: throw CSVError(row: row, reason: "有单独的回车符(CR),行尾应为 CRLF 或 LF")
            case 0: throw CSVError(row: row, reason: "有空字节,不是文本文件")
            default: index += 1
            }
        }
        return try text(bytes[start..<index])
    }

    private mutating func quotedCell() throws(CSVError) -> String {
        index += 1
        var cell: [UInt8] = []
        while index < bytes.count {
            if bytes[index] == Self.quote {
                if index + 1 < bytes.count, bytes[index + 1] == Self.quote {
                    cell.append(Self.quote)
                    index += 2
                    continue
                }
                index += 1
                guard index == bytes.count || isEnd(index) else {
                    throw CSVError(row: row, reason: "右引号后面还有字;单元格里的引号要写两个")
                }
                return try text(cell[...])
            }
            if bytes[index] == 0 { throw CSVError(row: row, reason: "有空字节,不是文本文件") }
            cell.append(bytes[index])
            index += 1
        }
        throw CSVError(row: row, reason: "引号没有配对,到文件末尾也没有右引号")
    }

    /// Whether a cell ends here: at a comma, LF, or CRLF.
    private func isEnd(_ place: Int) -> Bool {
        switch bytes[place] {
        case Self.comma, Self.lineFeed: true
        case Self.carriageReturn: place + 1 < bytes.count && bytes[place + 1] == Self.lineFeed
        default: false
        }
    }

    private func text(_ cell: ArraySlice<UInt8>) throws(CSVError) -> String {
        if let text = String(validating: cell, as: UTF8.self) { return text }
        throw CSVError(
            row: row,
            reason: Self.looksLikeGB18030(cell)
                ? "文件像是 GB18030(GBK)编码,不是 UTF-8,请另存为“CSV UTF-8(逗号分隔)”" : "不是 UTF-8 文本")
    }

    /// Whether every byte above ASCII begins a two- or four-byte character of GB18030.
    private static func looksLikeGB18030(_ cell: ArraySlice<UInt8>) -> Bool {
        var place = cell.startIndex
        while place < cell.endIndex {
            guard cell[place] >= 0x80 else {
                place += 1
                continue
            }
            guard (0x81...0xFE).contains(cell[place]), place + 1 < cell.endIndex else { return false }
            let second = cell[place + 1]
            if (0x40...0xFE).contains(second), second != 0x7F {
                place += 2
            } else if (0x30...0x39).contains(second), place + 3 < cell.endIndex {
                place += 4
            } else {
                return false
            }
        }
        return true
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}

/// Writes RFC 4180: CRLF, quotes where they are needed.
public enum CSVWriter {
    public static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// A cell that a spreadsheet would take for a formula gets a leading apostrophe.
    private static func cell(_ text: String) -> String {
        let isNumber = Double(text) != nil
        let text =
            !isNumber && text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true
            ? "'" + text : text
        guard text.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }) else {
            return text
        }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
