import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing

@testable import Web

/// Raise → acknowledged on the phone → cleared → reported → returned → reported → approved → closed, by forms alone.
@Suite struct WarningJourneyTests {
    private func phase(_ id: WarningID, _ bench: WebBench) async throws -> String? {
        try await bench.store.read { session throws(StorageError) in
            try session.first("SELECT phase FROM warning WHERE id = \(id)") { row throws(StorageError) in
                row.next() as String
            }
        }
    }

    private func raise(_ bench: WebBench) async throws -> WarningID {
        let now = bench.now
        let found = try await bench.store.write { session throws(StorageError) in
            try WebWorld.alarm("AL1", point: "P11", hazard: "H1", enterprise: "E1", at: now, in: &session)
            try WebWorld.level("H1", .red, at: now, in: &session)
            return try session.first("SELECT id FROM warning") { row throws(StorageError) in row.next() as WarningID }
        }
        return try #require(found)
    }

    @Test func `a case runs from raising to closing by plain forms`() async throws {
        let bench = try await WebBench.make()
        let id = try await raise(bench)

        try await bench.test { client in
            let phone = try await Browser.signIn(client, "zhao")
            let card = try await phone.get("/m")
            #expect(card.text.contains("已知悉，马上处置"))
            #expect(card.text.utf8.count < 60_000)
            #expect(try await phone.post("/warning/\(id)/acknowledge", "note=&back=/m").status == .seeOther)
            #expect(try await phase(id, bench) == "acknowledged")
            let progress = try await phone.post("/warning/\(id)/progress", "text=%E5%85%B3%E9%98%80&back=/m")
            #expect(progress.status == .seeOther)
            #expect(try await phase(id, bench) == "handling")

            bench.pass(.minutes(20))
            let now = bench.now
            try await bench.store.write { session throws(StorageError) in
                try WebWorld.clearAlarm("AL1", hazard: "H1", at: now, in: &session)
                try WebWorld.level("H1", .blue, at: now, in: &session)
            }
            #expect(try await phase(id, bench) == "awaitingReport")
            let safety = try await Browser.signIn(client, "jinqin")
            let incomplete = try await safety.post("/warning/\(id)/report", "result=done&cause=&measures=")
            #expect(incomplete.status == .unprocessableContent)
            #expect(incomplete.text.contains("原因分析没有填"))
            #expect(incomplete.text.contains(">done</textarea>"))
            let report = "result=a&cause=b&measures=c"
            #expect(try await safety.post("/warning/\(id)/report", report).status == .seeOther)

            let other = try await Browser.signIn(client, "city")
            #expect(try await other.post("/warning/\(id)/approve", "").status == .forbidden)
            let regulator = try await Browser.signIn(client, "qinshui")
            #expect(try await regulator.post("/warning/\(id)/return", "note=more").status == .seeOther)
            #expect(try await safety.get("/e").text.contains("上次被退回：more"))
            #expect(try await safety.post("/warning/\(id)/report", report).status == .seeOther)
            #expect(try await regulator.post("/warning/\(id)/approve", "").status == .seeOther)
            #expect(try await phase(id, bench) == "closed")
        }
    }

    @Test func `a safety officer cannot acknowledge in the place of a responsible person (YJ-08)`() async throws {
        let bench = try await WebBench.make()
        let id = try await raise(bench)

        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            #expect(try await safety.post("/warning/\(id)/acknowledge", "note=").status == .forbidden)
            #expect(try await phase(id, bench) == "unacknowledged")
        }
    }

    @Test func `XC-06 who may order a site check gets there from the warning, and nobody else is shown the way`()
        async throws
    {
        let bench = try await WebBench.make()
        let id = try await raise(bench)
        try await bench.test { client in
            let link = "/sitechecks?warning=\(id)&amp;enterprise=E1"
            let county = try await Browser.signIn(client, "qinshui")
            #expect(try await county.get("/warning/\(id)").text.contains(link))
            let form = try await county.get("/sitechecks?warning=\(id)&enterprise=E1")
            #expect(form.text.contains("value=\"\(id)\"") && form.text.contains("<option value=\"E1\" selected>"))
            let safety = try await Browser.signIn(client, "jinqin")
            #expect(try await !safety.get("/warning/\(id)").text.contains("/sitechecks"))
        }
    }

    @Test func `opening a warning writes the receipt of the one who was told`() async throws {
        let bench = try await WebBench.make()
        let id = try await raise(bench)

        try await bench.test { client in
            let officer = try await Browser.signIn(client, "qinshui")
            #expect(try await officer.get("/").text.contains("本级未签收"))
            #expect(try await officer.get("/warning/\(id)").status == .ok)
            #expect(try await officer.get("/").text.contains("本级未签收") == false)
            let read = try await bench.store.read { session throws(StorageError) in
                try session.rows("SELECT recipient_id FROM outbox WHERE read_at IS NOT NULL") {
                    row throws(StorageError) in row.next() as String
                }
            }
            #expect(read == ["qinshui"])
        }
    }

    @Test func `every count of the desk is as long as the list it opens`() async throws {
        let bench = try await WebBench.make()
        _ = try await raise(bench)

        try await bench.test { client in
            let officer = try await Browser.signIn(client, "city")
            let red = try await officer.get("/warnings?level=red&open=1").text
            #expect(red.components(separatedBy: "<tr id=\"w-").count - 1 == 1)
            let orange = try await officer.get("/warnings?level=orange&open=1").text
            #expect(orange.contains("没有符合条件的预警"))
        }
    }
}
