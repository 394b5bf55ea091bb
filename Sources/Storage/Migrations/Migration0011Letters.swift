extension Migration {
    /// Whom a letter is written for, apart from its text; and the way from a source to its responsible persons at any
    /// instant, which the vacancies of each bulletin ask for (the index before knew only who is in office now).
    static let letters = Migration(
        name: "0011-letters",
        statements: [
            "ALTER TABLE bulletin ADD COLUMN addressee_kind <text>",
            "ALTER TABLE bulletin ADD COLUMN addressee_id <text>",
            "CREATE INDEX responsibility_by_hazard ON responsibility (hazard_id, role, from_at)",
        ])
}
