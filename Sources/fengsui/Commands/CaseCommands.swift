import ArgumentParser
import Compression
import Documents
import Domain
import Foundation
import Kernel
import Operations
import Storage

/// 取证: a warning with everything around it as one file that can be checked elsewhere.
struct ExportCaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-case", abstract: "取证:把一条预警的全部事件、前后读数、推送回执、规则版本和哈希导出为一个 zip 文件")

    @Argument(help: "预警编号") var warning: String
    @Option(name: .customLong("to"), help: "写到哪个文件(新建)") var target: String
    @OptionGroup var options: DatabaseOptions

    func run() throws {
        guard !Files.exists(target) else { throw ValidationError("\(target) 已存在") }
        do {
            let id = WarningID(warning)
            var context = Terminal.context()
            let database = try options.open()
            // By a reader: a server beside it goes on writing.
            let exported = try database.read { session throws(CaseFailure) in
                try CaseExport.read(
                    id, scope: .system, by: "system", at: context.now, uploadsMax: 1_000_000, in: &session)
            }
            try database.write { session throws(StorageError) in
                try CaseExport.record(exported, of: id, context: &context, in: &session)
            }
            var zip = ZipWriter()
            for file in exported.files { zip.add(file.name, file.bytes) }
            try Data(zip.finish()).write(to: URL(filePath: target))
            Files.writeLine("已导出:\(target)")
            Files.writeLine("指纹 \(exported.fingerprint)")
            for head in exported.heads {
                Files.writeLine("\(head.table) 链尾 \(head.anchor.text) 树根 \(Hash.hexadecimal(head.root))")
            }
        } catch let failure as CaseFailure {
            Files.complain(failure.description)
            throw ExitCode(1)
        } catch let error as StorageError {
            Files.complain(CaseFailure.storage(error).description)
            throw ExitCode(1)
        }
    }
}

/// 核验档案: an exported case without any database. Exit status 1 where something was changed.
struct VerifyCaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-case", abstract: "核验档案:不用数据库,核对导出的预警档案,指出被改动、缺少或插入的是哪一行")

    @Argument(help: "导出的 zip 文件") var file: String
    @Option(help: "导出时抄存的指纹") var fingerprint: String?

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else { throw ValidationError("读不到文件 \(file)") }
        let entries: [ZipReader.Entry]
        do throws(ZipReader.Failure) {
            entries = try ZipReader.entries([UInt8](data), bytesMax: 4_000_000_000)
        } catch {
            Files.complain(Self.text(error))
            throw ExitCode(1)
        }
        let report = CaseVerification.check(
            entries.map { CaseFile(name: $0.name, bytes: $0.bytes) }, fingerprint: fingerprint)
        Files.writeLine(
            "预警 \(report.warning),导出于 \(ChinaTime.dateTime(Timestamp(milliseconds: report.exportedAt))):"
                + "事件 \(report.logCount) 条,上传 \(report.uploadCount) 份")
        for head in report.heads { Files.writeLine("链尾 \(head)") }
        Files.writeLine("指纹 \(report.fingerprint)")
        guard report.faults.isEmpty else {
            for fault in report.faults.prefix(200) { Files.complain(fault) }
            Files.complain("共 \(report.faults.count) 处不符")
            throw ExitCode(1)
        }
        Files.writeLine(fingerprint == nil ? "档案内部一致。请把指纹或树根与抄存的比对。" : "档案完好,与抄存的指纹一致")
    }

    private static func text(_ failure: ZipReader.Failure) -> String {
        switch failure {
        case .notAnArchive: "不是 zip 文件,或文件不完整"
        case .unsupported(let name): "\(name) 的压缩方式不是本系统所用"
        case .corrupt(let name): "文件 \(name) 已损坏或被改动(校验值不符)"
        case .tooLarge: "文件解开后过大"
        }
    }
}
