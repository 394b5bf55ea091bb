import ArgumentParser
import Operations
import Storage

/// 验链: walks the chains of hashes over the log and over the uploads, and compares deadlines and notices with the log.
/// Exit status 1 where a row was changed, removed or moved (the first such row is named), or where they do not agree.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "验链:逐行核对日志与上传记录的哈希链,指出第一处被改、被删或被移动的行;再核对预警的时限、推送与日志是否一致",
        discussion: """
            每次输出的链尾(序号:哈希)可抄存到系统之外;以后用 --log-anchor、--upload-anchor 给出,
            就能发现自某行起连同链尾一起被重写的情形。
            """)

    @OptionGroup var options: DatabaseOptions
    @Option(help: "从前抄存的日志链尾(序号:哈希)") var logAnchor: [String] = []
    @Option(help: "从前抄存的上传链尾(序号:哈希)") var uploadAnchor: [String] = []

    func run() throws {
        let anchors = (log: try logAnchor.map(Self.anchor), upload: try uploadAnchor.map(Self.anchor))
        let verdicts: (log: LogChain.Verdict, upload: LogChain.Verdict, faults: [String])
        do {
            let database = try options.open()
            verdicts = try database.read { session throws(StorageError) in
                (
                    log: try LogChain.verify(anchors: anchors.log, in: &session),
                    upload: try UploadChain.verify(anchors: anchors.upload, in: &session),
                    faults: try WarningAudit.faults(in: &session)
                )
            }
        } catch let error as StorageError {
            Files.complain("数据库无法读取:\(error)")
            throw ExitCode(2)
        }
        let isIntact = [
            Self.report("日志", verdicts.log), Self.report("上传记录", verdicts.upload), Self.report(verdicts.faults),
        ]
        if isIntact.contains(false) { throw ExitCode(1) }
    }

    private static func report(_ name: String, _ verdict: LogChain.Verdict) -> Bool {
        switch verdict {
        case .intact(let head):
            Files.writeLine("\(name)完好,共 \(head.sequence) 行,链尾 \(head.sequence):\(Hash.hexadecimal(head.hash))")
            return true
        case .broken(let found):
            Files.complain("\(name)第 \(found.sequence) 行不符:\(text(found.reason))")
            return false
        }
    }

    private static func report(_ faults: [String]) -> Bool {
        guard !faults.isEmpty else {
            Files.writeLine("预警的时限与推送都与日志一致")
            return true
        }
        Files.complain("预警的时限、推送与日志有 \(faults.count) 处不一致:")
        for fault in faults.prefix(20) { Files.complain("  \(fault)") }
        return false
    }

    private static func text(_ reason: LogChain.Break.Reason) -> String {
        switch reason {
        case .changed: "内容被改动"
        case .missing: "该行缺失"
        case .unlinked: "与前一行不相接(被移动、插入或前一行被替换)"
        case .headDiffers: "与链尾记录不一致"
        case .anchorDiffers: "与抄存的链尾不一致(自某行起被重写)"
        }
    }

    private static func anchor(_ text: String) throws -> LogChain.Anchor {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0, parts[1].utf8.count == 64 else {
            throw ValidationError("链尾应写作 序号:64 位十六进制哈希,而不是 \(text)")
        }
        let digits = Array(parts[1])
        let hash = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        guard hash.count == 32 else { throw ValidationError("链尾的哈希不是十六进制:\(text)") }
        return LogChain.Anchor(sequence: sequence, hash: hash)
    }
}
