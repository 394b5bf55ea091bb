extension Migration {
    /// The daily safety commitment (data quality Art. 7, enterprise rule 5).
    static let commitments = Migration(
        name: "0005-commitments",
        statements: [])
}
