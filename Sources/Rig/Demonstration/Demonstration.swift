import Foundation
public import Kernel
import Operations
import Simulation
public import Storage

/// Makes a data folder ready for `fengsui serve --demo`: the city in the database, its keys and passwords in two files
/// beside it that only their owner may read. Safe to repeat.
public struct Demonstration: Sendable {
    public static let seed: UInt64 = 1

    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    public let folder: String
    public var keysFile: String { folder + "/demonstration-keys.txt" }
    public var accountsFile: String { folder + "/demonstration-accounts.txt" }

    public init(folder: String) { self.folder = folder }

    /// `say` gets a line for each thing done. The database has its schema already.
    public func prepare(
        _ store: Store, now: Timestamp, ids: IdentifierSource, say: @Sendable (String) -> Void
    ) async throws {
        let city = DemonstrationCity.make(seed: Self.seed)
        let standing = try await store.read { session throws(StorageError) in
            try DemonstrationLoader.standing(in: &session)
        }
        let hasFiles = [keysFile, accountsFile].allSatisfy { FileManager.default.fileExists(atPath: $0) }
        switch standing {
        case .real: throw Failure(description: "这个数据库里已有登记的单位,演示城市只放进空的数据库")
        case .loaded where hasFiles: return
        case .loaded, .empty: break
        }
        guard let secrets = DemonstrationSecrets.generate(for: city) else {
            throw Failure(description: "系统给不出随机数,密钥和口令无法生成")
        }
        say("为 \(secrets.accounts.count) 个演示账号生成口令")
        let hashes = try await Self.hash(secrets.accounts.map(\.password))
        // The files first: if we stop between the two, the next start finds no city and makes both anew.
        try write(secrets.keysText, to: keysFile)
        try write(secrets.accountsText, to: accountsFile)
        let context = OperationContext(now: now, actor: "system", ids: ids)
        do {
            try await store.write { session throws(RegistryFailure) in
                var context = context
                if standing == .empty {
                    try DemonstrationLoader.load(
                        city, secrets: secrets, hashes: hashes, context: &context, in: &session)
                } else {
                    try DemonstrationLoader.renew(secrets, hashes: hashes, context: &context, in: &session)
                }
            }
        } catch {
            // Secrets that open nothing are worse than none.
            for file in [keysFile, accountsFile] { try? FileManager.default.removeItem(atPath: file) }
            throw error
        }
        let points = city.sites.reduce(0) { $0 + $1.points.count }
        say("演示城市:\(city.sites.count) 家企业、\(city.hazards.count) 个重大危险源、\(points) 个点位")
    }

    /// Half a tenth of a second and 64 MiB each, two at a time.
    @concurrent
    private static func hash(_ passwords: [String]) async throws -> [String] {
        try await withThrowingTaskGroup(of: (Int, String).self) { group in
            var hashes = [String](repeating: "", count: passwords.count)
            var next = 0
            func add() {
                guard next < passwords.count else { return }
                let index = next
                next += 1
                let password = passwords[index]
                group.addTask {
                    guard let hash = Password.hash(password) else {
                        throw Failure(description: "口令散列要 64 MiB 内存,没有得到")
                    }
                    return (index, hash)
                }
            }
            add()
            add()
            while let (index, hash) = try await group.next() {
                hashes[index] = hash
                add()
            }
            return hashes
        }
    }

    private func write(_ text: String, to path: String) throws {
        let manager = FileManager.default
        let draft = path + ".new"
        try? manager.removeItem(atPath: draft)
        guard
            manager.createFile(
                atPath: draft, contents: Data(text.utf8), attributes: [.posixPermissions: NSNumber(value: 0o600)])
        else { throw Failure(description: "\(path) 写不进去") }
        guard unsafe rename(draft, path) == 0 else { throw Failure(description: "\(path) 写不进去") }
    }
}
