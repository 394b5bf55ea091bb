import Kernel

/// A file of one kind, cut into rows and columns.
struct ImportTable {
    struct Line {
        let row: Int
        let cells: [Field: String]
        /// The cell without space at its ends; nil where it is empty or the file has no such column.
        func text(_ field: Field) -> String? {
            guard let cell = cells[field]?.trimmedOfSpace, !cell.isEmpty else { return nil }
            return cell
        }
    }

    private(set) var columns: Set<Field> = []
    private(set) var lines: [Line] = []
    private(set) var issues: [ImportIssue] = []

    static let linesMax = 200_000

    init(_ bytes: [UInt8], kind: ImportKind) {
        do throws(CSVError) {
            var reader = try CSVReader(bytes)
            guard let header = try reader.next() else {
                issues.append(ImportIssue(row: 1, text: "文件是空的"))
                return
            }
            let fields = readHeader(header, kind: kind)
            guard !issues.contains(where: { $0.weight == .refusal }) else { return }
            while let cells = try reader.next() {
                if cells.allSatisfy({ $0.trimmedOfSpace.isEmpty }) { continue }
                guard cells.count == fields.count else {
                    issues.append(ImportIssue(row: reader.row, text: "有 \(cells.count) 列,表头有 \(fields.count) 列"))
                    continue
                }
                guard lines.count < Self.linesMax else {
                    issues.append(ImportIssue(row: reader.row, text: "超过 \(Self.linesMax) 行,请分成几个文件"))
                    return
                }
                var named: [Field: String] = [:]
                for (field, cell) in zip(fields, cells) { if let field { named[field] = cell } }
                lines.append(Line(row: reader.row, cells: named))
            }
            if lines.isEmpty, !issues.contains(where: { $0.weight == .refusal }) {
                issues.append(ImportIssue(row: 2, text: "只有表头,没有内容"))
            }
        } catch {
            issues.append(ImportIssue(row: error.row, text: error.reason))
        }
    }

    private mutating func readHeader(_ header: [String], kind: ImportKind) -> [Field?] {
        if header.count == 1, let separator = ["\t", ";", ";", ","].first(where: { header[0].contains($0) }) {
            let name = separator == "\t" ? "制表符" : "“\(separator)”"
            issues.append(ImportIssue(row: 1, text: "列之间用的是\(name),应为半角逗号"))
            return [nil]
        }
        var fields: [Field?] = []
        for cell in header {
            let field = kind.field(header: cell)
            if let field, !columns.insert(field).inserted {
                issues.append(ImportIssue(row: 1, text: "有两列都是「\(field.label)」"))
            } else if field == nil, !cell.trimmedOfSpace.isEmpty {
                issues.append(ImportIssue(row: 1, text: "不认识的列「\(cell.trimmedOfSpace)」,没有用到", weight: .caution))
            }
            fields.append(field)
        }
        for field in kind.required where !columns.contains(field) {
            issues.append(ImportIssue(row: 1, text: "缺少列「\(kind.header(field))」"))
        }
        return fields
    }
}

extension ImportKind {
    /// The header that a template and an export write.
    public func header(_ field: Field) -> String {
        headers[field] ?? field.label
    }

    private var headers: [Field: String] {
        switch self {
        case .authorities: [:]
        case .enterprises: [.id: "企业编码", .name: "企业名称"]
        case .hazards: [.id: "危险源编码", .name: "危险源名称", .quantityTonnes: "设计最大量(吨)"]
        case .equipment: [.id: "设备编码", .name: "设备名称"]
        case .points: [.id: "点位编码", .name: "点位名称"]
        case .people: [.name: "姓名", .authority: "监管单位", .phone: "手机"]
        case .responsible: [.person: "姓名", .phone: "手机"]
        }
    }

    /// An empty file with all columns, to fill in.
    public var template: String { CSVWriter.line((required + optional).map(header)) }
}
