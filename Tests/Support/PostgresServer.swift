import Storage
import Synchronization

/// The PostgreSQL server of the test run: one database a test, cloned from a template that holds our schema. None is
/// dropped: the whole cluster is thrown away.
final class PostgresServer: Sendable {
    static let shared = PostgresServer()

    private struct State {
        var count = 0
        var hasTemplate = false
    }

    private let state = Mutex(State())
    private let address: String
    private let prefix: String

    private init() {
        guard let address = Engine.environment("FENGSUI_TEST_POSTGRES") else {
            preconditionFailure("FENGSUI_TEST_POSTGRES is not set")
        }
        self.address = address
        var generator = SystemRandomNumberGenerator()
        prefix = "test_" + String(UInt32.random(in: 0...UInt32.max, using: &generator), radix: 36)
    }

    /// The URL of a new database. Blocks; PostgreSQL clones one at a time anyway.
    func makeDatabase(migrated: Bool) throws -> String {
        try state.withLock { state in
            let template = prefix + "_template"
            if migrated, !state.hasTemplate {
                try create(template, from: "template0")
                let database = try Database.open(.postgres(url(template)))
                try database.migrate()
                try database.close()
                state.hasTemplate = true
            }
            state.count += 1
            let name = "\(prefix)_\(state.count)"
            try create(name, from: migrated ? template : "template0")
            return url(name)
        }
    }

    private func create(_ name: String, from template: String) throws {
        try PostgresAdministration.createDatabase(name, template: template, at: url("postgres"))
    }

    /// The address with another database.
    private func url(_ name: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var base = parts[0]
        while base.last == "/" { base.removeLast() }
        if let slash = base.lastIndex(of: "/"), !base[..<slash].hasSuffix("/") { base = base[..<slash] }
        return base + "/" + name + (parts.count > 1 ? "?" + parts[1] : "")
    }
}
