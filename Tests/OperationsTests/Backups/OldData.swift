import Compression
import Foundation
import Kernel
import Operations
import Storage
import Support

/// A database as the sources wrote it when migration 0012 was the newest (`scripts/make-upgrade-fixture.sh`): one day
/// of five invented enterprises, with a red case that was supervised.
enum OldData {
    static let migrationCount = 12
    static let logHead = "437:857e8ec622a124779e9571139395f3e5dc62f8c1146800c990719d3f36549129"
    static let uploadHead = "293:38bbad4868ce27fa91fa74450fdd53ec524f53d74c9683da99fe46a24d458724"
    static let rowCounts: [String: Int64] = [
        "enterprise": 5, "alarm": 2, "warning": 1, "supervision": 1, "commitment": 5, "bulletin": 24, "patrol": 12,
        "duty_task": 25, "outbox": 165, "spot_check": 17, "log": 437, "upload": 293,
    ]

    /// A copy of it in a folder of its own.
    static func file() throws -> String {
        let packed = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/data-0012.sqlite.gz").standardizedFileURL
        let bytes = try Gzip.inflated([UInt8](Data(contentsOf: packed)), limit: 10_000_000)
        let path = try TemporaryFolder.make() + "/fengsui.sqlite"
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// It on an engine, brought up to date.
    static func upgraded(_ engine: Engine) throws -> Storage.Database {
        let source = try Database.open(.file(try file()))
        if engine == .sqliteFile {
            try source.migrate()
            return source
        }
        let target = try Database.open(engine.location())
        _ = try BackupOperations.move(from: source, to: target, now: .distantPast)
        return target
    }
}
