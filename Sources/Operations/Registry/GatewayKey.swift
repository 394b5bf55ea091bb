import CSodium

/// A gateway's key: 32 random bytes, shown once as text; only its SHA-256 is kept.
public struct GatewayKey: Sendable {
    /// What the gateway sends as its bearer token.
    public let text: String

    /// nil where the machine gives no randomness.
    public static func generate() -> GatewayKey? {
        guard sodium_init() >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 32)
        unsafe bytes.withUnsafeMutableBytes { buffer in
            if let base = buffer.baseAddress { unsafe randombytes_buf(base, buffer.count) }
        }
        return GatewayKey(text: "fs_" + encode(bytes))
    }

    public var hash: [UInt8] { Self.hash(text) }
    public var hint: String { String(text.prefix(9)) }

    /// SHA-256 of a token as it was sent.
    public static func hash(_ token: some StringProtocol) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        let bytes = Array(token.utf8)
        _ = unsafe crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        return digest
    }

    /// Base 64 for addresses, without padding.
    private static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var output: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                output.append(alphabet[Int(bits >> UInt32(count)) & 63])
            }
        }
        if count > 0 { output.append(alphabet[Int(bits << UInt32(6 - count)) & 63]) }
        return String(decoding: output, as: UTF8.self)
    }
}
