import ArgumentParser
import Storage

/// 升级: brings the schema up to date. Exit status 1 with the reason where it could not; the old data is then as it was.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "升级:建立或升级数据库;失败时原有数据不变")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        do {
            let database = try options.create()
            try database.migrate()
            try database.close()
        } catch let failure as MigrationFailure {
            Files.complain(failure.description)
            throw ExitCode(1)
        } catch let error as StorageError {
            Files.complain(MigrationFailure.storage(error).description)
            throw ExitCode(1)
        }
        Files.writeLine("数据库已是最新版本(\(Migration.all.last?.name ?? "-"))")
    }
}
