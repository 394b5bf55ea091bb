import Domain
import Kernel
import Operations
import Rig
import Storage
import Support
import Testing

/// A case that was taken out is checked without any database, and every change to it is named.
@Suite(.serialized) struct CaseTests {
    /// A database with warnings, and one that was closed.
    private func rehearsed(_ engine: Engine) throws -> (Database, WarningID) {
        let location = try engine.location()
        let open = engine == .sqlite ? Rehearsal.memory() : Rehearsal.reopened(location)
        _ = try Rehearsal.run(.init(seed: 21, minutes: 700), open: open)
        let database = try open()
        let id = try database.read { session throws(StorageError) in
            try session.first(
                "SELECT id FROM warning WHERE closed_at IS NOT NULL ORDER BY raised_at, id LIMIT 1"
            ) { row throws(StorageError) in row.next() as WarningID }
        }
        return (database, try #require(id))
    }

    private func export(
        _ id: WarningID, _ database: Database, scope: Scope = .system, uploadsMax: Int64 = CaseExport.uploadsMax
    ) throws(CaseFailure) -> CaseExport.Case {
        try database.read { session throws(CaseFailure) in
            try CaseExport.read(
                id, scope: scope, by: "system", at: Timestamp(milliseconds: 1_795_000_000_000),
                uploadsMax: uploadsMax, in: &session)
        }
    }

    private func text(_ file: String, _ exported: CaseExport.Case) -> String {
        String(decoding: exported.files.first { $0.name == file }?.bytes ?? [], as: UTF8.self)
    }

    /// The files with one of them as somebody made it, and a manifest that was made to fit.
    private func forged(
        _ exported: CaseExport.Case, _ name: String, _ change: (String) -> String
    ) throws -> [CaseFile] {
        let files = exported.files.filter { $0.name != "manifest.json" }.map { file in
            file.name == name
                ? CaseFile(name: name, bytes: [UInt8](change(String(decoding: file.bytes, as: UTF8.self)).utf8)) : file
        }
        var list: [JSON] = []
        for file in files {
            list.append([
                "name": .string(file.name), "bytes": .integer(Int64(file.bytes.count)),
                "sha256": .string(Hash.hexadecimal(Hash.sha256(file.bytes))),
            ])
        }
        let manifest: JSON = ["format": 1, "files": .array(list)]
        return files + [CaseFile(name: "manifest.json", bytes: [UInt8](manifest.text.utf8))]
    }

    @Test(arguments: Engine.underTest) func `a case holds everything and verifies elsewhere`(engine: Engine) throws {
        let (database, id) = try rehearsed(engine)
        let exported = try export(id, database)
        let report = CaseVerification.check(exported.files, fingerprint: exported.fingerprint)
        #expect(report.faults == [])
        #expect(report.warning == id.rawValue)
        #expect(report.logCount > 8)
        #expect(report.uploadCount > 100)
        #expect(report.heads.count == 2)

        let events = try database.read { session throws(StorageError) in
            try session.stream(kind: "warning", id: id.rawValue)
        }
        let log = text("log.jsonl", exported)
        for event in events { #expect(log.contains("\"sequence\":\(event.sequence),")) }
        let page = text("index.html", exported)
        #expect(page.contains("办结") && page.contains("预警档案") && !page.contains("<script"))
        #expect(text("readings.csv", exported).split(separator: "\r\n").count > report.uploadCount)
        let tables = try JSON.parse(text("tables.json", exported))
        #expect(tables["warning"]?.array?.count == 1)
        #expect((tables["outbox"]?.array?.count ?? 0) > 3)
        #expect(tables["disposal_report"]?.array?.isEmpty == false)
        // The heads are those that `fengsui verify` prints.
        let head = try database.read { session throws(StorageError) in try LogChain.head(in: &session) }
        #expect(report.heads.first?.contains(head.text) == true)
    }

    @Test func `every line changed, left out, put in or exchanged is named`() throws {
        let (database, id) = try rehearsed(.sqlite)
        let exported = try export(id, database)
        for name in ["log.jsonl", "uploads.jsonl"] {
            let lines = text(name, exported).split(separator: "\n").map(String.init)
            for place in [0, lines.count / 2, lines.count - 1] {
                let row = try #require(try JSON.parse(lines[place])["sequence"]?.integer)
                let field = name == "log.jsonl" ? "\"actor\":\"" : "\"epoch\":\""
                let changed = try forged(exported, name) { _ in
                    var lines = lines
                    lines[place] = lines[place].replacing(field, with: field + "x", maxReplacements: 1)
                    return lines.joined(separator: "\n") + "\n"
                }
                let faults = CaseVerification.check(changed).faults
                #expect(faults.contains { $0.contains("第 \(row) 行") && $0.contains("内容被改动") }, "\(faults)")
                // The manifest fits, but is not the one that was noted down.
                let noted = CaseVerification.check(changed, fingerprint: exported.fingerprint).faults
                #expect(noted.contains { $0.contains("指纹") })
            }
            let honest = try forged(exported, name) { $0 }
            #expect(CaseVerification.check(honest).faults == [])
        }
        // An event of the warning left out: its stream has a hole. The last one: the fingerprint and the table tell.
        let lines = text("log.jsonl", exported).split(separator: "\n").map(String.init)
        let own = lines.indices.filter { lines[$0].contains("\"streamKind\":\"warning\"") }
        let hole = try forged(exported, "log.jsonl") { _ in
            var lines = lines
            lines.remove(at: own[own.count / 2])
            return lines.joined(separator: "\n") + "\n"
        }
        #expect(CaseVerification.check(hole).faults.contains { $0.contains("缺少第") })
        let tail = try forged(exported, "log.jsonl") { _ in
            var lines = lines
            lines.remove(at: own[own.count - 1])
            return lines.joined(separator: "\n") + "\n"
        }
        #expect(CaseVerification.check(tail).faults.contains { $0.contains("缺少预警最后的事件") })
        // A row with a right hash of its own that never stood in the chain.
        let inserted = try forged(exported, "log.jsonl") { _ in forgedLine(after: lines[own[0]]) + "\n" }
        #expect(CaseVerification.check(inserted).faults.contains { $0.contains("不能连到导出时的链尾") })
    }

    /// A line of the same place with another actor and a hash that fits.
    private func forgedLine(after line: String) -> String {
        guard let json = try? JSON.parse(line), let members = json.members else { return line }
        var changed = members.map { $0.key == "actor" ? JSON.Member("actor", "forger") : $0 }
        let at = { (name: String) in json[name]?.integer ?? 0 }
        var hash = Hash(purpose: "fengsui log 1")
        hash.add(Hash.bytes(hexadecimal: json["previousHash"]?.string ?? "") ?? [])
        hash.add(at("sequence"))
        hash.add(json["streamKind"]?.string ?? "")
        hash.add(json["streamID"]?.string ?? "")
        hash.add(at("version"))
        hash.add(json["kind"]?.string ?? "")
        hash.add(at("at"))
        hash.add(at("recordedAt"))
        hash.add("forger")
        hash.add(json["payload"]?.string ?? "")
        let digest = Hash.hexadecimal(hash.digest)
        changed = changed.map { $0.key == "hash" ? JSON.Member("hash", .string(digest)) : $0 }
        return JSON.object(changed).text
    }

    @Test func `a file changed, missing or added is named`() throws {
        let (database, id) = try rehearsed(.sqlite)
        let exported = try export(id, database)
        for name in exported.files.map(\.name) where name != "manifest.json" {
            let changed = exported.files.map { file in
                file.name == name ? CaseFile(name: name, bytes: file.bytes + [32]) : file
            }
            #expect(CaseVerification.check(changed).faults.contains("文件 \(name) 被改动"))
            let missing = exported.files.filter { $0.name != name }
            #expect(CaseVerification.check(missing).faults.contains("缺少文件 \(name)"))
        }
        let added = exported.files + [CaseFile(name: "extra.txt", bytes: [1])]
        #expect(CaseVerification.check(added).faults == ["多出文件 extra.txt"])
        #expect(CaseVerification.check([]).faults.count == 1)
    }

    @Test func `a case of another jurisdiction does not exist, and one too large is refused`() throws {
        let (database, id) = try rehearsed(.sqlite)
        #expect(throws: CaseFailure.notFound) { _ = try export(id, database, scope: .enterprise("nobody")) }
        #expect(throws: CaseFailure.notFound) { _ = try export("nothing", database) }
        let failure = #expect(throws: CaseFailure.self) { _ = try export(id, database, uploadsMax: 3) }
        guard case .tooLarge = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test(arguments: [1, 2, 3, 7, 8, 9, 100] as [Int64])
    func `every row of a tree leads to its root`(count: Int64) {
        var tree = HashTree(proving: Set(1...count))
        let leaves = (1...count).map { Hash.sha256([UInt8($0)]) }
        for leaf in leaves { tree.add(leaf) }
        let (root, proofs) = tree.finish()
        #expect(proofs.count == Int(count))
        for number in 1...count {
            #expect(HashTree.root(of: leaves[Int(number) - 1], by: proofs[number] ?? []) == root)
            #expect(HashTree.root(of: Hash.zero, by: proofs[number] ?? []) != root)
        }
    }
}
