import ArgumentParser
import Foundation
import Services
import Storage

/// 核对设置: names every mistake of a configuration before a server is started with it. Exit status 1 where there is one.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "核对设置:设置文件、环境变量、目录、数据库,有错逐条列出")

    @Option(help: "设置文件") var config: String?

    func run() async throws {
        let settings = ServerSettingsFile.read(config)
        var mistakes = settings.mistakes.map(\.line)
        do {
            let command = try ServerSettingsFile.command(settings, arguments: [])
            mistakes += surroundings(of: command)
        } catch {
            mistakes.append(ServeCommand.message(for: error))
        }
        for key in ServerSettingsFile.keys {
            guard let value = settings.values[key.name] else { continue }
            let shown = key.name == "database" ? Self.withoutPassword(value.text) : value.text
            Files.writeLine("\(key.name) = \(shown)(\(value.place))")
        }
        guard mistakes.isEmpty else {
            for mistake in mistakes { Files.complain(mistake) }
            Files.complain("共 \(mistakes.count) 处错误")
            throw ExitCode(1)
        }
        Files.writeLine("没有发现错误")
    }

    /// Folders, files and the database that the settings name.
    private func surroundings(of command: ServeCommand) -> [String] {
        var found: [String] = []
        let assets = command.assets ?? "assets"
        for name in ["RECIPE", "htmx.min.js", "divisions.json", "holidays.json"]
        where !Files.exists("\(assets)/\(name)") {
            found.append("assets:\(assets) 里没有 \(name),运行过 scripts/setup.sh 吗")
        }
        if !(1...65_535).contains(command.port) { found.append("port:应在 1 与 65535 之间") }
        switch command.database.location {
        case .file(let path):
            let folder = command.database.data
            let parent = URL(filePath: folder).deletingLastPathComponent().path
            if Files.exists(folder) {
                if !FileManager.default.isWritableFile(atPath: folder) { found.append("data:\(folder) 不能写入") }
            } else if !FileManager.default.isWritableFile(atPath: parent) {
                found.append("data:\(folder) 不存在,也不能在 \(parent) 里建立")
            }
            if Files.exists(path) { found += problems(of: command.database.location, named: path) }
        case .memory: break
        case .postgres: found += problems(of: command.database.location, named: "PostgreSQL")
        }
        return found
    }

    private func problems(of location: DatabaseLocation, named name: String) -> [String] {
        do {
            let database = try Database.open(location)
            try database.read { session throws(StorageError) in
                _ = try session.first("SELECT 1") { row throws(StorageError) in row.next() as Int64 }
            }
            try database.close()
            return []
        } catch { return ["database:打不开 \(name):\(error)"] }
    }

    static func withoutPassword(_ address: String) -> String {
        address.replacing(/:\/\/([^:@\/]*):[^@]*@/) { "://\($0.1):…@" }
    }
}
