import Foundation
import Testing

/// The house rules that a machine can hold (docs/architecture.md). Reads the sources as text.
@Suite struct TidyTests {
    struct Source: CustomTestStringConvertible {
        let path: String
        let lines: [Substring]
        var testDescription: String { path }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func sources(under folders: [String]) -> [Source] {
        folders.flatMap { folder -> [Source] in
            let base = root.appending(path: folder)
            guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else {
                return []
            }
            return walk.compactMap { item in
                guard let url = item as? URL, url.pathExtension == "swift",
                    let text = try? String(contentsOf: url, encoding: .utf8)
                else { return nil }
                let path = String(url.path.dropFirst(root.path.count + 1))
                return Source(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
            }
        }
    }

    static let everything = sources(under: ["Core/Sources", "Core/Tests", "Sources", "Tests"])
    static let product = sources(under: ["Core/Sources", "Sources"])

    private func offences(in sources: [Source], _ isOffence: (Source, Substring) -> Bool) -> [String] {
        sources.flatMap { source in
            source.lines.enumerated().compactMap { number, line in
                isOffence(source, line) ? "\(source.path):\(number + 1)" : nil
            }
        }
    }

    @Test func `the sources were found`() {
        #expect(Self.everything.count > 50)
    }

    @Test func `no line is longer than 120 columns`() {
        // A column is a character; a Chinese character counts as one.
        #expect(offences(in: Self.everything) { _, line in line.count > 120 } == [])
    }

    @Test func `no file is longer than 450 lines`() {
        #expect(Self.everything.filter { $0.lines.count > 451 }.map(\.path) == [])
    }

    @Test func `the core reaches for no clock, no chance and no Foundation`() {
        let core = Self.product.filter {
            $0.path.hasPrefix("Core/Sources") && !$0.path.hasPrefix("Core/Sources/sweep/")
        }
        let banned = ["import Foundation", "import Dispatch", "import Glibc", "Date()", ".now()", "UUID()"]
        #expect(
            offences(in: core) { _, line in
                !Self.isComment(line)
                    && (banned.contains(where: line.contains)
                        || (line.contains(".random(in:") && !line.contains("using:")))
            } == [])
    }

    @Test func `each heavy package stays in its room`() {
        let rooms: [(package: String, folders: [String])] = [
            ("GRDB", ["Sources/Storage/Engines/SQLite", "Sources/Storage/Row.swift"]),
            ("CPostgres", ["Sources/Storage/Engines/Postgres"]),
            ("Mustache", ["Sources/Web/", "Tests/WebTests/"]),
            ("Hummingbird", ["Sources/Web/", "Tests/WebTests/", "Sources/fengsui/"]),
        ]
        #expect(
            offences(in: Self.everything) { source, line in
                rooms.contains { room in
                    line.hasSuffix("import \(room.package)") && !room.folders.contains(where: source.path.hasPrefix)
                }
            } == [])
    }

    @Test func `nothing crashes on purpose, nothing is left for later`() {
        let banned = ["try!", "TO" + "DO", "FIX" + "ME", "Thread.sleep", "DispatchSemaphore", "Task.detached"]
        #expect(
            offences(in: Self.product) { _, line in banned.contains(where: line.contains) } == [])
    }

    private static func isComment(_ line: Substring) -> Bool {
        line.drop { $0 == " " }.hasPrefix("//")
    }
}
