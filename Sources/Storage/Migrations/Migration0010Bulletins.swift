extension Migration {
    /// Bulletins from draft to receipt (bulletin system Art. 2–10).
    static let bulletins = Migration(
        name: "0010-bulletins",
        statements: [])
}
