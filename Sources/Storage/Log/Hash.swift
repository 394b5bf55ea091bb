import CSodium

/// SHA-256 over fields whose lengths are part of what is hashed, so that no two lists of fields look alike.
public struct Hash {
    public static let zero = [UInt8](repeating: 0, count: 32)

    private var bytes: [UInt8] = []

    /// `purpose` keeps the hashes of different chains apart.
    public init(purpose: String) { add(purpose) }

    public mutating func add(_ text: String) { add([UInt8](text.utf8)) }

    public mutating func add(_ number: Int64) {
        unsafe add(withUnsafeBytes(of: number.bigEndian) { unsafe [UInt8]($0) })
    }

    public mutating func add(_ field: [UInt8]) {
        let length = UInt64(field.count).bigEndian
        unsafe withUnsafeBytes(of: length) { unsafe bytes.append(contentsOf: $0) }
        bytes += field
    }

    public var digest: [UInt8] { Hash.sha256(bytes) }

    public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = zero
        let status = unsafe crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        precondition(status == 0, "SHA-256 cannot fail")
        return digest
    }

    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = [UInt8]("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// nil where it is no hexadecimal.
    public static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[at], let low = digits[at + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
