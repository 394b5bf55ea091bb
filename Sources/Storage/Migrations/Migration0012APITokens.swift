extension Migration {
    /// Tokens by which a person's own programs use the API.
    static let apiTokens = Migration(
        name: "0012-api-tokens",
        statements: [
            // Only the hash is kept. `hint` is the token's last letters, by which its owner knows it again.
            """
            CREATE TABLE api_token (
                id <text> PRIMARY KEY, account_id <text> NOT NULL REFERENCES account (id), name <text> NOT NULL,
                token_hash <bytes> NOT NULL UNIQUE, hint <text> NOT NULL, may_write <integer> NOT NULL,
                created_at <integer> NOT NULL, expires_at <integer> NOT NULL, used_at <integer>,
                revoked_at <integer>)
            """,
            "CREATE INDEX api_token_by_account ON api_token (account_id, created_at)",
        ])
}
