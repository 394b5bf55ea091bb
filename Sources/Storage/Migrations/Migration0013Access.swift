extension Migration {
    /// Who gets in: ages of passwords, second factors, sign-ins that are not finished.
    static let access = Migration(
        name: "0013-access",
        statements: [
            // A password that nobody changed is as old as its account.
            "ALTER TABLE account ADD COLUMN password_changed_at <integer>",
            // Made by somebody else: to be changed at the first sign-in.
            "ALTER TABLE account ADD COLUMN must_change <integer> NOT NULL DEFAULT 0",
            "ALTER TABLE web_session ADD COLUMN stage <text> NOT NULL DEFAULT 'open'",
            "CREATE TABLE password_history (account_id <text> NOT NULL, at <integer> NOT NULL, hash <text> NOT NULL)",
            "CREATE INDEX password_history_by_account ON password_history (account_id, at)",
            // `last_step`: the last code that was taken; none before it is taken again.
            """
            CREATE TABLE second_factor (
                account_id <text> PRIMARY KEY REFERENCES account (id), secret <bytes> NOT NULL,
                created_at <integer> NOT NULL, confirmed_at <integer>, last_step <integer> NOT NULL DEFAULT 0)
            """,
            """
            CREATE TABLE recovery_code (
                account_id <text> NOT NULL REFERENCES account (id), code_hash <bytes> NOT NULL, used_at <integer>,
                PRIMARY KEY (account_id, code_hash))
            """,
        ])
}
