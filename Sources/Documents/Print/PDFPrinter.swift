internal import Foundation

/// PDF from the same HTML, printed by Chromium in a process of its own: one at a time, with a time limit. What was
/// printed is kept for a while.
public actor PDFPrinter {
    public enum Failure: Error, Hashable, Sendable {
        case missing
        case timedOut
        case failed

        public var text: String {
            switch self {
            case .missing: "服务器没有安装 Chromium,不能生成 PDF。可以先下载 DOCX,或在浏览器里打印;管理员可用 FENGSUI_CHROMIUM 指定程序"
            case .timedOut: "生成 PDF 超过 60 秒,已经停下,请稍后再试"
            case .failed: "生成 PDF 没有成功,请稍后再试,或先下载 DOCX"
            }
        }
    }

    static let limit = Duration.seconds(60)
    private static let keptMax = 40
    private let program: String?
    private var kept: [String: [UInt8]] = [:]
    private var order: [String] = []
    private var running: [String: Task<Result<[UInt8], Failure>, Never>] = [:]
    private var last: Task<Result<[UInt8], Failure>, Never>?

    /// - Parameter program: nil looks at FENGSUI_CHROMIUM and the usual places.
    public init(program: String? = nil) { self.program = program ?? Self.find() }

    static func find() -> String? {
        let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        let named = ProcessInfo.processInfo.environment["FENGSUI_CHROMIUM"].map { [$0] }
        return (named ?? usual).first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The same page gives what was printed before.
    public func pdf(_ html: String) async throws(Failure) -> [UInt8] {
        if let bytes = kept[html] { return bytes }
        guard let program else { throw .missing }
        let task: Task<Result<[UInt8], Failure>, Never>
        if let known = running[html] {
            task = known
        } else {
            let before = last
            task = Task {
                _ = await before?.value
                return await Self.print(html, by: program)
            }
            running[html] = task
            last = task
        }
        let result = await task.value
        running[html] = nil
        if case .success(let bytes) = result, kept[html] == nil {
            kept[html] = bytes
            order.append(html)
            if order.count > Self.keptMax { kept[order.removeFirst()] = nil }
        }
        return try result.get()
    }

    private static func print(_ html: String, by program: String) async -> Result<[UInt8], Failure> {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fengsui-pdf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (page, output) = (folder.appendingPathComponent("page.html"), folder.appendingPathComponent("page.pdf"))
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(html.utf8).write(to: page)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments =
                (getuid() == 0 ? ["--no-sandbox"] : []) + [
                    "--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run",
                    "--user-data-dir=\(folder.path)/profile", "--print-to-pdf=\(output.path)", page.absoluteString,
                ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            let clock = ContinuousClock()
            let deadline = clock.now + limit
            while process.isRunning {
                guard clock.now < deadline, !Task.isCancelled else {
                    // The child inherits SIGTERM blocked: only this ends it.
                    kill(process.processIdentifier, SIGKILL)
                    return .failure(.timedOut)
                }
                try await Task.sleep(for: .milliseconds(50))
            }
            let bytes = [UInt8](try Data(contentsOf: output))
            return bytes.starts(with: Array("%PDF".utf8)) ? .success(bytes) : .failure(.failed)
        } catch {
            return .failure(.failed)
        }
    }
}
