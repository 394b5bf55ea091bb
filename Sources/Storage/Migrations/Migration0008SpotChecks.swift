extension Migration {
    /// Spot checks, plans, draws, duty calls (patrol measures Art. 10–13).
    static let spotChecks = Migration(
        name: "0008-spotChecks", statements: levelSpans + checks + calls)

    /// When a source stood at orange or red. A projection of the warnings' streams (`fengsui rebuild`): who was high at
    /// any time of a day must be checked that day, so each change is written with the change itself.
    private static let levelSpans = [
        """
        CREATE TABLE level_span (
            warning_id <text> NOT NULL, version <integer> NOT NULL, hazard_id <text> NOT NULL,
            enterprise_id <text> NOT NULL, level <text> NOT NULL CHECK (level IN ('orange','red')),
            from_at <integer> NOT NULL, until_at <integer>, PRIMARY KEY (warning_id, version))
        """,
        "CREATE INDEX level_span_by_end ON level_span (until_at, from_at)",
        "CREATE INDEX level_span_by_enterprise ON level_span (enterprise_id, from_at)",
        // Those that stand now; the past is made again by `fengsui rebuild`.
        """
        INSERT INTO level_span (warning_id, version, hazard_id, enterprise_id, level, from_at, until_at)
        SELECT id, version, hazard_id, enterprise_id, level, changed_at, NULL FROM warning
        WHERE closed_at IS NULL AND cleared_at IS NULL AND level IN ('orange','red')
        """,
    ]

    private static let checks = [
        // The published seed of a day: the log's last row before 00:00.
        """
        CREATE TABLE check_seed (
            day <integer> PRIMARY KEY, sequence <integer> NOT NULL, hash <text> NOT NULL, recorded_at <integer>,
            published_at <integer> NOT NULL)
        """,
        // An office's day. `draw` is the whole lot, repeatable by anybody.
        """
        CREATE TABLE check_day (
            authority_id <text> NOT NULL REFERENCES authority (id), day <integer> NOT NULL,
            quota <integer> NOT NULL, factor <integer> NOT NULL, factor_reason <text>,
            enterprises <integer> NOT NULL, draw <text> NOT NULL, generated_at <integer> NOT NULL,
            closed_at <integer>, must <integer>, must_checked <integer>, checked <integer>,
            PRIMARY KEY (authority_id, day))
        """,
        "CREATE INDEX check_day_by_day ON check_day (day)",
        """
        CREATE TABLE check_item (
            authority_id <text> NOT NULL, day <integer> NOT NULL, enterprise_id <text> NOT NULL,
            category <text> NOT NULL CHECK (category IN ('must','attention','rotation','random','manual')),
            reasons <text> NOT NULL, position <integer> NOT NULL, is_reserve <integer> NOT NULL,
            is_deferred <integer> NOT NULL DEFAULT 0, added_at <integer> NOT NULL, added_by <text> NOT NULL,
            PRIMARY KEY (authority_id, day, enterprise_id))
        """,
        "CREATE INDEX check_item_by_enterprise ON check_item (enterprise_id, day)",
        // One record an office, day and enterprise: nobody counts twice.
        """
        CREATE TABLE spot_check (
            id <text> PRIMARY KEY, authority_id <text> NOT NULL, day <integer> NOT NULL,
            enterprise_id <text> NOT NULL REFERENCES enterprise (id), opened_at <integer> NOT NULL,
            opened_by <text> NOT NULL, record <text> NOT NULL, submitted_at <integer>, submitted_by <text>,
            has_camera_violation <integer> NOT NULL DEFAULT 0, problem_count <integer> NOT NULL DEFAULT 0,
            version <integer> NOT NULL, UNIQUE (authority_id, day, enterprise_id))
        """,
        "CREATE INDEX spot_check_by_enterprise ON spot_check (enterprise_id, day)",
        "CREATE INDEX spot_check_by_day ON spot_check (day, authority_id)",
        """
        CREATE TABLE check_plan (
            id <text> PRIMARY KEY, authority_id <text> NOT NULL REFERENCES authority (id), name <text> NOT NULL,
            industries <text> NOT NULL, regions <text> NOT NULL, enterprises <text> NOT NULL, period <text> NOT NULL,
            starts_on <integer> NOT NULL, ends_on <integer>, created_at <integer> NOT NULL, created_by <text> NOT NULL)
        """,
        "CREATE INDEX check_plan_by_authority ON check_plan (authority_id)",
        // What each period came to in the end.
        """
        CREATE TABLE check_plan_period (
            plan_id <text> NOT NULL REFERENCES check_plan (id), first_day <integer> NOT NULL,
            last_day <integer> NOT NULL, members <integer> NOT NULL, covered <integer> NOT NULL,
            missing <text> NOT NULL, closed_at <integer> NOT NULL, PRIMARY KEY (plan_id, first_day))
        """,
    ]

    private static let calls = [
        """
        CREATE TABLE duty_call (
            id <text> PRIMARY KEY, authority_id <text> NOT NULL REFERENCES authority (id), target_kind <text> NOT NULL
                CHECK (target_kind IN ('enterprise','authority')),
            target_id <text> NOT NULL, called_at <integer> NOT NULL, called_by <text> NOT NULL,
            minutes <integer> NOT NULL, due_at <integer> NOT NULL, question <text> NOT NULL, answered_at <integer>,
            answered_by <text>, answer <text>, answered_account <text>, missed_at <integer>)
        """,
        "CREATE INDEX duty_call_by_target ON duty_call (target_kind, target_id, called_at)",
        "CREATE INDEX duty_call_by_authority ON duty_call (authority_id, called_at)",
    ]
}
