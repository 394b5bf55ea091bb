public import Storage

/// One file of an exported case.
public struct CaseFile: Hashable, Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Why a case could not be exported.
public enum CaseFailure: Error, Hashable, Sendable {
    case storage(StorageError)
    case notFound
    /// More readings than one file should hold.
    case tooLarge(uploads: Int64, limit: Int64)
    /// The chain itself is broken: run `fengsui verify`.
    case brokenChain(table: String)
}

extension CaseFailure: TransactionFailure {
    public init(storage: StorageError) { self = .storage(storage) }
}

extension CaseFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .storage(let error): "数据库:\(error)"
        case .notFound: "没有这条预警"
        case .tooLarge(let uploads, let limit):
            "这条预警前后有 \(uploads) 份上传,超过一个文件的上限 \(limit) 份;请由管理员在服务器上用 fengsui export-case 导出"
        case .brokenChain(let table): "表 \(table) 的哈希链不完整,不能作为证据导出。请先运行 fengsui verify 查明"
        }
    }
}
