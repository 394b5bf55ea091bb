extension Migration {
    /// The daily safety commitment (data quality Art. 7, enterprise rule 5).
    static let commitments = Migration(
        name: "0005-commitments",
        statements: [
            // One row a version. `state` and `is_by_delegate` are the day's standing and the same in all versions but
            // the current one, which alone counts: `is_current = 1`. `signed_by_delegate` is this version's own.
            """
            CREATE TABLE commitment (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id), day <integer> NOT NULL,
                version <integer> NOT NULL, is_current <integer> NOT NULL, received_at <integer> NOT NULL,
                first_received_at <integer> NOT NULL,
                state <text> NOT NULL CHECK (state IN ('onTime','late','madeUp')), is_by_delegate <integer> NOT NULL,
                signed_by_delegate <integer> NOT NULL, signer <text> NOT NULL, signer_person_id <text>,
                delegation_id <text>, source <text> NOT NULL, actor <text> NOT NULL, risk_level <text> NOT NULL,
                risk_score <real> NOT NULL, units <integer> NOT NULL, running <integer> NOT NULL,
                stopped <integer> NOT NULL, overhaul <integer> NOT NULL, hot_work <integer> NOT NULL,
                special_work <integer> NOT NULL, is_starting_or_stopping <integer> NOT NULL,
                has_hidden_danger <integer> NOT NULL, content <text> NOT NULL,
                UNIQUE (enterprise_id, day, version))
            """,
            "CREATE UNIQUE INDEX commitment_current ON commitment (day, enterprise_id) WHERE is_current = 1",
            // Who was in use at 0:00 and must therefore commit; kept, so that an old day's rate never changes.
            """
            CREATE TABLE commitment_day (
                day <integer> NOT NULL, enterprise_id <text> NOT NULL, PRIMARY KEY (day, enterprise_id))
            """,
            """
            CREATE TABLE commitment_draft (
                enterprise_id <text> NOT NULL, day <integer> NOT NULL, content <text> NOT NULL,
                confirmed <text> NOT NULL, saved_at <integer> NOT NULL, saved_by <text> NOT NULL, sent_at <integer>,
                PRIMARY KEY (enterprise_id, day))
            """,
            """
            CREATE TABLE commitment_judgement (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL, day <integer> NOT NULL, tier <text> NOT NULL
                    CHECK (tier IN ('team','workshop','enterprise')),
                unit <text> NOT NULL, name <text> NOT NULL, judged_at <integer> NOT NULL,
                recorded_at <integer> NOT NULL, recorded_by <text> NOT NULL)
            """,
            "CREATE INDEX commitment_judgement_by_day ON commitment_judgement (enterprise_id, day)",
            // A24: the written authorisation without which nobody signs in the principal's place.
            """
            CREATE TABLE commitment_delegation (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL, principal_id <text> NOT NULL,
                delegate_name <text> NOT NULL, delegate_person_id <text>, delegate_account_id <text>,
                from_day <integer> NOT NULL, until_day <integer> NOT NULL, document <text> NOT NULL,
                is_by_principal <integer> NOT NULL, registered_at <integer> NOT NULL, registered_by <text> NOT NULL,
                revoked_at <integer>, revoked_by <text>)
            """,
            "CREATE INDEX commitment_delegation_by_enterprise ON commitment_delegation (enterprise_id, until_day)",
            """
            CREATE TABLE commitment_contradiction (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL, day <integer> NOT NULL, key <text> NOT NULL,
                kind <text> NOT NULL, detail <text> NOT NULL, evidence <text> NOT NULL, found_at <integer> NOT NULL,
                last_at <integer> NOT NULL, resolved_at <integer>, explanation <text>, explained_at <integer>,
                explained_by <text>, UNIQUE (enterprise_id, day, key))
            """,
            "CREATE INDEX commitment_contradiction_by_day ON commitment_contradiction (day, resolved_at)",
            // How far the process values of a plant went that was declared to stand still.
            """
            CREATE TABLE commitment_movement (
                day <integer> NOT NULL, point_id <text> NOT NULL, enterprise_id <text> NOT NULL, low <real> NOT NULL,
                high <real> NOT NULL, since <integer> NOT NULL, last_at <integer> NOT NULL,
                PRIMARY KEY (day, point_id))
            """,
        ])
}
