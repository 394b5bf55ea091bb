extension Migration {
    /// Tasks of the three responsible persons (domain §2).
    static let duties = Migration(
        name: "0006-duties",
        statements: [])
}
