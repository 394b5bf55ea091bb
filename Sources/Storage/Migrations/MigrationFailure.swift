/// Why the schema could not be brought up to date. What was committed before stays usable.
public enum MigrationFailure: TransactionFailure, Hashable {
    case storage(StorageError)
    /// The migration of that name was rolled back.
    case failed(name: String, StorageError)
    /// The database has seen migrations that this program does not know.
    case newerDatabase(names: [String])
    /// The migration that ran in this database is not the one of this program.
    case edited(name: String)

    public init(storage: StorageError) { self = .storage(storage) }
}

extension MigrationFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .storage(let error): "数据库不可用：\(error)"
        case .failed(let name, let error): "数据库升级 \(name) 失败，已回滚，原有数据未变：\(error)"
        case .newerDatabase(let names):
            "数据库由更新版本的系统建立（含未知升级 \(names.joined(separator: "、"))），请使用该版本或更新版本的程序，本程序未作任何改动"
        case .edited(let name): "数据库升级 \(name) 的内容与本程序所带的不一致，本程序未作任何改动"
        }
    }
}
