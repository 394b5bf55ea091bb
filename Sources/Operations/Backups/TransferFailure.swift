public import Storage

/// Why a backup, a restore or a move did not take place. Nothing was then changed.
public enum TransferFailure: Error, Hashable, Sendable {
    case storage(StorageError)
    /// The database to be filled has tables already.
    case notEmpty(tables: Int)
    /// Made by a newer program, or by one whose schema is not ours.
    case unknownSchema([String])
    case damaged(Damage)
    /// The file cannot be read or written.
    case file(path: String, reason: String)
    /// What was written is not what was read.
    case differs(table: String)
    /// Somebody wrote to the database that was being moved.
    case sourceChanged

    /// Where a backup is damaged.
    public struct Damage: Hashable, Sendable {
        public enum Reason: Hashable, Sendable {
            case notABackup, cutOff, changed, unreadable, disorder
            case sumDiffers(expected: Int64, found: Int64)
        }

        public let reason: Reason
        /// The byte at which the damaged part begins.
        public let offset: UInt64
        public let table: String?
        /// The first of the rows that cannot be trusted, from 1.
        public let row: Int64?

        public init(reason: Reason, offset: UInt64, table: String? = nil, row: Int64? = nil) {
            self.reason = reason
            self.offset = offset
            self.table = table
            self.row = row
        }
    }
}

extension TransferFailure: TransactionFailure {
    public init(storage: StorageError) { self = .storage(storage) }
}

extension TransferFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .storage(let error): "数据库:\(error)"
        case .notEmpty(let tables): "目标数据库不是空的(已有 \(tables) 张表)。请指定空的数据目录或新建的空库;没有写入任何内容"
        case .unknownSchema(let names):
            "数据由更新版本或另一版本的系统建立(本程序不认识:\(names.joined(separator: "、"))),请用该版本或更新版本的程序;没有写入任何内容"
        case .damaged(let damage): damage.description
        case .file(let path, let reason): "\(path):\(reason)"
        case .differs(let table): "表 \(table) 写入后与来源不一致,已全部撤回"
        case .sourceChanged: "换库期间来源数据库又有写入(服务还在运行?),已全部撤回。请先停止服务再换库"
        }
    }
}

extension TransferFailure.Damage: CustomStringConvertible {
    public var description: String {
        let place =
            "第 \(offset) 字节起" + (table.map { ",表 \($0)" } ?? "") + (row.map { ",第 \($0) 行起" } ?? "")
        return switch reason {
        case .notABackup: "不是本系统的备份文件"
        case .cutOff: "备份文件不完整(\(place)):文件在此中断"
        case .changed: "备份文件已损坏或被改动(\(place)):内容与校验值不符"
        case .unreadable: "备份文件已损坏(\(place)):内容无法解读"
        case .disorder: "备份文件已损坏(\(place)):缺少或多出了部分内容"
        case .sumDiffers(let expected, let found):
            "备份文件已损坏(\(place)):清单记 \(expected) 行,实有 \(found) 行,或内容与清单的哈希不符"
        }
    }
}
