import CCrypto
import Domain
import Kernel
import Storage

/// The cryptography of second factors: keys, codes, recovery codes.
public enum SecondFactor {
    public static let issuer = "烽燧"
    public static let recoveryCodesCount = 10
    /// RFC 4226 §4 R6: 160 bits.
    static let keyBytes = 20

    public static func makeKey() -> [UInt8] { random(keyBytes) }

    /// HMAC-SHA-1 of a step (OpenSSL's).
    public static func code(key: [UInt8], step: Int64) -> [UInt8] {
        let message = OneTimeCode.message(step)
        var output = [UInt8](repeating: 0, count: 20)
        let status = unsafe ccrypto_hmac_sha1(key, Int32(key.count), message, message.count, &output)
        precondition(status == 1, "a hash of a few bytes cannot fail")
        return output
    }

    /// Sixteen letters and digits without look-alikes, in four groups: 80 bits.
    public static func makeRecoveryCodes() -> [String] {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return (0..<recoveryCodesCount).map { _ in
            let drawn = random(16).map { letters[Int($0 & 31)] }
            return stride(from: 0, to: 16, by: 4).map { String(drawn[$0..<$0 + 4]) }.joined(separator: "-")
        }
    }

    /// Of a recovery code as somebody types it. Eighty random bits need no slow hash.
    public static func hash(recoveryCode text: String) -> [UInt8] {
        let plain = Array(text.uppercased().utf8.filter { (48...57).contains($0) || (65...90).contains($0) })
        return Hash.sha256(plain)
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
