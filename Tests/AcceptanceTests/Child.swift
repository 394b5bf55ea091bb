import Foundation

/// A process of ours: the real server, or the browser's driver. Stopped by its own id, always with SIGKILL: children of
/// Swift code inherit SIGTERM blocked.
final class Child {
    let process = Process()
    let log: URL

    init(_ program: String, _ arguments: [String], log: URL, environment: [String: String] = [:]) throws {
        self.log = log
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// `kill -9`, now.
    func kill() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var output: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    deinit { if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) } }
}

enum Machine {
    static var server: String {
        let here = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return here.appending(path: ".build/debug/fengsui").path
    }

    static func find(_ names: [String]) -> String? {
        for name in names {
            for folder in ["/usr/bin", "/usr/local/bin", "/usr/lib/chromium"] {
                let path = "\(folder)/\(name)"
                if FileManager.default.isExecutableFile(atPath: path) { return path }
            }
        }
        return nil
    }

    /// A port that was free a moment ago.
    static func freePort() throws -> Int {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(handle, generic, length) == 0 && getsockname(handle, generic, &length) == 0
            }
        }
        guard bound else { throw Browser.Failure(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
