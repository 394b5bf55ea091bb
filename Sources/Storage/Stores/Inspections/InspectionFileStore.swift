public import Kernel

/// A picture or a paper of a problem, a site check or a circular.
public struct InspectionFile: Hashable, Sendable {
    public enum Owner: String, Hashable, Sendable { case problem, siteCheck, circular }

    /// 5 MB a file, 9 files an owner and hand-in. [本项目约定]
    public static let bytesMax = 5 * 1_024 * 1_024

    public var id: String
    public var owner: Owner
    public var ownerID: String
    public var name: String
    public var type: String
    public var bytesCount: Int
    public var uploadedAt: Timestamp
    public var uploadedBy: String

    public init(
        id: String, owner: Owner, ownerID: String, name: String, type: String, bytesCount: Int,
        uploadedAt: Timestamp, uploadedBy: String
    ) {
        self.id = id
        self.owner = owner
        self.ownerID = ownerID
        self.name = name
        self.type = type
        self.bytesCount = bytesCount
        self.uploadedAt = uploadedAt
        self.uploadedBy = uploadedBy
    }

    /// The type by what the bytes are, never by what somebody says they are; nil where it is none that we keep.
    public static func type(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: Array("%PDF-".utf8)) { return "application/pdf" }
        return nil
    }
}

public enum InspectionFileStore {
    public static func insert(
        _ file: InspectionFile, content: [UInt8], hash: [UInt8], in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO inspection_file (id, owner_kind, owner_id, name, type, bytes_count, hash, content, uploaded_at,
                uploaded_by)
            VALUES (\(file.id), \(file.owner), \(file.ownerID), \(file.name), \(file.type), \(file.bytesCount),
                \(hash), \(content), \(file.uploadedAt), \(file.uploadedBy))
            """)
    }

    /// The caller has checked that the owner lies in the scope.
    public static func list(
        _ owner: InspectionFile.Owner, _ id: String, in session: inout Session
    ) throws(StorageError) -> [InspectionFile] {
        try session.rows(
            """
            SELECT id, owner_kind, owner_id, name, type, bytes_count, uploaded_at, uploaded_by FROM inspection_file
            WHERE owner_kind = \(owner) AND owner_id = \(id) ORDER BY uploaded_at, id
            """, read)
    }

    /// A file of that owner with its bytes. The caller has checked that the owner lies in the scope.
    public static func content(
        _ id: String, of owner: InspectionFile.Owner, _ ownerID: String, in session: inout Session
    ) throws(StorageError) -> (file: InspectionFile, bytes: [UInt8])? {
        try session.first(
            """
            SELECT id, owner_kind, owner_id, name, type, bytes_count, uploaded_at, uploaded_by, content
            FROM inspection_file WHERE id = \(id) AND owner_kind = \(owner) AND owner_id = \(ownerID)
            """
        ) { row throws(StorageError) in (file: try read(&row), bytes: row.next()) }
    }

    private static func read(_ row: inout Row) throws(StorageError) -> InspectionFile {
        InspectionFile(
            id: row.next(), owner: row.next(), ownerID: row.next(), name: row.next(), type: row.next(),
            bytesCount: row.next(), uploadedAt: row.next(), uploadedBy: row.next())
    }
}
