public import Kernel
public import Storage

/// What a backup says about itself. The first part stands before the rows, the sums behind them.
public struct BackupManifest: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public let name: String
        public let digest: [UInt8]
    }

    public struct Head: Hashable, Sendable {
        public let chain: String
        public let anchor: LogChain.Anchor
    }

    public let takenAt: Timestamp
    /// The migrations that had run, in their order.
    public let schema: [Step]
    public let tables: [TableLayout]
    /// The heads of the chains of evidence: log, uploads.
    public let heads: [Head]
    public internal(set) var sums: [TableSum] = []

    public var rowCount: Int64 { sums.reduce(0) { $0 + $1.rowCount } }

    /// One hash over the sums of all tables: two databases with the same are the same.
    public var fingerprint: String { Hash.hexadecimal(Hash.sha256([UInt8](foot.text.utf8))) }

    /// Of what a snapshot holds; without sums.
    static func read(takenAt: Timestamp, in session: inout Session) throws(StorageError) -> BackupManifest {
        let schema = try session.rows("SELECT name, digest FROM schema_migration ORDER BY position") {
            row throws(StorageError) in Step(name: row.next(), digest: row.next())
        }
        return BackupManifest(
            takenAt: takenAt, schema: schema, tables: try session.tableLayouts(), heads: try heads(in: &session))
    }

    static func heads(in session: inout Session) throws(StorageError) -> [Head] {
        try session.rows("SELECT name, sequence, hash FROM chain ORDER BY name") { row throws(StorageError) in
            Head(chain: row.next(), anchor: LogChain.Anchor(sequence: row.next(), hash: row.next()))
        }
    }

    /// Our migrations that make this schema. Refused where we do not know them all.
    func migrations() throws(TransferFailure) -> [Migration] {
        let ours = Array(Migration.all.prefix(schema.count))
        let unknown = schema.enumerated().filter { number, step in
            number >= ours.count || ours[number].name != step.name || ours[number].digest != step.digest
        }
        guard unknown.isEmpty else { throw .unknownSchema(unknown.map(\.element.name)) }
        return ours
    }

    // MARK: As JSON

    var head: JSON {
        [
            "format": 1, "takenAt": .integer(takenAt.milliseconds),
            "schema": .array(
                schema.map { ["name": .string($0.name), "digest": .string(Hash.hexadecimal($0.digest))] }),
            "tables": .array(tables.map(Self.json)),
            "heads": .array(
                heads.map {
                    [
                        "chain": .string($0.chain), "sequence": .integer($0.anchor.sequence),
                        "hash": .string(Hash.hexadecimal($0.anchor.hash)),
                    ]
                }),
        ]
    }

    var foot: JSON {
        [
            "sums": .array(
                sums.map {
                    [
                        "table": .string($0.table), "rows": .integer($0.rowCount),
                        "hash": .string(Hash.hexadecimal($0.hash)),
                    ]
                })
        ]
    }

    init?(head: JSON) {
        guard head["format"]?.integer == 1, let takenAt = head["takenAt"]?.integer,
            let schema = head["schema"]?.array, let tables = head["tables"]?.array, let heads = head["heads"]?.array
        else { return nil }
        let steps = schema.compactMap { step -> Step? in
            guard let name = step["name"]?.string, let digest = Self.bytes(step["digest"]) else { return nil }
            return Step(name: name, digest: digest)
        }
        let found = heads.compactMap { head -> Head? in
            guard let chain = head["chain"]?.string, let sequence = head["sequence"]?.integer,
                let hash = Self.bytes(head["hash"])
            else { return nil }
            return Head(chain: chain, anchor: LogChain.Anchor(sequence: sequence, hash: hash))
        }
        let layouts = tables.compactMap(Self.layout)
        guard steps.count == schema.count, found.count == heads.count, layouts.count == tables.count else {
            return nil
        }
        self.init(
            takenAt: Timestamp(milliseconds: takenAt), schema: steps, tables: layouts, heads: found)
    }

    init(takenAt: Timestamp, schema: [Step], tables: [TableLayout], heads: [Head]) {
        self.takenAt = takenAt
        self.schema = schema
        self.tables = tables
        self.heads = heads
    }

    static func sums(_ foot: JSON) -> [TableSum]? {
        guard let sums = foot["sums"]?.array else { return nil }
        let found = sums.compactMap { sum -> TableSum? in
            guard let table = sum["table"]?.string, let rows = sum["rows"]?.integer, let hash = bytes(sum["hash"])
            else { return nil }
            return TableSum(table: table, rowCount: rows, hash: hash)
        }
        return found.count == sums.count ? found : nil
    }

    private static func json(_ table: TableLayout) -> JSON {
        [
            "name": .string(table.name),
            "columns": .array(
                table.columns.map { ["name": .string($0.name), "kind": .string($0.kind.rawValue)] }),
            "order": .array(table.order.map { .string($0) }),
        ]
    }

    private static func layout(_ json: JSON) -> TableLayout? {
        guard let name = json["name"]?.string, let columns = json["columns"]?.array,
            let order = json["order"]?.array?.compactMap(\.string)
        else { return nil }
        let found = columns.compactMap { column -> TableLayout.Column? in
            guard let name = column["name"]?.string,
                let kind = column["kind"]?.string.flatMap(TableLayout.Kind.init(rawValue:))
            else { return nil }
            return TableLayout.Column(name: name, kind: kind)
        }
        guard found.count == columns.count else { return nil }
        return TableLayout(name: name, columns: found, order: order)
    }

    private static func bytes(_ json: JSON?) -> [UInt8]? { json?.string.flatMap(Hash.bytes(hexadecimal:)) }
}
