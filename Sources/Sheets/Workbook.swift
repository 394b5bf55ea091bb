internal import Foundation

/// Several tables in one file, a sheet each.
public struct Workbook: Sendable, Equatable {
    public static let contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    static let maximumRows = 1_048_000

    public var sheets: [Sheet]
    /// Seconds since 1970, written into the file's properties; a fixed number keeps the bytes the same.
    public var createdAt: Int64

    public init(sheets: [Sheet], createdAt: Int64 = 0) {
        self.sheets = sheets
        self.createdAt = createdAt
    }

    public func xlsx() throws(SheetFailure) -> [UInt8] {
        guard !sheets.isEmpty else { throw .noSheet }
        for sheet in sheets where sheet.rows.count > Self.maximumRows { throw .tooManyRows(sheet.rows.count) }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("fengsui-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        guard let writer = SheetWriter(path: file.path, createdAt: createdAt) else { throw .file("不能新建文件") }
        let names = Self.names(of: sheets)
        for (sheet, name) in zip(sheets, names) { writer.add(sheet, name: name) }
        let code = writer.close()
        guard code == 0 else { throw .writer(code: code) }
        do { return [UInt8](try Data(contentsOf: file)) } catch { throw .file("\(error)") }
    }

    /// Names that a spreadsheet accepts: at most 31 characters, none of `[]:*?/\`, no two the same.
    static func names(of sheets: [Sheet]) -> [String] {
        var taken: Set<String> = []
        return sheets.enumerated().map { index, sheet in
            let allowed = sheet.title.filter { character in
                !"[]:*?/\\'".contains(character) && character.unicodeScalars.allSatisfy { $0.value >= 32 }
            }
            var name = allowed.utf16.count > 31 ? String(allowed.prefix(15)) : allowed
            if name.isEmpty { name = "表\(index + 1)" }
            let base = String(name.prefix(12))
            var ordinal = 2
            while taken.contains(name.lowercased()) {
                name = "\(base) \(ordinal)"
                ordinal += 1
            }
            taken.insert(name.lowercased())
            return name
        }
    }
}
