extension Migration {
    /// Notices about anything, not only warnings: what they are about, a title, and the page that they lead to. And
    /// versions of the risk model that were given back.
    static let notices = Migration(
        name: "0002-notices",
        statements: [
            "ALTER TABLE outbox ADD COLUMN subject <text> NOT NULL DEFAULT ''",
            "ALTER TABLE outbox ADD COLUMN title <text> NOT NULL DEFAULT ''",
            "ALTER TABLE outbox ADD COLUMN address <text> NOT NULL DEFAULT ''",
            "CREATE INDEX outbox_by_subject ON outbox (subject, recipient_kind, recipient_id)",
            "ALTER TABLE model_version ADD COLUMN returned_by <text>",
            "ALTER TABLE model_version ADD COLUMN returned_at <integer>",
            "ALTER TABLE model_version ADD COLUMN note <text>",
        ])
}
