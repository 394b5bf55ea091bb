import Documents
import Domain
import Foundation
import Kernel
import Rig

/// The documents of a simulated year as files, written beside the run on a thread of their own: a folder an office, an
/// index to leaf through.
final class YearFolder: @unchecked Sendable {
    // Everything below the queue is touched on the queue alone, until `finish` has waited for it.
    private let queue = DispatchQueue(label: "year.documents")
    /// So many documents wait to be written at the most; then the run waits for the oldest: memory has an end.
    private static let waitingCountMax = 1_024
    private let waiting = NSCondition()
    private var waitingCount = 0
    private let path: String
    private let pdfCount: Int
    /// Of so many documents in a row one is printed.
    private let pdfEvery: Int
    /// Names of what is to be printed: read by the printer beside the run.
    private let sample: AsyncStream<String>
    private let sampled: AsyncStream<String>.Continuation
    private var sampledCount = 0
    private var unsampled: [String] = []
    private var count = 0
    private var offices: [String: (name: String, lines: [String])] = [:]
    private var failure: (any Error)?

    /// - Parameter expectedCount: of documents, as far as the calendar tells: the sample is spread over all of them.
    init(path: String, pdfCount: Int, expectedCount: Int) throws {
        self.path = path
        self.pdfCount = pdfCount
        pdfEvery = max(1, expectedCount / max(1, pdfCount))
        (sample, sampled) = AsyncStream.makeStream()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func take(_ issued: YearDocument) {
        waiting.withLock {
            while waitingCount >= Self.waitingCountMax { waiting.wait() }
            waitingCount += 1
        }
        queue.async { [self] in
            if failure == nil {
                do { try write(issued) } catch { failure = error }
            }
            waiting.withLock {
                waitingCount -= 1
                waiting.signal()
            }
        }
    }

    private func write(_ issued: YearDocument) throws {
        let office = issued.office.rawValue
        let name = "\(issued.kind.rawValue)-\(ChinaTime.date(issued.period.from))-\(issued.id.rawValue.suffix(6))"
        if offices[office] == nil {
            try FileManager.default.createDirectory(atPath: "\(path)/\(office)", withIntermediateDirectories: true)
        }
        let page = HTMLDocument.file(issued.document)
        let docx = DOCXDocument.file(issued.document)
        guard !page.isEmpty, docx.count > 1_000 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: name])
        }
        try Data(page.utf8).write(to: URL(filePath: "\(path)/\(office)/\(name).html"))
        try Data(docx).write(to: URL(filePath: "\(path)/\(office)/\(name).docx"))
        let line =
            "<li><a href=\"\(name).html\">\(issued.document.number?.text ?? "") \(issued.kind.label) "
            + "\(ChinaTime.date(issued.period.from))</a> <a href=\"\(name).docx\">DOCX</a></li>"
        offices[office, default: (issued.officeName, [])].lines.append(line)
        count += 1
        let file = "\(office)/\(name)"
        if count % pdfEvery == 0, sampledCount < pdfCount {
            sampledCount += 1
            sampled.yield(file)
        } else if unsampled.count < pdfCount {
            unsampled.append(file)
        }
    }

    /// Waits until everything is written, then writes the indices. What is missing of the sample comes from the first
    /// documents.
    func finish() {
        queue.sync {
            for file in unsampled.prefix(pdfCount - sampledCount) { sampled.yield(file) }
            sampled.finish()
            do {
                if let failure { throw failure }
                let head = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>全年推演的通报</title>"
                var index = head + "<h1>全年推演的通报(虚构数据)</h1><ul>"
                for (office, entry) in offices.sorted(by: { $0.key < $1.key }) {
                    index += "<li><a href=\"\(office)/index.html\">\(entry.name)</a> \(entry.lines.count) 份</li>"
                    let page =
                        head + "<h1>\(entry.name)</h1><ul>" + entry.lines.joined(separator: "\n") + "</ul></html>"
                    try Data(page.utf8).write(to: URL(filePath: "\(path)/\(office)/index.html"))
                }
                try Data((index + "</ul></html>").utf8).write(to: URL(filePath: "\(path)/index.html"))
            } catch { failure = error }
        }
    }

    /// Prints the sample as it comes, until `finish`.
    func printSample() async throws -> Int {
        let printer = PDFPrinter()
        var printed = 0
        for await name in sample {
            let html = try String(contentsOfFile: "\(path)/\(name).html", encoding: .utf8)
            let bytes = try await printer.pdf(html)
            try Data(bytes).write(to: URL(filePath: "\(path)/\(name).pdf"))
            printed += 1
        }
        return printed
    }

    /// Says what there is; throws what kept a document from being written. After `finish`.
    func report(printed: Int) throws {
        if let failure { throw failure }
        Files.writeLine("\(count) 份通报写成网页和 DOCX,其中 \(printed) 份印成 PDF:\(path)/index.html")
    }
}
