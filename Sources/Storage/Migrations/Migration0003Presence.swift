extension Migration {
    /// Cameras, and when enterprises, points and cameras were online (domain §8, §9).
    static let presence = Migration(
        name: "0003-presence",
        statements: [
            """
            CREATE TABLE camera (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id),
                hazard_id <text> REFERENCES hazard (id), name <text> NOT NULL, place <text> NOT NULL
                    CHECK (place IN ('controlRoom','tank','installation','warehouse','loading','gate','other')),
                location <text>, gb_code <text>, in_use <integer> NOT NULL DEFAULT 1, created_at <integer> NOT NULL,
                UNIQUE (enterprise_id, name))
            """,
            "CREATE INDEX camera_by_hazard ON camera (hazard_id)",
            // What the last `video` messages said. No row: nothing was ever heard.
            """
            CREATE TABLE camera_state (
                camera_id <text> PRIMARY KEY REFERENCES camera (id), enterprise_id <text> NOT NULL,
                is_online <integer> NOT NULL, since <integer> NOT NULL, heard_at <integer> NOT NULL, reason <text>,
                plan_online_at <integer>)
            """,
            "CREATE INDEX camera_state_by_enterprise ON camera_state (enterprise_id, is_online, heard_at)",
            // Half-open, whole seconds; `online_until` NULL is online now. Opened and closed with what caused it.
            """
            CREATE TABLE presence_span (
                subject_kind <text> NOT NULL CHECK (subject_kind IN ('enterprise','point','camera')),
                subject_id <text> NOT NULL, enterprise_id <text> NOT NULL, online_from <integer> NOT NULL,
                online_until <integer>, PRIMARY KEY (subject_kind, subject_id, online_from))
            """,
            """
            CREATE UNIQUE INDEX presence_open ON presence_span (subject_kind, subject_id) WHERE online_until IS NULL
            """,
            "CREATE INDEX presence_by_end ON presence_span (subject_kind, online_until)",
            "CREATE INDEX presence_by_enterprise ON presence_span (enterprise_id, subject_kind, online_until)",
            // Messages besides readings, as they came: the evidence behind `upload.body_hash`.
            """
            CREATE TABLE message (
                upload_sequence <integer> PRIMARY KEY, gateway_id <text> NOT NULL, enterprise_id <text> NOT NULL,
                kind <text> NOT NULL, received_at <integer> NOT NULL, accepted <integer> NOT NULL,
                rejected <integer> NOT NULL, body <text> NOT NULL)
            """,
            "CREATE INDEX message_by_enterprise ON message (enterprise_id, kind, received_at)",
        ])
}
