import ArgumentParser
import Operations
import Storage

/// 换库: SQLite to PostgreSQL or back, all or nothing. Exit status 1 where it failed.
struct MoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "换库:在 SQLite 与 PostgreSQL 之间搬迁全部数据,逐表比对哈希",
        discussion: """
            来源和目标写作 sqlite:数据目录(或 .sqlite 文件)、postgres://…。先停止服务;搬迁期间来源如有写入则全部撤回。
            目标须是空的;中断后目标仍是空的,重新运行即可。来源保持原样。
            """)

    @Option(name: .customLong("from"), help: "来源", transform: Self.place) var source: Place
    @Option(name: .customLong("to"), help: "目标(空的)", transform: Self.place) var target: Place

    struct Place {
        let location: DatabaseLocation
        /// The folder of a file, which may have to be made.
        let folder: String?
    }

    func validate() throws {
        if source.location == target.location { throw ValidationError("来源与目标是同一个数据库") }
    }

    func run() throws {
        if case .file(let path) = source.location, !Files.exists(path) { throw ValidationError("\(path) 不存在") }
        try TransferLine.run("换库") { line in
            if let folder = target.folder { try Files.makeFolder(folder) }
            let (from, to) = (try Database.open(source.location), try Database.open(target.location))
            let manifest = try BackupOperations.move(
                from: from, to: to, now: Terminal.context().now, watch: line.show)
            try to.close()
            let sums = manifest.sums.map { sum in
                "  \(sum.table) \(sum.rowCount) 行 \(Hash.hexadecimal(sum.hash).prefix(16))"
            }
            return (manifest, sums + ["换库完成,两边逐表哈希一致"])
        }
    }

    private static func place(_ text: String) throws -> Place {
        let location = DatabaseLocation(text)
        if case .postgres = location { return Place(location: location, folder: nil) }
        guard text.hasPrefix("sqlite:") else { throw ValidationError("写作 sqlite:数据目录 或 postgres://…,而不是 \(text)") }
        let path = String(text.dropFirst("sqlite:".count))
        if path.hasSuffix(".sqlite") { return Place(location: .file(path), folder: nil) }
        return Place(location: .file(path + "/fengsui.sqlite"), folder: path)
    }
}
