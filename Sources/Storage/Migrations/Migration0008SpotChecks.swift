extension Migration {
    /// Spot checks, plans, draws, duty calls (patrol measures Art. 10–13).
    static let spotChecks = Migration(
        name: "0008-spotChecks",
        statements: [])
}
