/// A file that goes with a filing. Its kind is read from its first bytes, whatever its name says.
public struct FilingAttachment: Hashable, Sendable {
    public var name: String
    public var content: [UInt8]

    public static let bytesMax = 5 * 1_024 * 1_024
    public static let countMax = 5

    public init(name: String, content: [UInt8]) {
        self.name = name
        self.content = content
    }

    /// nil where it is none of the kinds that are taken: PDF, JPEG, PNG.
    public var mediaType: String? {
        if content.starts(with: [0x25, 0x50, 0x44, 0x46, 0x2D]) { return "application/pdf" }
        if content.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if content.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        return nil
    }

    /// Why it is not taken; nil where it is.
    public var objection: String? {
        if content.isEmpty { return "附件“\(name)”是空的" }
        if content.count > Self.bytesMax { return "附件“\(name)”超过 5 MB" }
        return mediaType == nil ? "附件“\(name)”不是 PDF、JPG 或 PNG" : nil
    }
}
