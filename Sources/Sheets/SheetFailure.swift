/// Why a workbook was not made.
public enum SheetFailure: Error, Sendable, Equatable {
    case noSheet
    case tooManyRows(Int)
    case writer(code: Int32)
    case file(String)

    public var text: String {
        switch self {
        case .noSheet: "没有可导出的表"
        case .tooManyRows(let count): "行数 \(count) 超过 XLSX 的上限"
        case .writer(let code): "生成 XLSX 失败(代码 \(code))"
        case .file(let reason): "生成 XLSX 失败:\(reason)"
        }
    }
}
