extension Migration {
    /// Problems, patrols, special periods, attendance (patrol measures Art. 3–9, 14).
    static let inspections = Migration(
        name: "0007-inspections",
        statements: [])
}
