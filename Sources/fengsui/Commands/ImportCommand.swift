import ArgumentParser
import Domain
import Foundation
import Operations
import Storage

/// 导入: a CSV file into the register, all of it or nothing. Exit status 2 and one line a bad cell where it is wrong.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入:把 CSV 文件写入台账,有一处错误就一行也不写",
        discussion: "类型:" + ImportKind.allCases.map { "\($0.rawValue)(\($0.label))" }.joined(separator: "、"))

    @Argument(help: "文件里是什么", transform: Self.kind)
    var kind: ImportKind

    @Argument(help: "CSV 文件(UTF-8);不写则输出空白模板")
    var file: String?

    @Flag(name: .customLong("dry-run"), help: "只检查,不写入")
    var isDryRun = false

    @OptionGroup var location: DatabaseOptions

    func run() throws {
        guard let file else {
            FileHandle.standardOutput.write(Data(kind.template.utf8))
            return
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            Files.complain("读不到文件 \(file)")
            throw ExitCode(2)
        }
        let database = try Terminal.open(location)
        var context = Terminal.context()
        do throws(RegistryFailure) {
            let bytes = [UInt8](data)
            let plan = try database.read { session throws(RegistryFailure) in
                try RegistryOperations.dryRun(kind, file: bytes, by: .system, context: &context, in: &session)
            }
            for issue in plan.cautions { Files.complain("提醒 " + issue.line) }
            let counts = "\(kind.label):\(plan.rowCount) 行,新增 \(plan.newCount),更新 \(plan.updatedCount)"
            guard plan.isApplicable else { throw .file(plan.issues) }
            if isDryRun { return Files.writeLine("检查通过,没有写入。" + counts) }
            try database.write { session throws(RegistryFailure) in
                try RegistryOperations.importFile(kind, file: bytes, by: .system, context: &context, in: &session)
            }
            Files.writeLine("已导入。" + counts)
        } catch {
            for line in error.lines { Files.complain(line) }
            Files.complain("共 \(error.lines.count) 处错误,没有写入任何内容。")
            throw ExitCode(2)
        }
    }

    private static func kind(_ word: String) throws -> ImportKind {
        guard let kind = ImportKind(rawValue: word) ?? ImportKind.allCases.first(where: { $0.label == word }) else {
            throw ValidationError("没有这种类型“\(word)”,应为 \(ImportKind.allCases.map(\.rawValue).joined(separator: "、"))")
        }
        return kind
    }
}
