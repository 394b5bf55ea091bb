extension Migration {
    /// Whom a letter is written for, apart from its text.
    static let letters = Migration(
        name: "0011-letters",
        statements: [
            "ALTER TABLE bulletin ADD COLUMN addressee_kind <text>",
            "ALTER TABLE bulletin ADD COLUMN addressee_id <text>",
        ])
}
