import Domain
import Foundation
import Kernel
import Storage

/// The demonstration city's data folder as its owner sees it: passwords, keys, and one source to tell a story of.
struct DemonstrationFolder {
    struct Account {
        var login: String
        var password: String
    }

    /// A source of the second grade or higher, with a gas detector whose second level makes it orange at once.
    struct Story {
        var hazard: String
        var point: String
        var gateway: String
        var enterprise: String
        var regulator: String
        var operations: String
        var highHigh: Double
        var quiet: Double
    }

    let accounts: [String: Account]
    let keys: [String: String]
    private let database: Database

    init(data: URL) throws {
        func lines(_ name: String) throws -> [[String]] {
            try String(contentsOf: data.appending(path: name), encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }
                .map { $0.split(whereSeparator: { $0 == "\t" || $0 == " " }).map(String.init) }
        }
        accounts = Dictionary(
            try lines("demonstration-accounts.txt").map { ($0[0], Account(login: $0[0], password: $0[1])) },
            uniquingKeysWith: { first, _ in first })
        keys = Dictionary(
            try lines("demonstration-keys.txt").map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        database = try Database.open(.file(data.appending(path: "fengsui.sqlite").path))
    }

    func story() throws -> Story {
        let found = try database.read { session throws(StorageError) in
            try session.first(
                """
                SELECT h.id, p.id, g.id, h.enterprise_id, e.regulator_id, a.login, p.high_high, p.high
                FROM hazard h JOIN point p ON p.hazard_id = h.id AND p.kind = 'toxicGas' AND p.high_high IS NOT NULL
                JOIN enterprise e ON e.id = h.enterprise_id JOIN gateway g ON g.enterprise_id = e.id
                JOIN responsibility r ON r.hazard_id = h.id AND r.role = 'operations' AND r.until_at IS NULL
                JOIN account a ON a.person_id = r.person_id
                WHERE h.grade <= 2 ORDER BY h.id, p.id LIMIT 1
                """
            ) { row throws(StorageError) in
                Story(
                    hazard: row.next(), point: row.next(), gateway: row.next(), enterprise: row.next(),
                    regulator: row.next(), operations: row.next(), highHigh: row.next() as Double,
                    quiet: (row.next() as Double) / 10)
            }
        }
        guard let found else { throw Browser.Failure(description: "the city has no such source") }
        return found
    }

    /// The first text that a query finds.
    func query(_ sql: SQL) throws -> String? {
        try database.read { session throws(StorageError) in
            try session.first(sql) { row throws(StorageError) in row.next() as String }
        }
    }

    /// The principal of an enterprise, by account.
    func principal(of enterprise: String) throws -> String {
        let found = try query(
            """
            SELECT a.login FROM responsibility r JOIN hazard h ON h.id = r.hazard_id AND h.enterprise_id = \(enterprise)
            JOIN account a ON a.person_id = r.person_id WHERE r.role = 'principal' AND r.until_at IS NULL
            """)
        guard let found else { throw Browser.Failure(description: "no principal has an account") }
        return found
    }

    func account(_ login: String) throws -> Account {
        guard let account = accounts[login] else {
            throw Browser.Failure(description: "there is no account \(login)")
        }
        return account
    }
}
