extension Migration {
    /// Scores and findings of data quality (data quality Art. 2–11).
    static let quality = Migration(
        name: "0009-quality",
        statements: [])
}
