import Domain
import Foundation
import Kernel
import Operations
import Rig
import Simulation
import Storage
import Support
import Testing

@Suite struct DemonstrationTests {
    private let now = Timestamp(milliseconds: 1_795_406_400_000)

    @Test(arguments: Engine.underTest)
    func `an empty database gets the whole city once, its secrets in files of their own`(engine: Engine) async throws {
        let store = try await engine.store()
        let folder = try TemporaryFolder.make()
        let demonstration = Demonstration(folder: folder)
        try await demonstration.prepare(store, now: now, ids: IdentifierSource(seed: 1)) { _ in }
        let keys = try String(contentsOfFile: demonstration.keysFile, encoding: .utf8)
        let accounts = try String(contentsOfFile: demonstration.accountsFile, encoding: .utf8)

        for file in [demonstration.keysFile, demonstration.accountsFile] {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
        let counts = try await counts(store)
        #expect(counts == [12, 30, 80, 48, 30, 240])
        let graded = try await store.read { session throws(StorageError) in
            try session.rows("SELECT DISTINCT grade FROM hazard ORDER BY grade") {
                row throws(StorageError) in row.next() as Int64
            }
        }
        #expect(graded == [1, 2, 3, 4])

        // Again: nothing is touched, no password is made new.
        try await demonstration.prepare(store, now: now + .hours(1), ids: IdentifierSource(seed: 2)) { _ in }
        #expect(try await self.counts(store) == counts)
        #expect(try String(contentsOfFile: demonstration.keysFile, encoding: .utf8) == keys)
        #expect(try String(contentsOfFile: demonstration.accountsFile, encoding: .utf8) == accounts)

        // Two folders have nothing in common.
        let other = DemonstrationSecrets.generate(for: DemonstrationCity.make(seed: 1))
        #expect(other.map { Set($0.accounts.map(\.password)).isDisjoint(with: words(accounts)) } == true)
    }

    @Test func `lost files are made anew, and the old secrets open nothing`() async throws {
        let store = try await Engine.sqlite.store()
        let demonstration = Demonstration(folder: try TemporaryFolder.make())
        try await demonstration.prepare(store, now: now, ids: IdentifierSource(seed: 1)) { _ in }
        let before = try String(contentsOfFile: demonstration.keysFile, encoding: .utf8)
        try FileManager.default.removeItem(atPath: demonstration.keysFile)
        try await demonstration.prepare(store, now: now + .hours(1), ids: IdentifierSource(seed: 2)) { _ in }
        let after = try String(contentsOfFile: demonstration.keysFile, encoding: .utf8)
        #expect(Set(words(before)).intersection(words(after)).allSatisfy { !$0.hasPrefix("fs_") })
        let hashes = try await store.read { session throws(StorageError) in
            try session.rows("SELECT key_hash FROM gateway") { row throws(StorageError) in row.next() as [UInt8] }
        }
        let valid = Set(words(after).filter { $0.hasPrefix("fs_") }.map { GatewayKey.hash($0) })
        #expect(Set(hashes) == valid)
        let hash = try await store.read { session throws(StorageError) in
            try session.first("SELECT password_hash FROM account WHERE login = 'duty-140500'") {
                row throws(StorageError) in row.next() as String
            }
        }
        let accounts = try String(contentsOfFile: demonstration.accountsFile, encoding: .utf8)
        let line = try #require(accounts.split(separator: "\n").first { $0.hasPrefix("duty-140500\t") })
        let password = String(line.split(separator: "\t")[1])
        #expect(Password.verify(password, against: try #require(hash)))
    }

    @Test func `a real register is left alone`() async throws {
        let store = try await Engine.sqlite.store()
        let now = now
        try await store.write { session throws(RegistryFailure) in
            var context = OperationContext(now: now, actor: "system", ids: IdentifierSource(seed: 1))
            let province = Authority(id: "140000", level: .province, name: "山西省应急管理厅", region: "140000")
            try RegistryOperations.save(province, by: .system, context: &context, in: &session)
        }
        let demonstration = Demonstration(folder: try TemporaryFolder.make())
        await #expect(throws: Demonstration.Failure.self) {
            try await demonstration.prepare(store, now: now, ids: IdentifierSource(seed: 1)) { _ in }
        }
        #expect(!FileManager.default.fileExists(atPath: demonstration.keysFile))
    }

    private func counts(_ store: Store) async throws -> [Int64] {
        try await store.read { session throws(StorageError) in
            var counts: [Int64] = []
            for table in ["authority", "enterprise", "hazard", "account", "gateway", "responsibility"] {
                let count = try session.first(Self.count(table)) { row throws(StorageError) in row.next() as Int64 }
                counts.append(count ?? 0)
            }
            return counts
        }
    }

    private static func count(_ table: String) -> SQL {
        switch table {
        case "authority": "SELECT count(*) FROM authority"
        case "enterprise": "SELECT count(*) FROM enterprise"
        case "hazard": "SELECT count(*) FROM hazard"
        case "account": "SELECT count(*) FROM account"
        case "gateway": "SELECT count(*) FROM gateway"
        default: "SELECT count(*) FROM responsibility"
        }
    }

    private func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
