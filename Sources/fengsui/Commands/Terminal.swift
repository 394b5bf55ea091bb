import Domain
import Foundation
import Kernel
import Operations
import Storage

/// What somebody does at the machine itself, now, as `system`.
enum Terminal {
    static func context() -> OperationContext {
        var generator = SystemRandomNumberGenerator()
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        return OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: generator.next()))
    }

    /// Opens the database, making it where there is none, and brings its schema up to date.
    static func open(_ options: DatabaseOptions) throws -> Database {
        let database = try options.create()
        try database.migrate()
        return database
    }
}

extension RegistryFailure {
    /// One line each, for a terminal.
    var lines: [String] {
        switch self {
        case .notFound: ["没有找到"]
        case .forbidden(let words), .refused(let words): [words]
        case .violations(let violations): violations.filter { $0.weight == .refusal }.map(\.line)
        case .file(let issues): issues.filter { $0.weight == .refusal }.map(\.line)
        case .storage(let error): ["数据库:\(error)"]
        }
    }
}
