extension Migration {
    /// 报备, their attachments, and records of start-up, shutdown and repair (domain §5.1; SJ-25, JC-18).
    static let filings = Migration(
        name: "0004-filings",
        statements: [
            // `effect_from`/`effect_until`: the time that counts neither for nor against, once confirmed (A32).
            """
            CREATE TABLE filing (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id), kind <text> NOT NULL
                    CHECK (kind IN ('longStop','plannedStop','maintenance','damage','camera')),
                covers_all <integer> NOT NULL, reason <text> NOT NULL, measures <text> NOT NULL,
                from_at <integer> NOT NULL, until_at <integer> NOT NULL, found_at <integer>,
                submitted_at <integer> NOT NULL, submitted_by <text> NOT NULL, is_late <integer> NOT NULL,
                confirmed_at <integer>, returned_at <integer>, decided_by <text>, note <text>, withdrawn_at <integer>,
                ended_at <integer>, ended_by <text>, wish_until <integer>, wish_reason <text>, wish_asked_at <integer>,
                wish_asked_by <text>, effect_from <integer>, effect_until <integer>, done <text> NOT NULL,
                CHECK (until_at > from_at))
            """,
            "CREATE INDEX filing_by_enterprise ON filing (enterprise_id, submitted_at)",
            "CREATE INDEX filing_waiting ON filing (submitted_at) WHERE confirmed_at IS NULL AND returned_at IS NULL",
            "CREATE INDEX filing_by_effect ON filing (effect_until)",
            """
            CREATE TABLE filing_part (
                filing_id <text> NOT NULL REFERENCES filing (id), kind <text> NOT NULL
                    CHECK (kind IN ('hazard','point','camera')),
                part_id <text> NOT NULL, PRIMARY KEY (filing_id, kind, part_id))
            """,
            "CREATE INDEX filing_part_by_part ON filing_part (kind, part_id)",
            // Every decision on a filing or an extension: for the time limits of the county (JC-11).
            """
            CREATE TABLE filing_decision (
                filing_id <text> NOT NULL REFERENCES filing (id), ordinal <integer> NOT NULL,
                asked_at <integer> NOT NULL, due_at <integer> NOT NULL, decided_at <integer>, decided_by <text>,
                confirmed <integer>, note <text>,
                is_extension <integer> NOT NULL, regulator_id <text> NOT NULL, PRIMARY KEY (filing_id, ordinal))
            """,
            "CREATE INDEX filing_decision_by_regulator ON filing_decision (regulator_id, asked_at)",
            """
            CREATE TABLE filing_attachment (
                id <text> PRIMARY KEY, filing_id <text> NOT NULL REFERENCES filing (id), name <text> NOT NULL,
                media_type <text> NOT NULL, size <integer> NOT NULL, hash <bytes> NOT NULL, content <bytes> NOT NULL,
                uploaded_at <integer> NOT NULL, uploaded_by <text> NOT NULL)
            """,
            "CREATE INDEX filing_attachment_by_filing ON filing_attachment (filing_id)",
            // An exemption that a filing made ends and lengthens with it.
            "ALTER TABLE exemption ADD COLUMN filing_id <text>",
            """
            CREATE TABLE operation_record (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id), hazard_id <text>,
                equipment_id <text>, kind <text> NOT NULL CHECK (kind IN ('startUp','shutDown','maintenance')),
                device_name <text> NOT NULL, content <text> NOT NULL, start_at <integer> NOT NULL,
                expire_at <integer> NOT NULL, ended_at <integer>, person_name <text> NOT NULL,
                person_phone <text> NOT NULL, principal_name <text>, principal_phone <text>,
                removes_interlock <integer> NOT NULL, emergency_plan <text> NOT NULL, created_at <integer> NOT NULL,
                created_by <text> NOT NULL)
            """,
            "CREATE INDEX operation_record_by_enterprise ON operation_record (enterprise_id, start_at)",
            "CREATE INDEX operation_record_by_time ON operation_record (start_at)",
        ])
}
