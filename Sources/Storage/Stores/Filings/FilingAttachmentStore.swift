public import Domain
public import Kernel

/// Attachments of filings, in the database: they are backed up with it and cannot be got outside the scope.
public enum FilingAttachmentStore {
    public struct Entry: Hashable, Sendable {
        public var id: String
        public var name: String
        public var mediaType: String
        public var size: Int
    }

    public static func insert(
        _ file: FilingAttachment, id: String, filing: FilingID, by actor: String, at now: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO filing_attachment (id, filing_id, name, media_type, size, hash, content, uploaded_at,
                uploaded_by)
            VALUES (\(id), \(filing), \(file.name), \(file.mediaType ?? "application/octet-stream"),
                \(file.content.count), \(Hash.sha256(file.content)), \(file.content), \(now), \(actor))
            """)
    }

    public static func list(
        of filing: FilingID, in session: inout Session
    ) throws(StorageError) -> [Entry] {
        try session.rows(
            """
            SELECT id, name, media_type, size FROM filing_attachment WHERE filing_id = \(filing)
            ORDER BY uploaded_at, id
            """
        ) { row throws(StorageError) in
            Entry(id: row.next(), name: row.next(), mediaType: row.next(), size: row.next())
        }
    }

    /// The file, for whoever may see the enterprise.
    public static func find(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> (entry: Entry, content: [UInt8])? {
        try session.first(
            """
            SELECT t.id, t.name, t.media_type, t.size, t.content FROM filing_attachment AS t
            JOIN filing AS x ON x.id = t.filing_id
            WHERE t.id = \(id) AND \(scope.enterprises(column: "x.enterprise_id"))
            """
        ) { row throws(StorageError) in
            (
                Entry(id: row.next(), name: row.next(), mediaType: row.next(), size: row.next()),
                row.next() as [UInt8]
            )
        }
    }
}
