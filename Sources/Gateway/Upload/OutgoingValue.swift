public import Kernel

/// A value on its way to the server.
public struct OutgoingValue: Hashable, Sendable {
    public var target: String
    public var value: Double
    public var at: Timestamp
    /// The word of `contracts/upload.md`; nil stands for GOOD.
    public var quality: String?

    public init(target: String, value: Double, at: Timestamp, quality: String? = nil) {
        self.target = target
        self.value = value
        self.at = at
        self.quality = quality
    }
}
