extension Migration {
    /// Tasks of the three responsible persons (domain §2).
    static let duties = Migration(
        name: "0006-duties",
        statements: [
            // One row a (kind, source, period); the id says so, so that it is made once.
            """
            CREATE TABLE duty_task (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id),
                hazard_id <text> NOT NULL REFERENCES hazard (id), role <text> NOT NULL
                    CHECK (role IN ('principal','technical','operations')),
                kind <text> NOT NULL
                    CHECK (kind IN ('supervision','quarterly','holiday','weekly','specialWork')),
                period <text> NOT NULL, title <text> NOT NULL, from_at <integer> NOT NULL, until_at <integer> NOT NULL,
                is_partial <integer> NOT NULL, created_at <integer> NOT NULL, done_at <integer>, done_by <text>,
                done_person_id <text>, record <text>, has_problem <integer>, UNIQUE (kind, hazard_id, period))
            """,
            "CREATE INDEX duty_task_by_enterprise ON duty_task (enterprise_id, until_at)",
            "CREATE INDEX duty_task_by_hazard ON duty_task (hazard_id, role, until_at)",
            "CREATE INDEX duty_task_open ON duty_task (until_at) WHERE done_at IS NULL",
            """
            CREATE TABLE duty_photo (
                id <text> PRIMARY KEY, task_id <text>, work_id <text>, enterprise_id <text> NOT NULL,
                media_type <text> NOT NULL, size <integer> NOT NULL, hash <bytes> NOT NULL, bytes <bytes> NOT NULL,
                taken_at <integer> NOT NULL, taken_by <text> NOT NULL)
            """,
            "CREATE INDEX duty_photo_by_task ON duty_photo (task_id)",
            // 特殊作业: what was really done on the site, one row an operation.
            """
            CREATE TABLE special_work (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id), hazard_id <text>,
                day <integer> NOT NULL, work <text> NOT NULL, place <text> NOT NULL, permit <text> NOT NULL,
                recorded_at <integer> NOT NULL, recorded_by <text> NOT NULL)
            """,
            "CREATE INDEX special_work_by_day ON special_work (enterprise_id, day)",
            """
            CREATE TABLE root_cause (
                id <text> PRIMARY KEY, enterprise_id <text> NOT NULL REFERENCES enterprise (id), hazard_id <text>,
                point_id <text> NOT NULL REFERENCES point (id), side <text> NOT NULL CHECK (side IN ('high','low')),
                alarms <text> NOT NULL, alarm_count <integer> NOT NULL, first_at <integer> NOT NULL,
                last_at <integer> NOT NULL, opened_at <integer> NOT NULL, due_at <integer> NOT NULL,
                overdue_at <integer>, submitted_at <integer>, submitted_by <text>, cause <text>, measures <text>,
                responsible <text>, finish_by <integer>, finished_at <integer>, finished_by <text>, finish_note <text>)
            """,
            // Which alarms came back within the week.
            "CREATE INDEX alarm_by_opening ON alarm (opened_at)",
            "CREATE UNIQUE INDEX root_cause_open ON root_cause (point_id, side) WHERE submitted_at IS NULL",
            "CREATE INDEX root_cause_by_enterprise ON root_cause (enterprise_id, opened_at)",
        ])
}
