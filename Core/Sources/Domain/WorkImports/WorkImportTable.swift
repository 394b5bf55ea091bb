import Kernel

/// A file of one kind, cut into rows by the names of its head; columns may stand in any order.
public struct WorkImportTable: Sendable {
    public struct Line: Sendable {
        public let row: Int
        let cells: [String: String]

        /// Without space at its ends; nil where it is empty or the file has no such column.
        public func text(_ column: String) -> String? {
            guard let cell = cells[column]?.trimmedOfSpace, !cell.isEmpty else { return nil }
            return cell
        }

        /// Several words in one cell.
        public func words(_ column: String) -> [String] {
            (text(column) ?? "").split { ",，、;；".contains($0) }.map { String($0).trimmedOfSpace }
                .filter { !$0.isEmpty }
        }
    }

    public static let linesMax = 5_000

    public private(set) var lines: [Line] = []
    public private(set) var issues: [WorkImportIssue] = []

    public init(_ bytes: [UInt8], kind: WorkImportKind) {
        do throws(CSVError) {
            var reader = try CSVReader(bytes)
            guard let head = try reader.next() else {
                issues.append(.init(row: 1, text: "文件是空的"))
                return
            }
            let titles = head.map(\.trimmedOfSpace)
            check(titles, kind)
            guard issues.isEmpty else { return }
            while let cells = try reader.next() {
                if cells.allSatisfy({ $0.trimmedOfSpace.isEmpty }) { continue }
                guard cells.count == titles.count else {
                    issues.append(.init(row: reader.row, text: "有 \(cells.count) 列，表头有 \(titles.count) 列"))
                    continue
                }
                guard lines.count < Self.linesMax else {
                    issues.append(.init(row: reader.row, text: "超过 \(Self.linesMax) 行，请分成几个文件"))
                    return
                }
                take(Line(row: reader.row, cells: Dictionary(zip(titles, cells)) { first, _ in first }), kind)
            }
            if lines.isEmpty, issues.isEmpty { issues.append(.init(row: 2, text: "只有表头，没有内容")) }
        } catch {
            issues.append(.init(row: error.row, text: error.reason))
        }
    }

    private mutating func check(_ titles: [String], _ kind: WorkImportKind) {
        for column in kind.columns where column.isRequired && !titles.contains(column.title) {
            issues.append(.init(row: 1, text: "缺少列「\(column.title)」"))
        }
        for title in titles where !kind.columns.contains(where: { $0.title == title }) {
            issues.append(.init(row: 1, text: "不认识的列「\(title)」"))
        }
        for title in Set(titles) where titles.count(where: { $0 == title }) > 1 {
            issues.append(.init(row: 1, text: "有两列都是「\(title)」"))
        }
    }

    private mutating func take(_ line: Line, _ kind: WorkImportKind) {
        let blank = kind.columns.filter { $0.isRequired && line.text($0.title) == nil }
        for column in blank { issues.append(.init(row: line.row, column: column.title, text: "没有填")) }
        if blank.isEmpty { lines.append(line) }
    }
}
