extension Sheet {
    /// A column of a table: its heading, its width and how its numbers are written.
    public struct Column: Sendable, Equatable {
        public var title: String
        /// In characters of the normal font, a Chinese one counts two.
        public var widthCharacters: Double
        /// A spreadsheet's number format such as `0.00`; nil is what suits the kind of cell.
        public var numberFormat: String?
        public var isCentred: Bool

        public init(
            _ title: String, widthCharacters: Double = 14, numberFormat: String? = nil, isCentred: Bool = false
        ) {
            self.title = title
            self.widthCharacters = widthCharacters
            self.numberFormat = numberFormat
            self.isCentred = isCentred
        }
    }
}
