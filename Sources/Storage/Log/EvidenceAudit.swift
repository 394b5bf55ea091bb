import Kernel

/// What the chains alone cannot show: rows slipped in before their beginning, bodies and files that are no longer those
/// whose hashes were kept, photos that the log does not know.
public enum EvidenceAudit {
    public struct Fault: Hashable, Sendable {
        public enum Reason: Hashable, Sendable { case changed, missing, inserted }

        public let table: String
        public let key: String
        public let reason: Reason

        public init(table: String, key: String, reason: Reason) {
            self.table = table
            self.key = key
            self.reason = reason
        }
    }

    /// All of them. Reads every message and file once.
    public static func faults(in session: inout Session) throws(StorageError) -> [Fault] {
        try strayLinks("log", in: &session) + strayLinks("upload", in: &session) + messages(in: &session)
            + files("filing_attachment", content: "content", size: "size", in: &session)
            + files("inspection_file", content: "content", size: "bytes_count", in: &session)
            + files("duty_photo", content: "bytes", size: "size", in: &session) + photos(in: &session)
    }

    /// What a row of a chain is about, where it is still there.
    public static func logPlace(_ sequence: Int64, in session: inout Session) throws(StorageError) -> String? {
        try session.first(
            "SELECT stream_kind, stream_id, version, kind FROM log WHERE sequence = \(sequence)"
        ) { row throws(StorageError) in
            "\(row.next() as String) \(row.next() as String) #\(row.next() as Int64) \(row.next() as String)"
        }
    }

    public static func uploadPlace(_ sequence: Int64, in session: inout Session) throws(StorageError) -> String? {
        try session.first(
            "SELECT gateway_id, epoch, seq FROM upload WHERE sequence = \(sequence)"
        ) { row throws(StorageError) in
            "\(row.next() as String) \(row.next() as String) #\(row.next() as Int64)"
        }
    }

    /// The chains count from 1: nothing stands before.
    private static func strayLinks(_ table: String, in session: inout Session) throws(StorageError) -> [Fault] {
        try session.rows("SELECT sequence FROM \(SQL(raw: table)) WHERE sequence < 1 ORDER BY sequence") {
            row throws(StorageError) in
            Fault(table: table, key: "\(row.next() as Int64)", reason: .inserted)
        }
    }

    /// A message's body is what its upload's hash was taken over.
    private static func messages(in session: inout Session) throws(StorageError) -> [Fault] {
        var faults: [Fault] = []
        let sql: SQL = """
            SELECT m.upload_sequence, m.gateway_id, m.received_at, m.accepted, m.body, u.gateway_id, u.received_at,
                u.accepted, u.body_hash
            FROM message AS m LEFT JOIN upload AS u ON u.sequence = m.upload_sequence ORDER BY m.upload_sequence
            """
        try session.each(sql) { row throws(StorageError) in
            let key = "\(row.next() as Int64)"
            let (gateway, received, accepted) = (row.next() as String, row.next() as Int64, row.next() as Int64)
            let body: String = row.next()
            guard let sender = row.next() as String? else {
                faults.append(Fault(table: "message", key: key, reason: .inserted))
                return
            }
            let (at, count) = (row.next() as Int64?, row.next() as Int64?)
            let hash: [UInt8]? = row.next()
            guard sender == gateway, at == received, count == accepted, hash == Hash.sha256([UInt8](body.utf8)) else {
                faults.append(Fault(table: "message", key: key, reason: .changed))
                return
            }
        }
        return faults
    }

    private static func files(
        _ table: String, content: String, size: String, in session: inout Session
    ) throws(StorageError) -> [Fault] {
        var faults: [Fault] = []
        let columns = SQL(raw: "id, \(size), hash, \(content) FROM \(table)")
        try session.each("SELECT \(columns) ORDER BY id") { row throws(StorageError) in
            let (id, size) = (row.next() as String, row.next() as Int64)
            let (hash, content) = (row.next() as [UInt8], row.next() as [UInt8])
            guard size == Int64(content.count), hash == Hash.sha256(content) else {
                faults.append(Fault(table: table, key: id, reason: .changed))
                return
            }
        }
        return faults
    }

    /// The log says of each finished task which photos it had, with their hashes.
    private static func photos(in session: inout Session) throws(StorageError) -> [Fault] {
        var logged: [String: String] = [:]
        try session.each(
            "SELECT payload FROM log WHERE stream_kind = 'duty' AND kind = 'done' ORDER BY sequence"
        ) { row throws(StorageError) in
            // A payload that was damaged is the chain's to name.
            guard let payload = try? JSON.parse(row.next() as String) else { return }
            for photo in payload["photos"]?.array ?? [] {
                let parts = (photo.string ?? "").split(separator: " ")
                if parts.count == 2 { logged[String(parts[0])] = String(parts[1]) }
            }
        }
        var faults: [Fault] = []
        try session.each("SELECT id, hash FROM duty_photo ORDER BY id") { row throws(StorageError) in
            let (id, hash) = (row.next() as String, Hash.hexadecimal(row.next()))
            guard let known = logged.removeValue(forKey: id) else {
                faults.append(Fault(table: "duty_photo", key: id, reason: .inserted))
                return
            }
            if known != hash { faults.append(Fault(table: "duty_photo", key: id, reason: .changed)) }
        }
        return faults + logged.keys.sorted().map { Fault(table: "duty_photo", key: $0, reason: .missing) }
    }
}
