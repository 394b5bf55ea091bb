/// A table as a spreadsheet: a title over it, a heading row that stays in view and is repeated on each printed page,
/// and lines under it; lying, every field framed, as official tables are. `xlsx()` makes a workbook of it.
public struct Sheet: Sendable, Equatable {
    public var title: String
    public var columns: [Column]
    public var rows: [[Cell]]
    /// Lines between title and heading: period, scope, how it was counted.
    public var notes: [String]
    /// Lines under the table: who made it, who to call.
    public var footer: [String]

    public init(
        title: String, columns: [Column], rows: [[Cell]], notes: [String] = [], footer: [String] = []
    ) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.notes = notes
        self.footer = footer
    }

    /// A workbook with this table alone. The same table and instant give the same bytes.
    public func xlsx(createdAt seconds: Int64 = 0) throws(SheetFailure) -> [UInt8] {
        try Workbook(sheets: [self], createdAt: seconds).xlsx()
    }
}
