extension Migration {
    /// Channels besides the inbox and the webhook, what climbs while nobody acknowledges, and what the auditor found.
    static let channels = Migration(
        name: "0014-channels",
        statements: [
            "ALTER TABLE person ADD COLUMN email <text>",
            // Of the digest that a row was put in before it was first sent; repeated attempts send the same digest.
            "ALTER TABLE outbox ADD COLUMN parcel <text>",
            "ALTER TABLE delivery_attempt ADD COLUMN channel <text> NOT NULL DEFAULT ''",
            "ALTER TABLE delivery_attempt ADD COLUMN parcel <text> NOT NULL DEFAULT ''",
            "CREATE INDEX delivery_attempt_by_channel ON delivery_attempt (channel, at)",
            "CREATE INDEX outbox_by_channel ON outbox (channel, created_at) WHERE channel <> 'portal'",
            // Neither authority nor enterprise: the whole platform's. `levels` are words with commas, `secrets` JSON
            // that never leaves the server.
            """
            CREATE TABLE channel (
                id <text> PRIMARY KEY, kind <text> NOT NULL, name <text> NOT NULL,
                authority_id <text> REFERENCES authority (id), enterprise_id <text> REFERENCES enterprise (id),
                is_enabled <integer> NOT NULL, levels <text> NOT NULL, takes_notices <integer> NOT NULL,
                stage <text> NOT NULL CHECK (stage IN ('first','climb')), limit_per_minute <integer>,
                settings <text> NOT NULL, secrets <text> NOT NULL, created_at <integer> NOT NULL,
                created_by <text> NOT NULL, changed_at <integer> NOT NULL)
            """,
            "CREATE INDEX channel_by_authority ON channel (authority_id)",
            "CREATE INDEX channel_by_enterprise ON channel (enterprise_id)",
            // One row a warning: where its climb stands.
            """
            CREATE TABLE climb (
                warning_id <text> PRIMARY KEY, hazard_id <text> NOT NULL, enterprise_id <text> NOT NULL,
                level <text> NOT NULL, within_ms <integer> NOT NULL, since_at <integer> NOT NULL, last_step <text>,
                ended <text>, next_at <integer>)
            """,
            "CREATE INDEX climb_running ON climb (last_step) WHERE ended IS NULL",
            // Every step that was taken, for the figures.
            """
            CREATE TABLE climb_step (
                warning_id <text> NOT NULL, version <integer> NOT NULL, step <text> NOT NULL, level <text> NOT NULL,
                enterprise_id <text> NOT NULL, at <integer> NOT NULL, PRIMARY KEY (warning_id, version))
            """,
            "CREATE INDEX climb_step_by_time ON climb_step (at)",
            """
            CREATE TABLE watch_finding (
                id <text> PRIMARY KEY, kind <text> NOT NULL, subject <text> NOT NULL, detail <text> NOT NULL,
                enterprise_id <text>, authority_id <text>, first_at <integer> NOT NULL, last_at <integer> NOT NULL,
                closed_at <integer>)
            """,
            "CREATE UNIQUE INDEX watch_finding_open ON watch_finding (kind, subject) WHERE closed_at IS NULL",
        ])
}
