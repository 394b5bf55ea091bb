import Dispatch
import Foundation
import Kernel
import Operations
import Rig
import Storage
import Support
import Synchronization
import Testing

/// Backup beside a writer, restore and move, on both engines.
@Suite(.serialized) struct BackupTests {
    private static let now = Timestamp(milliseconds: 1_795_000_000_000)
    static let engines = Engine.underTest.filter { $0 != .sqlite }

    /// A store after some hours of the rehearsal, and where it is.
    private func rehearsed(_ engine: Engine, minutes: Int64 = 240) throws -> (DatabaseLocation, Database) {
        let location = try engine.location()
        _ = try Rehearsal.run(.init(seed: 31, minutes: minutes), open: Rehearsal.reopened(location))
        return (location, try Database.open(location))
    }

    private func path() throws -> String { try TemporaryFolder.make() + "/a.backup" }

    @Test(arguments: engines)
    func `a backup beside a writer is one instant, and restored gives the same answers`(engine: Engine) throws {
        let (location, database) = try rehearsed(engine)
        let other = try Database.open(location)
        let written = Mutex(0)
        let path = try path()
        let manifest = try BackupOperations.make(of: database, at: path, now: Self.now) { _ in
            // Between two packets somebody commits: the backup must not see it, and must not wait for it.
            let number = written.withLock {
                $0 += 1; return $0
            }
            _ = try? other.write { session throws(StorageError) in
                try session.append(
                    LogEntry(
                        streamKind: "test", streamID: "beside", kind: "written", at: Self.now, recordedAt: Self.now,
                        actor: "system", payload: ["number": .integer(Int64(number))]))
            }
        }
        let count = written.withLock { $0 }
        #expect(count > 10)
        let head = try database.read { session throws(StorageError) in try LogChain.head(in: &session) }
        let kept = try #require(manifest.heads.first { $0.chain == "log" }).anchor
        #expect(head.sequence == kept.sequence + Int64(count))
        #expect(try BackupOperations.verify(path) == manifest)

        for target in Self.engines {
            let restored = try Database.open(target.location())
            #expect(try BackupOperations.restore(path, to: restored) == manifest)
            #expect(try BackupOperations.sums(of: restored) == manifest.sums)
            // What the writer added since is all that differs.
            try database.write { session throws(StorageError) in
                try session.execute("DELETE FROM log WHERE sequence > \(kept.sequence)")
                try session.execute(
                    "UPDATE chain SET sequence = \(kept.sequence), hash = \(kept.hash) WHERE name = 'log'")
            }
            #expect(try BackupOperations.sums(of: database) == manifest.sums)
            let answers = try Answers.all(database, now: Self.now)
            #expect(try Answers.all(restored, now: Self.now) == answers)
            #expect(answers.count > 10)
        }
    }

    @Test func `there and back again: SQLite, PostgreSQL, SQLite, with the same hash of every table`() throws {
        let source = try OldData.upgraded(.sqliteFile)
        var sums = try BackupOperations.sums(of: source)
        #expect(sums.count > 80 && sums.reduce(0) { $0 + $1.rowCount } > 2_000)
        var here = source
        for engine in Self.engines.reversed() + [.sqliteFile] {
            let there = try Database.open(engine.location())
            let seen = Mutex<[TransferProgress]>([])
            let manifest = try BackupOperations.move(from: here, to: there, now: Self.now) { progress in
                seen.withLock { $0.append(progress) }
            }
            #expect(manifest.sums == sums)
            #expect(seen.withLock { $0.last }.map { $0.rowCount == $0.total } == true)
            sums = try BackupOperations.sums(of: there)
            #expect(sums == manifest.sums)
            here = there
        }
        #expect(try Answers.all(here, now: Self.now) == Answers.all(source, now: Self.now))
    }

    @Test(arguments: engines) func `a move during which somebody writes is taken back`(engine: Engine) throws {
        let (location, source) = try rehearsed(engine, minutes: 60)
        let other = try Database.open(location)
        let target = try Database.open(Engine.sqliteFile.location())
        let isDone = Mutex(false)

        #expect(throws: TransferFailure.sourceChanged) {
            _ = try BackupOperations.move(from: source, to: target, now: Self.now) { _ in
                guard !isDone.withLock({ $0 }) else { return }
                isDone.withLock { $0 = true }
                _ = try? other.write { session throws(StorageError) in
                    try session.append(
                        LogEntry(
                            streamKind: "test", streamID: "late", kind: "written", at: Self.now, recordedAt: Self.now,
                            actor: "system", payload: .null))
                }
            }
        }
        #expect(isDone.withLock { $0 })
        #expect(try target.read { session throws(StorageError) in try session.tableLayouts() } == [])
    }

    @Test(arguments: engines) func `a target that holds something is refused and left as it is`(engine: Engine) throws {
        let (_, source) = try rehearsed(.sqliteFile, minutes: 30)
        let path = try path()
        _ = try BackupOperations.make(of: source, at: path, now: Self.now)
        let target = try engine.database()
        let before = try BackupOperations.sums(of: target)

        for attempt in [
            { _ = try BackupOperations.restore(path, to: target) },
            { _ = try BackupOperations.move(from: source, to: target, now: Self.now) },
        ] {
            let failure = #expect(throws: TransferFailure.self) { try attempt() }
            #expect(failure == .notEmpty(tables: before.count))
        }
        #expect(try BackupOperations.sums(of: target) == before)
        let taken = #expect(throws: TransferFailure.self) {
            _ = try BackupOperations.make(of: source, at: path, now: Self.now)
        }
        #expect(taken == .file(path: path, reason: "已存在,不覆盖"))
    }

    @Test(arguments: engines) func `a damaged backup is refused, with what and where`(engine: Engine) throws {
        let (_, source) = try rehearsed(.sqliteFile, minutes: 60)
        let path = try path()
        let manifest = try BackupOperations.make(of: source, at: path, now: Self.now)
        let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
        #expect(manifest.rowCount > 200)
        let target = try Database.open(engine.location())

        func failure(_ bytes: [UInt8]) throws -> TransferFailure.Damage? {
            try Data(bytes).write(to: URL(filePath: path))
            let failure = #expect(throws: TransferFailure.self) {
                _ = try BackupOperations.restore(path, to: target)
            }
            guard case .damaged(let damage) = failure else { return nil }
            #expect(failure?.description.contains("备份文件") == true)
            return damage
        }

        #expect(try failure([UInt8]("no backup at all".utf8))?.reason == .notABackup)
        // One bit, at many places from the first block to the last.
        for step in 1...24 {
            var bytes = whole
            let at = whole.count * step / 25
            bytes[at] ^= 1
            let damage = try #require(try failure(bytes))
            #expect(damage.offset <= UInt64(at))
            #expect([.changed, .cutOff, .unreadable].contains(damage.reason), "\(damage)")
        }
        for part in [whole.count - 1, whole.count - 200, whole.count / 2, 100] {
            let damage = try #require(try failure(Array(whole[..<part])))
            #expect(damage.reason == .cutOff, "\(damage)")
        }
        // Something behind the end is no part of it.
        let damage = try #require(try failure(whole + [0]))
        #expect(damage.reason == .cutOff)
        #expect(try target.read { session throws(StorageError) in try session.tableLayouts() } == [])
        // The whole one is still taken.
        try Data(whole).write(to: URL(filePath: path))
        #expect(try BackupOperations.restore(path, to: target).sums == manifest.sums)
    }

    @Test func `a damage names the table and the row`() throws {
        let (_, source) = try rehearsed(.sqliteFile, minutes: 60)
        let path = try path()
        _ = try BackupOperations.make(of: source, at: path, now: Self.now)
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        // The middle lies in the rows of some table.
        bytes[bytes.count / 2] ^= 0xff
        try Data(bytes).write(to: URL(filePath: path))
        let failure = #expect(throws: TransferFailure.self) { _ = try BackupOperations.verify(path) }
        guard case .damaged(let damage) = failure else { return }
        #expect(damage.table != nil && damage.row != nil && damage.offset > 0)
        #expect(failure?.description.contains("表 ") == true)
    }
}
