extension ByteScanner {
    /// Exact as `Double(text)` is: up to 19 digits and powers of ten up to 22 by one rounding, the rest by the library.
    mutating func number(_ bytes: Span<UInt8>) throws(UploadRefusal) -> Number {
        let start = index
        let isNegative = take(0x2D, bytes)
        let first = index
        var mantissa: UInt64 = 0
        var digits = 0
        scanDigits(bytes, &mantissa, &digits)
        guard index > first, bytes[first] != 0x30 || index == first + 1 else {
            index = start
            throw failure(isNegative ? "不是数" : "这里应是一个值")
        }
        var exponent = 0
        var isWhole = true
        if take(0x2E, bytes) {
            isWhole = false
            let start = index
            scanDigits(bytes, &mantissa, &digits)
            guard index > start else { throw failure("不是数") }
            exponent = start - index
        }
        if take(0x65, bytes) || take(0x45, bytes) {
            isWhole = false
            exponent += try scanExponent(bytes)
        }
        if digits <= 18, isWhole {
            let value = Int64(mantissa)
            return .integer(isNegative ? -value : value)
        }
        if digits <= 18, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            let whole = Double(mantissa)
            let value = exponent < 0 ? whole / Self.powers[-exponent] : whole * Self.powers[exponent]
            return .real(isNegative ? -value : value)
        }
        return slowNumber(bytes, start..<index, isWhole: isWhole)
    }

    private mutating func scanDigits(_ bytes: Span<UInt8>, _ mantissa: inout UInt64, _ digits: inout Int) {
        while index < bytes.count {
            let digit = bytes[index] &- 0x30
            guard digit < 10 else { return }
            if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
            if digits > 0 || digit > 0 { digits += 1 }
            index += 1
        }
    }

    private mutating func scanExponent(_ bytes: Span<UInt8>) throws(UploadRefusal) -> Int {
        var isNegative = false
        if !take(0x2B, bytes) { isNegative = take(0x2D, bytes) }
        let start = index
        var exponent = 0
        while index < bytes.count {
            let digit = bytes[index] &- 0x30
            guard digit < 10 else { break }
            exponent = min(exponent * 10 + Int(digit), 100_000)
            index += 1
        }
        guard index > start else { throw failure("不是数") }
        return isNegative ? -exponent : exponent
    }

    private func slowNumber(_ bytes: Span<UInt8>, _ range: Range<Int>, isWhole: Bool) -> Number {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        for index in range { text.append(bytes[index]) }
        let string = String(decoding: text, as: UTF8.self)
        if isWhole, let value = Int64(string) { return .integer(value) }
        guard let value = Double(string), value.isFinite else { return .outOfRange }
        return .real(value)
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// A string's content with its escapes resolved; they were checked when it was scanned.
    static func unescaped(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var output: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == 0x5C else {
                output.append(byte)
                continue
            }
            let escape = bytes[index]
            index += 1
            switch escape {
            case 0x62: output.append(8)
            case 0x66: output.append(12)
            case 0x6E: output.append(10)
            case 0x72: output.append(13)
            case 0x74: output.append(9)
            case 0x75:
                var code = four(bytes, &index)
                if (0xD800..<0xDC00).contains(code) {
                    index += 2
                    code = 0x10000 + (code - 0xD800) << 10 + (four(bytes, &index) - 0xDC00)
                }
                if let scalar = Unicode.Scalar(code) { output += Character(scalar).utf8 }
            default: output.append(escape)
            }
        }
        return output
    }

    private static func four(_ bytes: Span<UInt8>, _ index: inout Int) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            code = code << 4 | (hexadecimal(bytes[index]) ?? 0)
            index += 1
        }
        return code
    }
}
