/// A photo of the site: JPEG or PNG by its own first bytes, whatever the browser says, and not too large.
public enum DutyPhoto {
    public static let bytesMax = 4 * 1_024 * 1_024
    public static let countMax = 3

    public enum Refusal: Error, Hashable, Sendable {
        case tooLarge, notAPhoto

        public var text: String {
            switch self {
            case .tooLarge: "照片超过 4 MB"
            case .notAPhoto: "只收 JPEG 或 PNG 照片"
            }
        }
    }

    /// The media type.
    public static func check(_ bytes: [UInt8]) throws(Refusal) -> String {
        guard bytes.count <= bytesMax else { throw .tooLarge }
        if bytes.count > 100, bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.count > 60, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            return "image/png"
        }
        throw .notAPhoto
    }
}
