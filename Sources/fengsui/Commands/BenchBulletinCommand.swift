import ArgumentParser
import Documents
import Domain
import Foundation
import Kernel
import Rig
import Storage

/// How long a bulletin takes: gathering, content, page and DOCX. `--enterprises 30` is a city, 7000 the nation. With
/// `--into` the page and the DOCX are kept for looking at.
struct BenchBulletinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-bulletin", abstract: "量通报用时:取数、成文、页面与 DOCX(30 家为一市,7000 家为全国)")
    @Option(help: "企业数") var enterprises = 30
    @Option(help: "重复次数") var rounds = 3
    @Option(help: "通报种类:daily、weekly、monthly") var kind = "daily"
    @Option(help: "放数据库的文件夹;不写则在内存里") var data: String?
    @Option(help: "把页面和 DOCX 写到这个文件夹") var into: String?
    @Option(help: "编发单位编码;不写则为全国中心或本市") var office: String?

    func validate() throws {
        guard enterprises > 0, rounds > 0 else { throw ValidationError("企业数和次数都要大于 0") }
        guard BulletinKind(rawValue: kind) != nil else { throw ValidationError("没有这种通报:\(kind)") }
    }

    func run() throws {
        guard let kind = BulletinKind(rawValue: kind) else { return }
        let period = BulletinPeriod.containing(BulletinLoad.day, kind: kind)
        let first = FigureBook.days(kind: kind, period: period).first
        let load = BulletinLoad(
            enterprises: enterprises, days: max(8, BulletinLoad.day.number - first.number + 1))
        let database = try open(load)
        let office =
            office.map { AuthorityID($0) }
            ?? AuthorityID(enterprises < 1_000 ? BulletinLoad.city : BulletinLoad.centre)
        for round in 1...rounds {
            let clock = ContinuousClock()
            let start = clock.now
            let found = try database.read { session throws(StorageError) in
                try BulletinFacts.gather(
                    kind, office: office, period: period, now: BulletinLoad.now, in: &session)
            }
            guard let facts = found else { throw ValidationError("没有这个单位") }
            let gathered = clock.now
            let document = BulletinContent.document(facts)
            let written = clock.now
            let page = HTMLDocument.file(document)
            let rendered = clock.now
            let docx = DOCXDocument.file(document)
            let done = clock.now
            func milliseconds(_ from: ContinuousClock.Instant, _ until: ContinuousClock.Instant) -> Int64 {
                let parts = from.duration(to: until).components
                return parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
            }
            Files.writeLine(
                "第 \(round) 次:取数 \(milliseconds(start, gathered)) ms,成文 \(milliseconds(gathered, written)) ms,"
                    + "页面 \(milliseconds(written, rendered)) ms,DOCX \(milliseconds(rendered, done)) ms,"
                    + "合计 \(milliseconds(start, done)) ms(页面 \(page.utf8.count) 字节,DOCX \(docx.count) 字节)")
            if let into, round == rounds {
                try Files.makeFolder(into)
                let name = "\(into)/\(kind.rawValue)-\(enterprises)"
                try Data(page.utf8).write(to: URL(filePath: name + ".html"))
                try Data(docx).write(to: URL(filePath: name + ".docx"))
            }
        }
    }

    /// A database that is in the folder already is used as it is.
    private func open(_ load: BulletinLoad) throws -> Database {
        guard let data else {
            let database = try Database.open(.memory)
            try database.migrate()
            try fill(database, load)
            return database
        }
        try Files.makeFolder(data)
        let path = data + "/bench-bulletin.sqlite"
        let isThere = FileManager.default.fileExists(atPath: path)
        let database = try Database.open(.file(path))
        try database.migrate()
        if !isThere { try fill(database, load) }
        return database
    }

    private func fill(_ database: Database, _ load: BulletinLoad) throws {
        let clock = ContinuousClock()
        let start = clock.now
        try load.store(in: database)
        let counts = try database.read { session throws(StorageError) in
            try ["enterprise", "hazard", "camera", "presence_span", "commitment", "alarm", "warning", "log", "problem"]
                .map { table throws(StorageError) in
                    let count = try session.first(SQL(raw: "SELECT count(*) FROM \(table)")) {
                        row throws(StorageError) in row.next() as Int
                    }
                    return "\(table) \(count ?? 0)"
                }
        }
        Files.writeLine(
            "造数 \(start.duration(to: clock.now).components.seconds) s,\(load.days) 天:" + counts.joined(separator: "、"))
    }
}
