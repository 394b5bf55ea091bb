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
    /// After so many documents the run waits until all are written: memory has an end. Touched by the run alone.
    private static let waitingCountMax = 256
    private var waitingCount = 0
    private let path: String
    private let pdfCount: Int
    private var chance: SeededGenerator
    private var count = 0
    private var sample: [String] = []
    private var offices: [String: (name: String, lines: [String])] = [:]
    private var failure: (any Error)?

    init(path: String, pdfCount: Int, seed: UInt64) throws {
        self.path = path
        self.pdfCount = pdfCount
        chance = SeededGenerator(seed: seed)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func take(_ issued: YearDocument) {
        queue.async { [self] in
            guard failure == nil else { return }
            do { try write(issued) } catch { failure = error }
        }
        waitingCount += 1
        guard waitingCount == Self.waitingCountMax else { return }
        queue.sync {}
        waitingCount = 0
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
        // Every one has the same chance of being printed.
        count += 1
        if sample.count < pdfCount {
            sample.append("\(office)/\(name)")
        } else if pdfCount > 0 {
            let place = chance.integer(0...count - 1)
            if place < pdfCount { sample[place] = "\(office)/\(name)" }
        }
    }

    /// Waits until everything is written, then writes the indices.
    func finish() {
        queue.sync {
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

    /// Prints the sample; throws what kept a document from being written.
    func print() async throws {
        if let failure { throw failure }
        Files.writeLine("\(count) 份通报写成网页和 DOCX:\(path)/index.html")
        let printer = PDFPrinter()
        for (number, name) in sample.enumerated() {
            let html = try String(contentsOfFile: "\(path)/\(name).html", encoding: .utf8)
            let bytes = try await printer.pdf(html)
            try Data(bytes).write(to: URL(filePath: "\(path)/\(name).pdf"))
            FileHandle.standardError.write(Data("\r  PDF \(number + 1)/\(sample.count)".utf8))
        }
        FileHandle.standardError.write(Data("\n".utf8))
    }
}
