extension Migration {
    /// The first schema. Times are milliseconds since 1970, days are day numbers, booleans 0 or 1, enums short text.
    /// `<integer> <real> <text> <bytes>` render per engine. Never edited once released.
    static let foundation = Migration(
        name: "0001-foundation",
        statements: registry + accounts + telemetry + alarms + warnings + delivery + configuration)

    private static let registry = [
        """
        CREATE TABLE authority (
            id <text> PRIMARY KEY, level <text> NOT NULL
                CHECK (level IN ('ministry','center','province','city','county','park')),
            name <text> NOT NULL, region <text>, parent_id <text> REFERENCES authority (id), phone <text>,
            covers_region <integer> NOT NULL DEFAULT 1,
            created_at <integer> NOT NULL)
        """,
        """
        CREATE TABLE enterprise (
            id <text> PRIMARY KEY, name <text> NOT NULL UNIQUE, region <text> NOT NULL, credit_code <text>,
            regulator_id <text> NOT NULL REFERENCES authority (id), park_id <text> REFERENCES authority (id),
            group_name <text>, industry <text>, address <text>, longitude <real>, latitude <real>, phone <text>,
            in_use <integer> NOT NULL DEFAULT 1, created_at <integer> NOT NULL)
        """,
        """
        CREATE TABLE enterprise_co_regulator (
            enterprise_id <text> NOT NULL REFERENCES enterprise (id),
            authority_id <text> NOT NULL REFERENCES authority (id), PRIMARY KEY (enterprise_id, authority_id))
        """,
        // Who may see which enterprise, closed over ancestors: every scoped query joins it (domain §1).
        """
        CREATE TABLE visibility (
            authority_id <text> NOT NULL, enterprise_id <text> NOT NULL, PRIMARY KEY (authority_id, enterprise_id))
        """,
        "CREATE INDEX visibility_by_enterprise ON visibility (enterprise_id)",
        """
        CREATE TABLE hazard (
            id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id), name <text> NOT NULL,
            kind <text> NOT NULL, grade <integer> NOT NULL CHECK (grade BETWEEN 1 AND 4), r_value <real>,
            s_value <real>, exposed_people <integer>, location <text>, in_use <integer> NOT NULL DEFAULT 1,
            created_at <integer> NOT NULL, UNIQUE (enterprise_id, name))
        """,
        """
        CREATE TABLE hazard_substance (
            hazard_id <text> NOT NULL REFERENCES hazard (id), position <integer> NOT NULL, name <text> NOT NULL,
            cas <text>, category <text>, quantity_tonnes <real> NOT NULL, critical_tonnes <real> NOT NULL,
            beta <real> NOT NULL, PRIMARY KEY (hazard_id, position))
        """,
        """
        CREATE TABLE equipment (
            id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id),
            hazard_id <text> REFERENCES hazard (id), name <text> NOT NULL, kind <text> NOT NULL, medium <text>,
            form <text>, location <text>, in_use <integer> NOT NULL DEFAULT 1, UNIQUE (enterprise_id, name))
        """,
        """
        CREATE TABLE point (
            id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id),
            hazard_id <text> REFERENCES hazard (id), equipment_id <text> REFERENCES equipment (id),
            name <text> NOT NULL, tag <text>, kind <text> NOT NULL, unit <text> NOT NULL, location <text>,
            range_low <real>, range_high <real>, low_low <real>, low <real>, high <real>, high_high <real>,
            edge_low_low <real>, edge_low <real>, edge_high <real>, edge_high_high <real>,
            on_delay_ms <integer> NOT NULL, off_delay_ms <integer> NOT NULL, deadband <real> NOT NULL,
            is_key <integer> NOT NULL DEFAULT 0, in_use <integer> NOT NULL DEFAULT 1, created_at <integer> NOT NULL)
        """,
        "CREATE INDEX point_by_hazard ON point (hazard_id)",
        "CREATE INDEX point_by_enterprise ON point (enterprise_id)",
        """
        CREATE TABLE person (
            id <text> PRIMARY KEY, enterprise_id <text> REFERENCES enterprise (id),
            authority_id <text> REFERENCES authority (id), name <text> NOT NULL, phone <text>, title <text>,
            left_at <integer>, created_at <integer> NOT NULL)
        """,
        // History of the three responsible persons: `until_at` NULL is the one in office.
        """
        CREATE TABLE responsibility (
            id <text> PRIMARY KEY, hazard_id <text> NOT NULL REFERENCES hazard (id), role <text> NOT NULL
                CHECK (role IN ('principal','technical','operations')),
            person_id <text> NOT NULL REFERENCES person (id), from_at <integer> NOT NULL, until_at <integer>)
        """,
        "CREATE UNIQUE INDEX responsibility_in_office ON responsibility (hazard_id, role) WHERE until_at IS NULL",
        "CREATE INDEX responsibility_by_person ON responsibility (person_id)",
    ]

    private static let accounts = [
        // role: duty (officer of an authority), safety (enterprise), responsible (包保责任人), admin (system)
        """
        CREATE TABLE account (
            id <text> PRIMARY KEY, login <text> NOT NULL UNIQUE, password_hash <text> NOT NULL, name <text> NOT NULL,
            role <text> NOT NULL CHECK (role IN ('duty','safety','responsible','admin')),
            authority_id <text> REFERENCES authority (id), enterprise_id <text> REFERENCES enterprise (id),
            person_id <text> REFERENCES person (id), failed_count <integer> NOT NULL DEFAULT 0,
            locked_until <integer>, disabled_at <integer>, created_at <integer> NOT NULL)
        """,
        """
        CREATE TABLE web_session (
            token_hash <bytes> PRIMARY KEY, account_id <text> NOT NULL REFERENCES account (id), csrf <text> NOT NULL,
            created_at <integer> NOT NULL, seen_at <integer> NOT NULL, expires_at <integer> NOT NULL)
        """,
        """
        CREATE TABLE gateway (
            id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id), name <text>,
            key_hash <bytes> NOT NULL UNIQUE, key_hint <text> NOT NULL, created_at <integer> NOT NULL,
            revoked_at <integer>, seen_at <integer>)
        """,
    ]

    private static let telemetry = [
        // One row an accepted upload: the evidence. `payload` is the compact encoding of the accepted values.
        """
        CREATE TABLE upload (
            sequence <integer> PRIMARY KEY, gateway_id <text> NOT NULL, epoch <text> NOT NULL, seq <integer> NOT NULL,
            received_at <integer> NOT NULL, body_hash <bytes> NOT NULL, payload <bytes> NOT NULL,
            accepted <integer> NOT NULL, rejected <text> NOT NULL, previous_hash <bytes> NOT NULL,
            hash <bytes> NOT NULL)
        """,
        "CREATE UNIQUE INDEX upload_idempotency ON upload (gateway_id, epoch, seq)",
        "CREATE INDEX upload_by_time ON upload (gateway_id, received_at)",
        // Discrete state (state, latches, timers, quality, silence) is written with the batch that changed it; the last
        // values by checkpoint (setting 'intake.checkpoint': the last upload they include).
        """
        CREATE TABLE point_state (
            point_id <text> PRIMARY KEY, value <real>, value_at <integer>, effective_at <integer>, quality <text>,
            received_at <integer>, state <text> NOT NULL, state_since <integer>, offline_since <integer>,
            latches <integer> NOT NULL, timer_high_high <integer>, timer_low_low <integer>, timer_high <integer>,
            timer_low <integer>)
        """,
        // Things found wrong with data; the daily-work issue builds the rectification on it.
        """
        CREATE TABLE finding (
            id <text> PRIMARY KEY, rule <text> NOT NULL, enterprise_id <text> NOT NULL, hazard_id <text>,
            point_id <text>, gateway_id <text>, first_at <integer> NOT NULL, last_at <integer> NOT NULL,
            count <integer> NOT NULL, detail <text> NOT NULL, resolved_at <integer>)
        """,
        "CREATE INDEX finding_open ON finding (rule, point_id, gateway_id) WHERE resolved_at IS NULL",
        "CREATE INDEX finding_by_enterprise ON finding (enterprise_id, resolved_at)",
    ]

    private static let alarms = [
        """
        CREATE TABLE alarm (
            id <text> PRIMARY KEY, point_id <text> NOT NULL REFERENCES point (id), hazard_id <text>,
            enterprise_id <text> NOT NULL, kind <text> NOT NULL, opened_at <integer> NOT NULL,
            start_state <text> NOT NULL, worst_state <text> NOT NULL, current_state <text> NOT NULL,
            current_since <integer> NOT NULL, side_since <integer> NOT NULL, start_value <real>, worst_value <real>,
            last_value <real>, threshold <real>, chain_id <text> NOT NULL,
            occurrences <integer> NOT NULL, acknowledged_at <integer>, acknowledged_by <text>, cleared_at <integer>,
            dispel_type <text>, cleared_by <text>, exempted_at <integer>)
        """,
        "CREATE UNIQUE INDEX alarm_open_per_point ON alarm (point_id) WHERE cleared_at IS NULL",
        "CREATE INDEX alarm_by_point ON alarm (point_id, opened_at)",
        "CREATE INDEX alarm_by_hazard ON alarm (hazard_id, opened_at)",
        "CREATE INDEX alarm_by_enterprise ON alarm (enterprise_id, opened_at)",
        // An enterprise asks, the regulator decides: filing, false alarm, out of use (domain §11).
        """
        CREATE TABLE exemption (
            id <text> PRIMARY KEY, kind <text> NOT NULL CHECK (kind IN ('filing','falseAlarm','outOfUse')),
            enterprise_id <text> NOT NULL, point_id <text> NOT NULL REFERENCES point (id), alarm_id <text>,
            reason <text> NOT NULL, from_at <integer> NOT NULL, until_at <integer>, requested_at <integer> NOT NULL,
            requested_by <text> NOT NULL, decided_at <integer>, decided_by <text>, approved <integer>, note <text>)
        """,
        "CREATE INDEX exemption_by_point ON exemption (point_id)",
        // A change that watches a point less than before, or with an alarm open: the regulator decides (SJ-21, SJ-22).
        """
        CREATE TABLE limit_change (
            id <text> PRIMARY KEY, point_id <text> NOT NULL REFERENCES point (id), enterprise_id <text> NOT NULL,
            proposed <text> NOT NULL, reason <text> NOT NULL, requested_at <integer> NOT NULL,
            requested_by <text> NOT NULL, decided_at <integer>, decided_by <text>, approved <integer>, note <text>)
        """,
        "CREATE UNIQUE INDEX limit_change_waiting ON limit_change (point_id) WHERE decided_at IS NULL",
        "CREATE INDEX limit_change_by_enterprise ON limit_change (enterprise_id, requested_at)",
        """
        CREATE TABLE risk (
            hazard_id <text> PRIMARY KEY REFERENCES hazard (id), enterprise_id <text> NOT NULL, level <text> NOT NULL,
            score <real> NOT NULL, floor_level <text>, terms <text> NOT NULL, model_version <integer> NOT NULL,
            assessed_at <integer> NOT NULL, next_change_at <integer>, below_yellow_since <integer>,
            below_orange_since <integer>, below_red_since <integer>, frozen <integer> NOT NULL,
            is_outright <integer> NOT NULL DEFAULT 0)
        """,
        """
        CREATE TABLE risk_change (
            hazard_id <text> NOT NULL, at <integer> NOT NULL, enterprise_id <text> NOT NULL,
            from_level <text> NOT NULL, to_level <text> NOT NULL, score <real> NOT NULL, terms <text> NOT NULL)
        """,
        "CREATE INDEX risk_change_by_hazard ON risk_change (hazard_id, at)",
    ]

    private static let warnings = [
        // Everything that happened, append-only and hash-chained. `at` is when it happened, `recorded_at` when we knew.
        """
        CREATE TABLE log (
            sequence <integer> PRIMARY KEY, stream_kind <text> NOT NULL, stream_id <text> NOT NULL,
            version <integer> NOT NULL, kind <text> NOT NULL, at <integer> NOT NULL, recorded_at <integer> NOT NULL,
            actor <text> NOT NULL, payload <text> NOT NULL, previous_hash <bytes> NOT NULL, hash <bytes> NOT NULL)
        """,
        "CREATE UNIQUE INDEX log_stream ON log (stream_kind, stream_id, version)",
        "CREATE TABLE chain (name <text> PRIMARY KEY, sequence <integer> NOT NULL, hash <bytes> NOT NULL)",
        // A projection of the warning's stream, for lists; `fengsui rebuild` makes it again.
        """
        CREATE TABLE warning (
            id <text> PRIMARY KEY, hazard_id <text> NOT NULL, enterprise_id <text> NOT NULL, phase <text> NOT NULL,
            level <text> NOT NULL, peak_level <text> NOT NULL, ordinal <integer> NOT NULL,
            raised_at <integer> NOT NULL, changed_at <integer> NOT NULL, acknowledged_at <integer>,
            acknowledged_by <text>, cleared_at <integer>, all_clear_at <integer>, report_due_at <integer>,
            reported_at <integer>, approved_at <integer>, closed_at <integer>, rule_version <integer> NOT NULL,
            version <integer> NOT NULL, next_due_at <integer>, next_step <text>, caution_count <integer> NOT NULL,
            open_supervisions <integer> NOT NULL)
        """,
        "CREATE INDEX warning_by_hazard ON warning (hazard_id, raised_at)",
        "CREATE INDEX warning_by_enterprise ON warning (enterprise_id, closed_at, raised_at)",
        "CREATE INDEX warning_open ON warning (closed_at, level)",
        """
        CREATE TABLE warning_alarm (
            warning_id <text> NOT NULL, alarm_id <text> NOT NULL, linked_at <integer> NOT NULL,
            PRIMARY KEY (warning_id, alarm_id))
        """,
        """
        CREATE TABLE supervision (
            warning_id <text> NOT NULL, ordinal <integer> NOT NULL, level <text> NOT NULL, authority_id <text> NOT NULL,
            enterprise_id <text> NOT NULL, ordered_at <integer> NOT NULL, fed_back_at <integer>, feedback <text>,
            fed_back_by <text>, PRIMARY KEY (warning_id, ordinal))
        """,
        """
        CREATE TABLE disposal_report (
            warning_id <text> NOT NULL, ordinal <integer> NOT NULL, result <text> NOT NULL, cause <text> NOT NULL,
            measures <text> NOT NULL, reported_at <integer> NOT NULL, reported_by <text> NOT NULL,
            is_late <integer> NOT NULL, state <text> NOT NULL
                CHECK (state IN ('submitted','returned','approved','void')),
            decided_at <integer>, decided_by <text>, note <text>, PRIMARY KEY (warning_id, ordinal))
        """,
        // Every instant at which something happens by itself: one row a (kind, id). Restart = read this table.
        """
        CREATE TABLE due (
            kind <text> NOT NULL, id <text> NOT NULL, at <integer> NOT NULL, PRIMARY KEY (kind, id))
        """,
        "CREATE INDEX due_at ON due (at)",
    ]

    private static let delivery = [
        // One row a (warning, step, recipient, channel); the key makes every step idempotent. The rows of channel
        // 'portal' are the in-app inbox: delivered when committed.
        """
        CREATE TABLE outbox (
            key <text> PRIMARY KEY, warning_id <text> NOT NULL, enterprise_id <text> NOT NULL, step <text> NOT NULL,
            kind <text> NOT NULL CHECK (kind IN ('sent','caution','supervision','reportOverdue','notice')),
            level <text> NOT NULL, recipient_kind <text> NOT NULL
                CHECK (recipient_kind IN ('person','authority','enterprise')),
            recipient_id <text> NOT NULL, channel <text> NOT NULL, message <text> NOT NULL, target <text>,
            is_late <integer> NOT NULL DEFAULT 0, created_at <integer> NOT NULL, state <text> NOT NULL
                CHECK (state IN ('pending','delivered','failed')),
            attempts <integer> NOT NULL DEFAULT 0, next_attempt_at <integer>, delivered_at <integer>,
            read_at <integer>, read_by <text>, last_error <text>)
        """,
        "CREATE INDEX outbox_pending ON outbox (channel, next_attempt_at) WHERE state = 'pending'",
        "CREATE INDEX outbox_failed ON outbox (created_at) WHERE state = 'failed'",
        "CREATE INDEX outbox_by_warning ON outbox (warning_id, created_at)",
        "CREATE INDEX outbox_by_recipient ON outbox (recipient_kind, recipient_id, created_at)",
        """
        CREATE TABLE delivery_attempt (
            key <text> NOT NULL, attempt <integer> NOT NULL, at <integer> NOT NULL, outcome <text> NOT NULL,
            detail <text> NOT NULL, PRIMARY KEY (key, attempt))
        """,
        """
        CREATE TABLE webhook (
            id <text> PRIMARY KEY, authority_id <text>, enterprise_id <text>, url <text> NOT NULL,
            secret <text> NOT NULL,
            is_enabled <integer> NOT NULL, created_at <integer> NOT NULL, created_by <text> NOT NULL)
        """,
    ]

    private static let configuration = [
        // Stricter local rules (YJ-24). Version 0 is the law itself and needs no row.
        """
        CREATE TABLE rule_version (
            version <integer> PRIMARY KEY, authority_id <text> NOT NULL REFERENCES authority (id),
            effective_at <integer> NOT NULL, content <text> NOT NULL, reason <text> NOT NULL,
            proposed_by <text> NOT NULL, proposed_at <integer> NOT NULL, approved_by <text>, approved_at <integer>,
            returned_by <text>, returned_at <integer>, note <text>)
        """,
        """
        CREATE TABLE model_version (
            version <integer> PRIMARY KEY, effective_at <integer> NOT NULL, content <text> NOT NULL,
            reason <text> NOT NULL, proposed_by <text> NOT NULL, proposed_at <integer> NOT NULL,
            approved_by <text>, approved_at <integer>)
        """,
        "CREATE TABLE setting (key <text> PRIMARY KEY, value <text> NOT NULL, changed_at <integer> NOT NULL)",
    ]
}
