import ArgumentParser
import Storage

/// Where the database is, the same for all commands that open it.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "数据目录(SQLite 数据库 fengsui.sqlite 在其中)") var data = "data"
    @Option(help: "PostgreSQL 地址(postgresql://…);给出时不用 SQLite") var database: String?

    var location: DatabaseLocation {
        database.map { DatabaseLocation($0) } ?? .file(data + "/fengsui.sqlite")
    }

    /// Only what is there: opening a file that does not exist would make an empty database.
    func open() throws -> Database {
        if case .file(let path) = location, !Files.exists(path) {
            throw ValidationError("\(path) 不存在;请用 --data 指明数据目录")
        }
        return try Database.open(location)
    }

    /// Makes the folder where there is none.
    func create() throws -> Database {
        if case .file = location { try Files.makeFolder(data) }
        return try Database.open(location)
    }
}
