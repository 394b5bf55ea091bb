extension Migration {
    /// Notices about anything, not only warnings: what they are about, a title, and the page that they lead to.
    static let notices = Migration(
        name: "0002-notices",
        statements: [
            "ALTER TABLE outbox ADD COLUMN subject <text> NOT NULL DEFAULT ''",
            "ALTER TABLE outbox ADD COLUMN title <text> NOT NULL DEFAULT ''",
            "ALTER TABLE outbox ADD COLUMN address <text> NOT NULL DEFAULT ''",
            "CREATE INDEX outbox_by_subject ON outbox (subject, recipient_kind, recipient_id)",
        ])
}
