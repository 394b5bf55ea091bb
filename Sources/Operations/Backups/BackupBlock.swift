/// A part of a backup file.
struct BackupBlock {
    enum Kind: UInt8 {
        /// The manifest's first part.
        case head = 0x48
        /// The name of the table that follows.
        case table = 0x54
        case rows = 0x52
        /// The manifest's sums; the file ends with it.
        case foot = 0x46
    }

    static let magic = [UInt8]("FENGSUI BACKUP 1\n".utf8)
    /// Kind, length as packed, length as it was, SHA-256 of the packed bytes.
    static let prefixLength = 1 + 8 + 8 + 32
    /// No block of ours is longer: a row may hold a file of some megabytes.
    static let lengthMax = 1 << 30

    let kind: Kind
    let content: [UInt8]
    /// Where it begins in the file.
    let offset: UInt64
}
