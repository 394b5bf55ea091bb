import Domain
import Foundation
import Kernel
import Storage
import Testing

/// Writes the test city into a file for looking at pages: `FENGSUI_FIXTURE=/tmp/x/fengsui.sqlite swift test --filter
/// FixtureFile`. Times are those of the machine, so that the clocks run.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FENGSUI_FIXTURE"] != nil))
struct FixtureFile {
    @Test func `the city as a file`() throws {
        let path = ProcessInfo.processInfo.environment["FENGSUI_FIXTURE"] ?? ""
        let database = try Database.open(.file(path))
        try database.migrate()
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        try database.write { session throws(StorageError) in
            try WebWorld.seed(&session)
            try session.execute("UPDATE point_state SET value_at = \(now), received_at = \(now)")
            try session.execute("UPDATE gateway SET seen_at = \(now + .hours(6))")
            try WebWorld.alarm(
                "AL1", point: "P11", hazard: "H1", enterprise: "E1", at: now - .minutes(37), in: &session)
            try WebWorld.level("H1", .yellow, at: now - .minutes(37), in: &session)
            try WebWorld.level("H1", .orange, at: now - .minutes(16), in: &session)
            try WebWorld.level("H1", .red, at: now - .minutes(7), in: &session)
            try WebWorld.alarm(
                "AL2", point: "P21", hazard: "H2", enterprise: "E2", at: now - .minutes(31), in: &session)
            try WebWorld.level("H2", .orange, at: now - .minutes(31), in: &session)
            try WebWorld.level("H3", .yellow, at: now - .minutes(80), in: &session)
            try WebWorld.level("H3", .blue, at: now - .minutes(19), in: &session)
        }
        try database.close()
    }
}
