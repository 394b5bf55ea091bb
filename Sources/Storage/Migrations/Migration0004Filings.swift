extension Migration {
    /// Filings of planned stops, maintenance and damage (data quality, Art. 9).
    static let filings = Migration(
        name: "0004-filings",
        statements: [])
}
