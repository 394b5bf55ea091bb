/// A ruled table. Its header rows repeat on every page; a row is never split between pages.
public struct DocumentTable: Hashable, Sendable {
    public enum Alignment: String, CaseIterable, Hashable, Sendable { case leading, center, trailing }

    public struct Column: Hashable, Sendable {
        public var title: String
        /// Neighbours with the same group stand under one upper header cell.
        public var group: String?
        public var alignment: Alignment
        /// Share of the width, against the other columns' shares.
        public var width: Int

        public init(_ title: String, group: String? = nil, alignment: Alignment = .center, width: Int = 10) {
            self.title = title
            self.group = group
            self.alignment = alignment
            self.width = max(1, width)
        }
    }

    public struct Cell: Hashable, Sendable {
        public var text: String
        /// Where the cell is a number that a spreadsheet should calculate with; `text` is what a reader sees.
        public var number: Double?
        public var isBold: Bool
        public var link: String?

        public init(_ text: String, number: Double? = nil, isBold: Bool = false, link: String? = nil) {
            self.text = text
            self.number = number
            self.isBold = isBold
            self.link = link
        }

        public static func count(_ value: Int, isBold: Bool = false, link: String? = nil) -> Cell {
            Cell(String(value), number: Double(value), isBold: isBold, link: link)
        }
    }

    /// Names the table's sheet and downloads.
    public var title: String
    public var columns: [Column]
    public var rows: [[Cell]]
    /// The last rows that sum up, set apart by their weight.
    public var totals: [[Cell]]
    public var note: String?
    /// Said instead of an empty table: `当日无离线企业`.
    public var whenEmpty: String

    public init(
        title: String, columns: [Column], rows: [[Cell]], totals: [[Cell]] = [], note: String? = nil,
        whenEmpty: String = "无"
    ) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.totals = totals
        self.note = note
        self.whenEmpty = whenEmpty
    }
}

extension DocumentTable.Cell: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
