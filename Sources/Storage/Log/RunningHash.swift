import CSodium

/// SHA-256 over bytes that come piece by piece.
public struct RunningHash {
    private var state = crypto_hash_sha256_state()

    public init() {
        let status = unsafe crypto_hash_sha256_init(&state)
        precondition(status == 0, "SHA-256 cannot fail")
    }

    public mutating func add(_ bytes: [UInt8]) {
        let status = unsafe crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
        precondition(status == 0, "SHA-256 cannot fail")
    }

    /// Of what was added so far; more may be added.
    public var digest: [UInt8] {
        var copy = state
        var digest = Hash.zero
        let status = unsafe crypto_hash_sha256_final(&copy, &digest)
        precondition(status == 0, "SHA-256 cannot fail")
        return digest
    }
}
