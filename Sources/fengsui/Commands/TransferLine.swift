import ArgumentParser
import Operations
import Storage

/// A backup, a restore or a move at the console: the line of progress, what came of it, or why not.
struct TransferLine {
    let console = Console()
    let word: String

    /// Does it, then says what is in the manifest. Exit status 1 where it failed.
    /// - Parameter transfer: answers with the manifest and the lines that come before it.
    static func run(
        _ word: String, _ transfer: (TransferLine) throws -> (manifest: BackupManifest, lines: [String])
    ) throws {
        let line = TransferLine(word: word)
        do {
            let (manifest, lines) = try transfer(line)
            line.console.endStatus()
            for text in lines + summary(manifest) { Files.writeLine(text) }
        } catch let failure as TransferFailure {
            Files.complain(failure.description)
            throw ExitCode(1)
        } catch let error as StorageError {
            Files.complain(TransferFailure.storage(error).description)
            throw ExitCode(1)
        }
    }

    func show(_ progress: TransferProgress) {
        guard progress.total > 0 else {
            return console.status("  \(word) \(progress.rowCount) 行 \(progress.table)")
        }
        let filled = Int(progress.rowCount * 30 / progress.total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        let percent = progress.rowCount * 100 / progress.total
        console.status("  \(word) \(bar) \(percent)% \(progress.rowCount)/\(progress.total) 行 \(progress.table)")
    }

    /// The manifest in a few lines: what to note down outside of the machine.
    private static func summary(_ manifest: BackupManifest) -> [String] {
        ["共 \(manifest.tables.count) 张表 \(manifest.rowCount) 行,数据格式 \(manifest.schema.last?.name ?? "-")"]
            + manifest.heads.filter { $0.chain == "log" || $0.chain == "upload" }.map { head in
                "\(head.chain == "log" ? "日志" : "上传记录")链尾 \(head.anchor.text)"
            } + ["各表合计哈希 \(manifest.fingerprint)"]
    }
}
