extension Migration {
    /// Bulletins from draft to receipt (bulletin system Art. 2–10).
    static let bulletins = Migration(
        name: "0010-bulletins",
        statements: [
            // `content` is the draft as the system wrote it and never changes; `edits` lie over it; `final` is what was
            // issued. `ordinal` is 0 for what the calendar makes, counted for specials, letters and corrections.
            """
            CREATE TABLE bulletin (
                id <text> PRIMARY KEY, office_id <text> NOT NULL REFERENCES authority (id), kind <text> NOT NULL,
                period_from <integer> NOT NULL, period_until <integer> NOT NULL, ordinal <integer> NOT NULL,
                publicity <text> NOT NULL CHECK (publicity IN ('internalUse','openToPublic')),
                phase <text> NOT NULL
                    CHECK (phase IN ('draft','submitted','approved','issued','superseded','withdrawn')),
                title <text> NOT NULL, content <text> NOT NULL, edits <text> NOT NULL, editors <text> NOT NULL,
                final <text>, drafted_at <integer> NOT NULL, submitted_at <integer>, submitted_by <text>,
                approved_at <integer>, approved_by <text>, issued_at <integer>, issued_by <text>, year <integer>,
                number <integer>, number_text <text>, corrects_id <text>, correction_id <text>, closed_at <integer>,
                reason <text>, automatic_count <integer> NOT NULL, item_count <integer> NOT NULL)
            """,
            "CREATE UNIQUE INDEX bulletin_once ON bulletin (office_id, kind, period_from, ordinal)",
            "CREATE INDEX bulletin_public ON bulletin (publicity, issued_at)",
            """
            CREATE TABLE bulletin_receiver (
                bulletin_id <text> NOT NULL REFERENCES bulletin (id), recipient_kind <text> NOT NULL,
                recipient_id <text> NOT NULL, is_copy <integer> NOT NULL, sent_at <integer> NOT NULL,
                acknowledged_at <integer>, acknowledged_by <text>,
                PRIMARY KEY (bulletin_id, recipient_kind, recipient_id))
            """,
            "CREATE INDEX bulletin_receiver_by_recipient ON bulletin_receiver (recipient_kind, recipient_id, sent_at)",
            """
            CREATE TABLE bulletin_change (
                bulletin_id <text> NOT NULL REFERENCES bulletin (id), at <integer> NOT NULL, ordinal <integer> NOT NULL,
                actor <text> NOT NULL, field <text> NOT NULL, text_before <text> NOT NULL, text_after <text> NOT NULL,
                PRIMARY KEY (bulletin_id, at, ordinal))
            """,
            """
            CREATE TABLE bulletin_channel (
                bulletin_id <text> NOT NULL REFERENCES bulletin (id), at <integer> NOT NULL, kind <text> NOT NULL,
                place <text> NOT NULL, actor <text> NOT NULL, PRIMARY KEY (bulletin_id, at, kind))
            """,
            // The last number given: one row of numbers an office, year and kind, without gaps.
            """
            CREATE TABLE bulletin_counter (
                office_id <text> NOT NULL, year <integer> NOT NULL, kind <text> NOT NULL, last <integer> NOT NULL,
                PRIMARY KEY (office_id, year, kind))
            """,
            """
            CREATE TABLE bulletin_settings (
                office_id <text> PRIMARY KEY REFERENCES authority (id), content <text> NOT NULL,
                changed_at <integer> NOT NULL, changed_by <text> NOT NULL)
            """,
        ])
}
