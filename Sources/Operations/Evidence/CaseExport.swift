public import Domain
public import Kernel
public import Storage
import Wire

/// A warning with everything around it as files that can be checked without our database: the rows of the log and the
/// uploads with their hashes and their way to a head, and what stands in the tables.
public enum CaseExport {
    /// From one hour before the first alarm to one hour after the close (our convention).
    public static let margin = Interval.hours(1)
    public static let uploadsMax: Int64 = 20_000

    public struct Case: Sendable {
        public let files: [CaseFile]
        /// Of the manifest: what to note down, and what the log keeps of the export.
        public let fingerprint: String
        public let heads: [Head]
    }

    public struct Head: Hashable, Sendable {
        public let table: String
        public let anchor: LogChain.Anchor
        public let root: [UInt8]

        var json: JSON {
            [
                "table": .string(table), "sequence": .integer(anchor.sequence),
                "hash": .string(Hash.hexadecimal(anchor.hash)), "root": .string(Hash.hexadecimal(root)),
            ]
        }
    }

    /// Reads the case in one snapshot. Refused where the warning is not in the scope.
    public static func read(
        _ id: WarningID, scope: Scope, by actor: String, at now: Timestamp, uploadsMax: Int64 = uploadsMax,
        in session: inout Session
    ) throws(CaseFailure) -> Case {
        let found = try CaseFailure.storing { () throws(StorageError) in
            try WarningDossier.read(id, scope: scope, in: &session)
        }
        guard let dossier = found else { throw .notFound }
        let window = try window(dossier, now: now, in: &session)
        let log = try rows(of: dossier, window, in: &session)
        let uploads = try uploads(of: dossier, window, limit: uploadsMax, in: &session)
        let logHead = try head("log", proving: log, in: &session)
        let uploadHead = try head("upload", proving: uploads, in: &session)
        let tables = try CaseFailure.storing { () throws(StorageError) in
            try CaseTables.read(dossier, window: window, in: &session)
        }
        let heads = [logHead.head, uploadHead.head]
        let facts: JSON = [
            "format": 1, "warning": .string(id.rawValue), "exportedAt": .integer(now.milliseconds),
            "exportedBy": .string(actor), "from": .integer(window.lowerBound.milliseconds),
            "until": .integer(window.upperBound.milliseconds), "heads": .array(heads.map(\.json)),
            "ruleVersion": .integer(dossier.warning.rules.version),
            "modelVersion": dossier.risk.map { .integer($0.modelVersion) } ?? .null,
            "names": .object(dossier.names.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }),
        ]
        var files = [
            CaseFile(name: "case.json", bytes: [UInt8](facts.text.utf8)),
            CaseFile(name: "log.jsonl", bytes: lines(log, logHead.proofs)),
            CaseFile(name: "uploads.jsonl", bytes: lines(uploads, uploadHead.proofs)),
            CaseFile(name: "readings.csv", bytes: readings(uploads)),
            CaseFile(name: "tables.json", bytes: [UInt8](tables.text.utf8)),
        ]
        let page = CaseIndex(
            dossier: dossier, window: window, log: log, uploadCount: uploads.count, heads: heads, tables: tables,
            now: now)
        files.append(CaseFile(name: "index.html", bytes: [UInt8](page.html.utf8)))
        let manifest = CaseManifest.json(files)
        files.append(CaseFile(name: CaseManifest.name, bytes: [UInt8](manifest.text.utf8)))
        return Case(
            files: files, fingerprint: Hash.hexadecimal(Hash.sha256([UInt8](manifest.text.utf8))), heads: heads)
    }

    /// Keeps in the log who took a case out, and which.
    public static func record(
        _ exported: Case, of id: WarningID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try context.log(
            stream: "audit", id.rawValue, "caseExported",
            [
                "warning": .string(id.rawValue), "fingerprint": .string(exported.fingerprint),
                "heads": .array(exported.heads.map(\.json)),
            ], in: &session)
    }

    // MARK: Parts

    private static func window(
        _ dossier: WarningDossier, now: Timestamp, in session: inout Session
    ) throws(CaseFailure) -> ClosedRange<Timestamp> {
        let first = try CaseFailure.storing { () throws(StorageError) in
            try session.first(
                """
                SELECT min(a.opened_at) FROM warning_alarm AS l JOIN alarm AS a ON a.id = l.alarm_id
                WHERE l.warning_id = \(dossier.listing.id)
                """
            ) { row throws(StorageError) in row.next() as Timestamp? } ?? nil
        }
        let from = min(first ?? dossier.warning.raisedAt, dossier.warning.raisedAt) - margin
        return from...max(from, dossier.warning.closedAt.map { $0 + margin } ?? now)
    }

    private static func rows(
        of dossier: WarningDossier, _ window: ClosedRange<Timestamp>, in session: inout Session
    ) throws(CaseFailure) -> [ChainRow] {
        let (id, hazard) = (dossier.listing.id, dossier.listing.hazard)
        return try CaseFailure.storing { () throws(StorageError) in
            try ChainRow.log(
                where: """
                    (l.stream_kind = 'warning' AND l.stream_id = \(id))
                    OR (l.stream_kind = 'alarm'
                        AND l.stream_id IN (SELECT alarm_id FROM warning_alarm WHERE warning_id = \(id)))
                    OR (l.stream_kind = 'delivery'
                        AND l.stream_id IN (SELECT key FROM outbox WHERE warning_id = \(id)))
                    OR (l.stream_kind = 'risk' AND l.stream_id = \(hazard) AND l.at >= \(window.lowerBound)
                        AND l.at <= \(window.upperBound))
                    """, in: &session)
        }
    }

    private static func uploads(
        of dossier: WarningDossier, _ window: ClosedRange<Timestamp>, limit: Int64, in session: inout Session
    ) throws(CaseFailure) -> [ChainRow] {
        let condition: SQL = """
            u.gateway_id IN (SELECT id FROM gateway WHERE enterprise_id = \(dossier.listing.enterprise))
            AND u.received_at >= \(window.lowerBound) AND u.received_at <= \(window.upperBound)
            """
        let count = try CaseFailure.storing { () throws(StorageError) in
            try session.first("SELECT count(*) FROM upload AS u WHERE \(condition)") { row throws(StorageError) in
                row.next() as Int64
            } ?? 0
        }
        guard count <= limit else { throw .tooLarge(uploads: count, limit: limit) }
        return try CaseFailure.storing { () throws(StorageError) in
            try ChainRow.uploads(where: condition, in: &session)
        }
    }

    private static func head(
        _ table: String, proving rows: [ChainRow], in session: inout Session
    ) throws(CaseFailure) -> (head: Head, proofs: [Int64: [HashTree.Step]]) {
        let (anchor, tree) = try CaseFailure.storing { () throws(StorageError) in
            let anchor = try session.chainHead(table)
            let tree = try session.hashTree(
                log: table == "log", upTo: anchor, proving: Set(rows.map(\.sequence)))
            return (anchor, tree)
        }
        guard let tree else { throw .brokenChain(table: table) }
        return (Head(table: table, anchor: anchor, root: tree.root), tree.proofs)
    }

    private static func lines(_ rows: [ChainRow], _ proofs: [Int64: [HashTree.Step]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            CaseRows.line(row, proof: proofs[row.sequence] ?? []).write(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// What the uploads say, for people: the proof is the uploads themselves.
    private static func readings(_ uploads: [ChainRow]) -> [UInt8] {
        var text = "\u{FEFF}上传序号,收到时刻,点位编码,数据时刻,数值,质量\r\n"
        for row in uploads {
            guard case .upload(let upload) = row.content, let decoded = try? UploadPayload.decode(upload.payload)
            else { continue }
            let received = ChinaTime.dateTime(upload.receivedAt)
            for item in decoded.items where decoded.codes.indices.contains(item.code) {
                text +=
                    "\(row.sequence),\(received),\(decoded.codes[item.code]),\(ChinaTime.dateTime(item.at)),"
                    + "\(item.value),\(item.quality.rawValue)\r\n"
            }
        }
        return [UInt8](text.utf8)
    }
}
