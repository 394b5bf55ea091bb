import ArgumentParser
import Domain
import Foundation
import Kernel
import Operations
import Storage

/// Where a command finds the data: the same two options as `serve`.
struct DataLocation: ParsableArguments {
    @Option(help: "数据目录(内嵌数据库放在这里)")
    var data = "data"

    @Option(help: "PostgreSQL 地址 postgres://…;不写则用内嵌数据库")
    var database: String?

    /// Opens the database and brings its schema up to date.
    func open() throws -> Database {
        let opened: Database
        if let database {
            opened = try Database.open(.postgres(database))
        } else {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            opened = try Database.open(.file(data + "/fengsui.sqlite"))
        }
        try opened.migrate()
        return opened
    }

    /// For what somebody does at the machine itself, now.
    static func context() -> OperationContext {
        var generator = SystemRandomNumberGenerator()
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        return OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: generator.next()))
    }

    static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
    static func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
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
