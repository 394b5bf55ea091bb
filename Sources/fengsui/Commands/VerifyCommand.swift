import ArgumentParser
import Operations
import Storage

/// 验链: walks the chains of hashes over the log and over the uploads, looks at messages and files, and compares
/// deadlines and notices with the log. Exit status 1 where a row was changed, removed, inserted or moved (it is named),
/// or where they do not agree.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "验链:逐行核对日志、上传、报文与附件,指出被改、被删、被插入的是哪张表哪一行;再核对预警的时限、推送与日志是否一致",
        discussion: """
            每次输出的链尾(序号:哈希)可抄存到系统之外;以后用 --log-anchor、--upload-anchor 给出,
            就能发现自某行起连同链尾一起被重写或截去的情形。--anchors 文件:先与其中从前的链尾核对,完好时再续写今天的链尾;
            这个文件请放在别的机器或只能追加的介质上。登录与改动的审计记录在日志里,同受核对。
            """)

    @OptionGroup var options: DatabaseOptions
    @Option(help: "从前抄存的日志链尾(序号:哈希)") var logAnchor: [String] = []
    @Option(help: "从前抄存的上传链尾(序号:哈希)") var uploadAnchor: [String] = []
    @Option(help: "抄存链尾的文件:核对后续写") var anchors: String?

    private struct Findings {
        let log: LogChain.Verdict
        let upload: LogChain.Verdict
        /// What the first broken rows are about.
        let logPlace: String?
        let uploadPlace: String?
        let stray: [EvidenceAudit.Fault]
        let faults: [String]
    }

    func run() throws {
        let file = try anchors.map(AnchorFile.init)
        let anchors = (
            log: try logAnchor.map(Self.anchor) + (file?.log ?? []),
            upload: try uploadAnchor.map(Self.anchor) + (file?.upload ?? [])
        )
        let found: Findings
        do {
            found = try options.open().read { session throws(StorageError) in
                try Self.findings(log: anchors.log, upload: anchors.upload, in: &session)
            }
        } catch let error as StorageError {
            Files.complain("数据库无法读取:\(error)")
            throw ExitCode(2)
        }
        let isIntact = [
            Self.report("日志", "log", found.log, found.logPlace),
            Self.report("上传记录", "upload", found.upload, found.uploadPlace), Self.report(found.stray),
            Self.report(found.faults),
        ]
        if isIntact.contains(false) { throw ExitCode(1) }
        if let file, case .intact(let log) = found.log, case .intact(let upload) = found.upload {
            try file.append(log: log, upload: upload, at: Terminal.context().now)
            Files.writeLine("与 \(file.path) 中 \(file.log.count + file.upload.count) 个从前的链尾一致,已续写今天的链尾")
        }
    }

    private static func findings(
        log: [LogChain.Anchor], upload: [LogChain.Anchor], in session: inout Session
    ) throws(StorageError) -> Findings {
        let logVerdict = try LogChain.verify(anchors: log, in: &session)
        let uploadVerdict = try UploadChain.verify(anchors: upload, in: &session)
        var (logPlace, uploadPlace): (String?, String?)
        if case .broken(let found) = logVerdict {
            logPlace = try EvidenceAudit.logPlace(found.sequence, in: &session)
        }
        if case .broken(let found) = uploadVerdict {
            uploadPlace = try EvidenceAudit.uploadPlace(found.sequence, in: &session)
        }
        // Whoever damaged the log may have left text there that nothing can replay.
        var faults: [String] = []
        if case .intact = logVerdict { faults = try WarningAudit.faults(in: &session) }
        return Findings(
            log: logVerdict, upload: uploadVerdict, logPlace: logPlace, uploadPlace: uploadPlace,
            stray: try EvidenceAudit.faults(in: &session), faults: faults)
    }

    private static func report(_ name: String, _ table: String, _ verdict: LogChain.Verdict, _ place: String?) -> Bool {
        switch verdict {
        case .intact(let head):
            Files.writeLine("\(name)完好,共 \(head.sequence) 行,链尾 \(head.text)")
            return true
        case .broken(let found):
            let about = place.map { "(\($0))" } ?? ""
            Files.complain("\(name)第 \(found.sequence) 行不符:表 \(table)\(about),\(text(found.reason))")
            return false
        }
    }

    private static func report(_ stray: [EvidenceAudit.Fault]) -> Bool {
        guard !stray.isEmpty else {
            Files.writeLine("报文与附件都与留存的哈希一致")
            return true
        }
        for fault in stray.prefix(100) {
            let reason =
                switch fault.reason {
                case .changed: "内容被改动"
                case .missing: "该行缺失"
                case .inserted: "该行是插入的,没有来历"
                }
            Files.complain("表 \(fault.table) 行 \(fault.key):\(reason)")
        }
        if stray.count > 100 { Files.complain("共 \(stray.count) 行") }
        return false
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
        case .headDiffers: "与链尾记录不一致(被插入,或链尾被改)"
        case .anchorDiffers: "与抄存的链尾不一致(自某行起被重写)"
        }
    }

    private static func anchor(_ text: String) throws -> LogChain.Anchor {
        guard let anchor = LogChain.Anchor(text) else {
            throw ValidationError("链尾应写作 序号:64 位十六进制哈希,而不是 \(text)")
        }
        return anchor
    }
}
