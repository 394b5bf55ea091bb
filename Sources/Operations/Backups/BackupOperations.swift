public import Kernel
public import Storage

/// How far a backup, a restore or a move is.
public struct TransferProgress: Hashable, Sendable {
    public let table: String
    public let rowCount: Int64
    public let total: Int64
}

/// Backup, restore and move to another engine. All three read one snapshot table by table and know the same rows, so
/// that one hash a table can be compared anywhere. SQLite's own backup would start anew whenever somebody writes, and
/// its copy would be no use to PostgreSQL.
public enum BackupOperations {
    public typealias Watch = (TransferProgress) -> Void

    /// Writes a backup beside whoever writes to the database: readers of a snapshot hold up nobody on either engine.
    public static func make(
        of database: Database, at path: String, now: Timestamp, watch: Watch = { _ in }
    ) throws(TransferFailure) -> BackupManifest {
        let writer = try BackupWriter(path)
        do throws(TransferFailure) {
            let manifest = try database.read { session throws(TransferFailure) in
                try write(takenAt: now, to: writer, watch: watch, in: &session)
            }
            try writer.finish()
            return manifest
        } catch {
            writer.abandon()
            throw error
        }
    }

    /// Reads the whole file and compares it with its manifest.
    public static func verify(_ path: String, watch: Watch = { _ in }) throws(TransferFailure) -> BackupManifest {
        try BackupContent.read(path, watch: watch) { _, _ throws(TransferFailure) in }
    }

    /// Fills a database without tables, all or nothing; then brings it up to this program's schema.
    public static func restore(
        _ path: String, to database: Database, watch: Watch = { _ in }
    ) throws(TransferFailure) -> BackupManifest {
        let manifest = try verify(path)
        let migrations = try manifest.migrations()
        try database.write { session throws(TransferFailure) in
            let fill = try Filling(migrations, tables: manifest.tables, in: &session)
            _ = try BackupContent.read(path, watch: watch) { table, packet throws(TransferFailure) in
                try fill.insert(packet, into: table, in: &session)
            }
            try fill.finish(manifest.sums, in: &session)
        }
        try migrate(database)
        return manifest
    }

    /// Copies a database into one without tables, of whatever engine, all or nothing. Refused where somebody wrote to
    /// the source meanwhile: those writes would be lost.
    public static func move(
        from source: Database, to target: Database, now: Timestamp, watch: Watch = { _ in }
    ) throws(TransferFailure) -> BackupManifest {
        let manifest = try target.write { session throws(TransferFailure) in
            let manifest = try source.read { origin throws(TransferFailure) in
                try copy(takenAt: now, watch: watch, from: &origin, to: &session)
            }
            let now = try source.read { origin throws(TransferFailure) in try heads(in: &origin) }
            guard now == manifest.heads else { throw .sourceChanged }
            return manifest
        }
        try migrate(target)
        return manifest
    }

    /// The sum of every table now.
    public static func sums(of database: Database) throws(TransferFailure) -> [TableSum] {
        try database.read { session throws(TransferFailure) in
            var sums: [TableSum] = []
            for table in try tables(in: &session) {
                sums.append(try session.packets(of: table) { _ throws(TransferFailure) in })
            }
            return sums
        }
    }

    // MARK: Parts

    private static func write(
        takenAt: Timestamp, to writer: BackupWriter, watch: Watch, in session: inout Session
    ) throws(TransferFailure) -> BackupManifest {
        var manifest = try read(takenAt: takenAt, in: &session)
        let total = try rowCount(manifest.tables, in: &session)
        try writer.append(.head, [UInt8](manifest.head.text.utf8))
        var done: Int64 = 0
        for table in manifest.tables {
            try writer.append(.table, [UInt8](table.name.utf8))
            let sum = try session.packets(of: table) { packet throws(TransferFailure) in
                try writer.append(.rows, packet.bytes)
                done += Int64(packet.rowCount)
                watch(TransferProgress(table: table.name, rowCount: done, total: total))
            }
            manifest.sums.append(sum)
        }
        try writer.append(.foot, [UInt8](manifest.foot.text.utf8))
        return manifest
    }

    private static func copy(
        takenAt: Timestamp, watch: Watch, from origin: inout Session, to session: inout Session
    ) throws(TransferFailure) -> BackupManifest {
        var manifest = try read(takenAt: takenAt, in: &origin)
        let fill = try Filling(try manifest.migrations(), tables: manifest.tables, in: &session)
        let total = try rowCount(manifest.tables, in: &origin)
        var done: Int64 = 0
        for table in manifest.tables {
            let sum = try origin.packets(of: table) { packet throws(TransferFailure) in
                try fill.insert(packet, into: table, in: &session)
                done += Int64(packet.rowCount)
                watch(TransferProgress(table: table.name, rowCount: done, total: total))
            }
            manifest.sums.append(sum)
        }
        try fill.finish(manifest.sums, in: &session)
        return manifest
    }

    private static func read(takenAt: Timestamp, in session: inout Session) throws(TransferFailure) -> BackupManifest {
        try TransferFailure.storing { () throws(StorageError) in
            try BackupManifest.read(takenAt: takenAt, in: &session)
        }
    }

    private static func heads(in session: inout Session) throws(TransferFailure) -> [BackupManifest.Head] {
        try TransferFailure.storing { () throws(StorageError) in try BackupManifest.heads(in: &session) }
    }

    private static func tables(in session: inout Session) throws(TransferFailure) -> [TableLayout] {
        try TransferFailure.storing { () throws(StorageError) in try session.tableLayouts() }
    }

    private static func rowCount(
        _ tables: [TableLayout], in session: inout Session
    ) throws(TransferFailure) -> Int64 {
        var total: Int64 = 0
        for table in tables {
            total += try TransferFailure.storing { () throws(StorageError) in try session.rowCount(of: table) }
        }
        return total
    }

    private static func migrate(_ database: Database) throws(TransferFailure) {
        do throws(MigrationFailure) {
            try database.migrate()
        } catch {
            throw .storage(.other(.init(message: error.description, statement: "migrate")))
        }
    }
}
