public import Kernel

/// The second factor (RFC 6238: HMAC-SHA-1, 30 seconds, six digits). The key's code itself is made outside: the core
/// knows no cryptography.
public enum OneTimeCode {
    public static let stepSeconds: Int64 = 30
    public static let digits = 6
    /// A phone's clock may be one step off either way.
    public static let stepsAround: Int64 = 1

    public static func step(at now: Timestamp) -> Int64 { now.milliseconds / (stepSeconds * 1_000) }

    /// What is authenticated: the step as eight bytes, the highest first.
    public static func message(_ step: Int64) -> [UInt8] {
        let bits = UInt64(bitPattern: step)
        return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    }

    /// RFC 4226 §5.3: four bytes from a place that the last one names.
    /// - Parameter code: an HMAC of 20 bytes.
    public static func text(of code: [UInt8]) -> String {
        precondition(code.count == 20, "an HMAC-SHA-1 has twenty bytes")
        let place = Int(code[19] & 15)
        var number = UInt32(code[place] & 0x7F)
        for index in 1...3 { number = number << 8 | UInt32(code[place + index]) }
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code was sent; nil where there is none, or it is not after the last one that was taken: nobody
    /// uses a code twice.
    public static func accepted(
        _ sent: String, at now: Timestamp, after last: Int64?, code: (Int64) -> [UInt8]
    ) -> Int64? {
        let sent = sent.filter { !$0.isWhitespace }
        guard sent.utf8.count == digits, sent.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let present = step(at: now)
        var found: Int64?
        // All are compared whatever is found: the time of the answer tells nothing.
        for step in (present - stepsAround)...(present + stepsAround) {
            let isSame = zip(text(of: code(step)).utf8, sent.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
            if isSame, step > last ?? .min { found = found ?? step }
        }
        return found
    }

    /// What an app on a phone reads: the key as an address.
    public static func address(key: [UInt8], login: String, issuer: String) -> String {
        let (name, label) = (PercentEncoding.encoded(issuer), PercentEncoding.encoded(login))
        return "otpauth://totp/\(name):\(label)?secret=\(Base32.text(key))&issuer=\(name)"
            + "&algorithm=SHA1&digits=\(digits)&period=\(stepSeconds)"
    }
}
