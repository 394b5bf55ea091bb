import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import Testing

@testable import Web

/// Who may open what: an officer of another county gets 404, as if it did not exist.
@Suite struct ScopeTests {
    /// A warning of E1 (沁水县, regulator `qinshui`), one of E2 (泽州县, in the park), one of E3 (能源局).
    private func bench() async throws -> (bench: WebBench, warnings: [String: WarningID]) {
        let bench = try await WebBench.make()
        let now = bench.now
        try await bench.store.write { session throws(StorageError) in
            try WebWorld.alarm("AL1", point: "P11", hazard: "H1", enterprise: "E1", at: now - .minutes(9), in: &session)
            try WebWorld.level("H1", .red, at: now - .minutes(8), in: &session)
            try WebWorld.level("H2", .orange, at: now - .minutes(7), in: &session)
            try WebWorld.level("H3", .yellow, at: now - .minutes(6), in: &session)
        }
        let rows = try await bench.store.read { session throws(StorageError) in
            try session.rows("SELECT enterprise_id, id FROM warning") { row throws(StorageError) in
                (row.next() as String, row.next() as WarningID)
            }
        }
        return (bench, Dictionary(rows, uniquingKeysWith: { first, _ in first }))
    }

    /// login → the enterprises it sees
    static let sees: [(login: String, enterprises: Set<String>)] = [
        ("center", ["E1", "E2", "E3"]), ("province", ["E1", "E2", "E3"]), ("city", ["E1", "E2", "E3"]),
        ("qinshui", ["E1"]), ("zezhou", ["E2"]), ("energy", ["E3"]), ("park", ["E2"]), ("jinqin", ["E1"]),
        ("yunshan", ["E2"]), ("zhao", ["E1"]), ("he", ["E2"]),
    ]

    @Test(arguments: sees)
    func `a page of another jurisdiction does not exist`(login: String, enterprises: Set<String>) async throws {
        let (bench, warnings) = try await bench()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, login)
            for number in 1...3 {
                let expected: HTTPResponse.Status = enterprises.contains("E\(number)") ? .ok : .notFound
                let pages = [
                    "/warning/\(warnings["E\(number)"]?.rawValue ?? "")", "/enterprise/E\(number)",
                    "/hazard/H\(number)", "/point/P\(number)1", "/point/P\(number)1/values",
                ]
                for page in pages {
                    #expect(try await browser.get(page).status == expected, "\(login) \(page)")
                }
            }
        }
    }

    @Test(arguments: sees)
    func `lists hold only what lies in the jurisdiction`(login: String, enterprises: Set<String>) async throws {
        let (bench, _) = try await bench()
        let names = ["E1": "晋沁化工", "E2": "云杉新材", "E3": "沁源燃气"]

        try await bench.test { client in
            let browser = try await Browser.signIn(client, login)
            let isOfficer = ["center", "province", "city", "qinshui", "zezhou", "energy", "park"].contains(login)
            let lists = ["/warnings", "/points"] + (isOfficer ? ["/", "/enterprises", "/wall"] : [])
            for list in lists {
                let text = try await browser.get(list).text
                for (enterprise, name) in names {
                    // The frame of an enterprise's own pages names the enterprise.
                    #expect(text.contains(name) == enterprises.contains(enterprise), "\(login) \(list) \(name)")
                }
            }
        }
    }

    @Test(arguments: sees)
    func `an act on a warning of another jurisdiction finds nothing`(
        login: String, enterprises: Set<String>
    ) async throws {
        let (bench, warnings) = try await bench()

        try await bench.test { client in
            let browser = try await Browser.signIn(client, login)
            for number in 1...3 where !enterprises.contains("E\(number)") {
                let address = "/warning/\(warnings["E\(number)"]?.rawValue ?? "")/"
                let acts = [
                    "sign", "acknowledge", "progress", "report", "approve", "return", "feedback", "annotate", "export",
                ]
                for act in acts {
                    let answer = try await browser.post(
                        address + act, "text=x&note=x&result=a&cause=b&measures=c")
                    #expect([.notFound, .forbidden].contains(answer.status), "\(login) \(act) \(answer.status)")
                }
            }
            let entries = try await bench.store.read { session throws(StorageError) in
                try session.rows("SELECT actor FROM log WHERE stream_kind = 'warning'") { row throws(StorageError) in
                    row.next() as String
                }
            }
            #expect(!entries.contains("A-" + login))
        }
    }

    @Test func `a role does not open the pages of another`() async throws {
        let (bench, _) = try await bench()

        try await bench.test { client in
            let safety = try await Browser.signIn(client, "jinqin")
            #expect(try await safety.get("/wall").status == .forbidden)
            #expect(try await safety.get("/m").status == .forbidden)
            let officer = try await Browser.signIn(client, "city")
            #expect(try await officer.get("/e").status == .forbidden)
            #expect(try await officer.get("/m").status == .forbidden)
        }
    }
}
