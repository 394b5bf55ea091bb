import Foundation
import Kernel
import Operations
import Storage
import Support
import Testing

/// Data of the version before, kept as it was written then.
@Suite(.serialized) struct UpgradeTests {
    private func names(_ database: Storage.Database) throws -> [String] {
        try database.read { session throws(StorageError) in
            try session.rows("SELECT name FROM schema_migration ORDER BY position") { row throws(StorageError) in
                row.next() as String
            }
        }
    }

    private func check(_ database: Storage.Database) throws {
        #expect(try names(database) == Migration.all.map(\.name))
        let (log, upload) = try database.read { session throws(StorageError) in
            (try LogChain.verify(in: &session), try UploadChain.verify(in: &session))
        }
        #expect(log == .intact(head: try #require(LogChain.Anchor(OldData.logHead))))
        #expect(upload == .intact(head: try #require(LogChain.Anchor(OldData.uploadHead))))
        let (stray, faults) = try database.read { session throws(StorageError) in
            (try EvidenceAudit.faults(in: &session), try WarningAudit.faults(in: &session))
        }
        #expect(stray == [])
        #expect(faults == [])
        let counts = try BackupOperations.sums(of: database).reduce(into: [:]) { $0[$1.table] = $1.rowCount }
        for (table, count) in OldData.rowCounts { #expect(counts[table] == count, "\(table)") }
    }

    @Test func `data of the version before is brought up to date and loses nothing`() throws {
        let database = try Database.open(.file(try OldData.file()))
        #expect(try names(database) == Migration.all.prefix(OldData.migrationCount).map(\.name))
        try database.migrate()
        try check(database)
    }

    @Test(arguments: BackupTests.engines)
    func `a backup made with the version before is restored and brought up to date`(engine: Engine) throws {
        let old = try Database.open(.file(try OldData.file()))
        let path = try TemporaryFolder.make() + "/old.backup"
        let manifest = try BackupOperations.make(of: old, at: path, now: Timestamp(milliseconds: 0))
        #expect(manifest.schema.count == OldData.migrationCount)
        let database = try Database.open(engine.location())
        _ = try BackupOperations.restore(path, to: database)
        try check(database)
    }

    @Test(arguments: BackupTests.engines)
    func `an upgrade that fails leaves the old data to the old program`(engine: Engine) throws {
        let ours = Array(Migration.all.prefix(OldData.migrationCount))
        let database = try Database.open(engine.location())
        let old = try Database.open(.file(try OldData.file()))
        try database.migrate(ours)
        let before = try BackupOperations.sums(of: old)
        let broken = Migration(
            name: "9999-broken",
            statements: ["UPDATE warning SET level = 'blue'", "DROP TABLE due", "CREATE TABLE warning (x <integer>)"])
        for target in [old, database] {
            let sums = try BackupOperations.sums(of: target)
            let failure = #expect(throws: MigrationFailure.self) { try target.migrate(ours + [broken]) }
            guard case .failed(name: "9999-broken", _) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(failure?.description.contains("原有数据未变") == true)
            #expect(try BackupOperations.sums(of: target) == sums)
            try target.migrate(ours)
        }
        #expect(try BackupOperations.sums(of: old) == before)
        try old.migrate()
        try check(old)
    }

    @Test func `a backup of a newer version is refused in clear words`() throws {
        let newer = try Database.open(.file(try OldData.file()))
        let later = Migration(name: "9999-later", statements: ["CREATE TABLE later (x <integer>)"])
        try newer.migrate(Migration.all + [later])
        let path = try TemporaryFolder.make() + "/newer.backup"
        _ = try BackupOperations.make(of: newer, at: path, now: Timestamp(milliseconds: 0))
        let target = try Database.open(.file(try TemporaryFolder.make() + "/fengsui.sqlite"))
        let failure = #expect(throws: TransferFailure.self) { _ = try BackupOperations.restore(path, to: target) }
        #expect(failure == .unknownSchema(["9999-later"]))
        #expect(try target.read { session throws(StorageError) in try session.tableLayouts() } == [])
    }
}
