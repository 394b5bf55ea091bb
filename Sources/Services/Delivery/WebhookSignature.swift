import CSodium
public import Kernel
import Storage

/// The signature by which a receiver knows that a webhook comes from us: HMAC-SHA256 over the time and the body. The
/// receiver compares it in constant time and refuses a time that is too far from its own.
public enum WebhookSignature {
    /// `t=<unix seconds>,v1=<hexadecimal>`
    public static func header(secret: String, at now: Timestamp, body: [UInt8]) -> String {
        let seconds = String(now.milliseconds / 1_000)
        let signature = code(key: [UInt8](secret.utf8), message: [UInt8]((seconds + ".").utf8) + body)
        return "t=\(seconds),v1=\(Hash.hexadecimal(signature))"
    }

    /// HMAC-SHA256.
    public static func code(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        var code = [UInt8](repeating: 0, count: 32)
        let status =
            unsafe crypto_auth_hmacsha256_init(&state, key, key.count)
            | crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
            | crypto_auth_hmacsha256_final(&state, &code)
        precondition(status == 0, "HMAC cannot fail")
        return code
    }
}
