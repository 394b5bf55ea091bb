import ArgumentParser
import Documents
import Domain
import Foundation
import Kernel
import Rig
import Storage

/// How long a daily bulletin takes: gathering, content, page and DOCX. `--enterprises 30` is a city, 7000 the nation.
struct BenchBulletinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-bulletin", abstract: "量日报用时:取数、成文、页面与 DOCX(30 家为一市,7000 家为全国)")
    @Option(help: "企业数") var enterprises = 30
    @Option(help: "重复次数") var rounds = 3

    func validate() throws {
        guard enterprises > 0, rounds > 0 else { throw ValidationError("企业数和次数都要大于 0") }
    }

    func run() throws {
        let database = try Database.open(.memory)
        try database.migrate()
        let load = BulletinLoad(enterprises: enterprises)
        try load.store(in: database)
        let office = AuthorityID(enterprises < 1_000 ? BulletinLoad.city : BulletinLoad.centre)
        let day = BulletinLoad.day
        for round in 1...rounds {
            let clock = ContinuousClock()
            let start = clock.now
            let found = try database.read { session throws(StorageError) in
                try BulletinFacts.gather(
                    .daily, office: office, period: BulletinPeriod(from: day, until: day.next), now: BulletinLoad.now,
                    in: &session)
            }
            guard let facts = found else { throw ValidationError("没有这个单位") }
            let gathered = clock.now
            let document = BulletinContent.document(facts)
            let written = clock.now
            let page = HTMLDocument.file(document)
            let docx = DOCXDocument.file(document)
            let done = clock.now
            func milliseconds(_ from: ContinuousClock.Instant, _ until: ContinuousClock.Instant) -> Int64 {
                let parts = from.duration(to: until).components
                return parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
            }
            print(
                "第 \(round) 次:取数 \(milliseconds(start, gathered)) ms,成文 \(milliseconds(gathered, written)) ms,"
                    + "页面与 DOCX \(milliseconds(written, done)) ms,合计 \(milliseconds(start, done)) ms"
                    + "(\(enterprises) 家企业、\(load.hazards) 个危险源,页面 \(page.utf8.count) 字节,DOCX \(docx.count) 字节)")
        }
    }
}
