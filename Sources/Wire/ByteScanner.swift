/// Reads strict JSON (RFC 8259) byte by byte, in place. The bytes are passed to each function, because a struct that
/// holds a span would need experimental lifetimes; every access is bounds-checked.
struct ByteScanner {
    var index = 0
    /// Whether a byte above ASCII was met in a string: the document is then checked to be UTF-8 as a whole.
    var hasNonASCII = false

    static let depthMax = 64

    /// A string's content without its quotes.
    struct Text {
        var range: Range<Int>
        var hasEscape: Bool
    }

    enum Number {
        case integer(Int64)
        case real(Double)
        case outOfRange

        var double: Double? {
            switch self {
            case .integer(let value): Double(value)
            case .real(let value): value
            case .outOfRange: nil
            }
        }
    }

    func failure(_ reason: String) -> UploadRefusal { .notJSON(reason: reason, offset: index) }

    func peek(_ bytes: Span<UInt8>) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func skipSpace(_ bytes: Span<UInt8>) {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func string(_ bytes: Span<UInt8>) throws(UploadRefusal) -> Text {
        guard take(0x22, bytes) else { throw failure("这里应是字符串") }
        let start = index
        var hasEscape = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 {
                index += 1
                return Text(range: start..<index - 1, hasEscape: hasEscape)
            }
            if byte == 0x5C {
                hasEscape = true
                try escape(bytes)
            } else {
                guard byte >= 0x20 else { throw failure("字符串里有未转义的控制字符") }
                if byte >= 0x80 { hasNonASCII = true }
                index += 1
            }
        }
        throw failure("字符串没有结尾")
    }

    private mutating func escape(_ bytes: Span<UInt8>) throws(UploadRefusal) {
        index += 1
        switch peek(bytes) {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: index += 1
        case 0x75:
            index += 1
            let code = try fourHexadecimals(bytes)
            if (0xDC00..<0xE000).contains(code) { throw failure("代理对不完整") }
            if (0xD800..<0xDC00).contains(code) {
                guard take(0x5C, bytes), take(0x75, bytes) else { throw failure("代理对不完整") }
                guard (0xDC00..<0xE000).contains(try fourHexadecimals(bytes)) else {
                    throw failure("代理对不完整")
                }
            }
        default: throw failure("不认识的转义")
        }
    }

    private mutating func fourHexadecimals(_ bytes: Span<UInt8>) throws(UploadRefusal) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Self.hexadecimal(peek(bytes)), index < bytes.count else {
                throw failure("这里应是四位十六进制数")
            }
            code = code << 4 | digit
            index += 1
        }
        return code
    }

    static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte) - 0x30
        case 0x41...0x46: UInt32(byte) - 0x37
        case 0x61...0x66: UInt32(byte) - 0x57
        default: nil
        }
    }

    /// Any value, read and forgotten; true if it was an array or an object.
    mutating func skipValue(_ bytes: Span<UInt8>, depth: Int) throws(UploadRefusal) {
        guard depth < Self.depthMax else { throw failure("嵌套太深") }
        skipSpace(bytes)
        guard index < bytes.count else { throw failure("内容不完整") }
        switch bytes[index] {
        case 0x7B: try skipObject(bytes, depth: depth)
        case 0x5B: try skipArray(bytes, depth: depth)
        case 0x22: _ = try string(bytes)
        case 0x74, 0x66, 0x6E: _ = try literal(bytes)
        default: _ = try number(bytes)
        }
    }

    private mutating func skipObject(_ bytes: Span<UInt8>, depth: Int) throws(UploadRefusal) {
        index += 1
        skipSpace(bytes)
        if take(0x7D, bytes) { return }
        while true {
            skipSpace(bytes)
            _ = try string(bytes)
            try colon(bytes)
            try skipValue(bytes, depth: depth + 1)
            if try endOfMember(bytes) { return }
        }
    }

    private mutating func skipArray(_ bytes: Span<UInt8>, depth: Int) throws(UploadRefusal) {
        index += 1
        skipSpace(bytes)
        if take(0x5D, bytes) { return }
        while true {
            try skipValue(bytes, depth: depth + 1)
            if try endOfElement(bytes) { return }
        }
    }

    mutating func colon(_ bytes: Span<UInt8>) throws(UploadRefusal) {
        skipSpace(bytes)
        guard take(0x3A, bytes) else { throw failure("这里应是冒号") }
        skipSpace(bytes)
    }

    /// True at the closing brace, false at a comma.
    mutating func endOfMember(_ bytes: Span<UInt8>) throws(UploadRefusal) -> Bool {
        skipSpace(bytes)
        if take(0x2C, bytes) { return false }
        guard take(0x7D, bytes) else { throw failure("这里应是逗号或右花括号") }
        return true
    }

    mutating func endOfElement(_ bytes: Span<UInt8>) throws(UploadRefusal) -> Bool {
        skipSpace(bytes)
        if take(0x2C, bytes) { return false }
        guard take(0x5D, bytes) else { throw failure("这里应是逗号或右方括号") }
        return true
    }

    /// `true`, `false`, or nil for `null`.
    mutating func literal(_ bytes: Span<UInt8>) throws(UploadRefusal) -> Bool? {
        let start = index
        while index < bytes.count, bytes[index] >= 0x61, bytes[index] <= 0x7A, index - start < 6 { index += 1 }
        switch Word(bytes, start..<index) {
        case Word(0x7472_7565, 0, 4): return true
        case Word(0x66_616C_7365, 0, 5): return false
        case Word(0x6E75_6C6C, 0, 4): return nil
        default:
            index = start
            throw failure("这里应是一个值")
        }
    }
}
