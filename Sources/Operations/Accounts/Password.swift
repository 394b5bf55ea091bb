import CSodium

/// argon2id (domain §13). Slow and hungry on purpose (64 MiB, about 0.1 s): never on an event loop.
public enum Password {
    private static let operations = UInt64(2)
    private static let memoryBytes = 64 * 1_024 * 1_024

    /// nil where the memory is not to be had.
    public static func hash(_ password: String) -> String? {
        guard sodium_init() >= 0 else { return nil }
        var output = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let bytes = Array(password.utf8).map { CChar(bitPattern: $0) }
        let status = unsafe crypto_pwhash_str(&output, bytes, UInt64(bytes.count), operations, memoryBytes)
        guard status == 0 else { return nil }
        return String(decoding: output.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    public static func verify(_ password: String, against hash: String) -> Bool {
        guard sodium_init() >= 0 else { return false }
        let stored = Array(hash.utf8CString)
        let bytes = Array(password.utf8).map { CChar(bitPattern: $0) }
        return unsafe crypto_pwhash_str_verify(stored, bytes, UInt64(bytes.count)) == 0
    }

    /// Twelve characters without look-alikes, capitals, small letters and digits among them (domain §13): a first
    /// password, shown once.
    public static func suggestion() -> String {
        var generator = SystemRandomNumberGenerator()
        let classes = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"].map(Array.init)
        let alphabet = classes.flatMap(\.self)
        while true {
            let drawn = (0..<12).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            if classes.allSatisfy({ drawn.contains(where: $0.contains) }) { return String(drawn) }
        }
    }
}
