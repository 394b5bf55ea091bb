import Operations
import Storage

/// The line of progress of a backup, a restore or a move.
struct TransferLine {
    let console = Console()
    let word: String

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
    static func summary(_ manifest: BackupManifest) -> [String] {
        ["共 \(manifest.tables.count) 张表 \(manifest.rowCount) 行,数据格式 \(manifest.schema.last?.name ?? "-")"]
            + manifest.heads.filter { $0.chain == "log" || $0.chain == "upload" }.map { head in
                "\(head.chain == "log" ? "日志" : "上传记录")链尾 \(head.anchor.text)"
            } + ["各表合计哈希 \(manifest.fingerprint)"]
    }
}
