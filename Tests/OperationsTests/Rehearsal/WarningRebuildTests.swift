import Kernel
import Operations
import Rig
import Storage
import Testing

/// What the log says against what the tables say.
@Suite struct WarningRebuildTests {
    private func rehearsed() throws -> Database {
        let open = Rehearsal.memory()
        _ = try Rehearsal.run(.init(seed: 21, minutes: 700), open: open)
        return try open()
    }

    @Test func `tables that were damaged are found, named, and made again from the log`() throws {
        let database = try rehearsed()
        try database.write { session throws(StorageError) in
            try session.execute("UPDATE due SET at = at + 60000 WHERE kind = 'warning'")
            try session.execute("UPDATE warning SET level = 'blue', caution_count = 99")
            try session.execute("DELETE FROM warning_alarm")
        }
        let faults = try database.read { session throws(StorageError) in try WarningAudit.faults(in: &session) }
        #expect(faults.contains { $0.contains("by its log") })

        let first = try database.write { session throws(StorageError) in try WarningRebuild.run(in: &session) }
        #expect(first.contains { $0.contains("warning ") && $0.contains("99") })
        #expect(first.contains { $0.hasPrefix("in the log, not in the tables: warning_alarm") })
        let second = try database.write { session throws(StorageError) in try WarningRebuild.run(in: &session) }
        #expect(second == [])
        #expect(try database.read { session throws(StorageError) in try WarningAudit.faults(in: &session) } == [])
    }

    @Test func `YJ-04 a notice that was lost, or slipped in, is found`() throws {
        let database = try rehearsed()
        try database.write { session throws(StorageError) in
            try session.execute(
                "DELETE FROM outbox WHERE key = (SELECT min(key) FROM outbox WHERE channel = 'portal')")
            try session.execute(
                "UPDATE outbox SET key = 'x' WHERE key = (SELECT max(key) FROM outbox WHERE channel = 'portal')")
        }
        let faults = try database.read { session throws(StorageError) in try WarningAudit.faults(in: &session) }
        #expect(faults.count { $0.hasPrefix("never posted") } == 2)
        #expect(faults.contains("posted without an event: x"))
    }
}
