extension Migration {
    /// Problems, patrols, special periods, attendance (patrol measures Art. 3–9, 14).
    static let inspections = Migration(
        name: "0007-inspections", statements: problems + siteChecks + patrols + specialPeriods + offices + circulars)

    private static let problems = [
        // A projection of the problem's stream in the log, for lists and figures.
        """
        CREATE TABLE problem (
            id <text> PRIMARY KEY, source_kind <text> NOT NULL
                CHECK (source_kind IN ('patrol','spotCheck','quality','siteCheck')),
            source_id <text> NOT NULL, subject_kind <text> NOT NULL CHECK (subject_kind IN ('authority','enterprise')),
            authority_id <text>, enterprise_id <text>, hazard_id <text>,
            severity <text> NOT NULL CHECK (severity IN ('general','serious','majorHiddenDanger')),
            topic <text> NOT NULL, content <text> NOT NULL,
            stage <text> NOT NULL CHECK (stage IN ('raised','ordered','rectified','rechecked','closed')),
            finder_id <text> NOT NULL, holder_id <text> NOT NULL, last_id <text> NOT NULL,
            raised_at <integer> NOT NULL, raised_by <text> NOT NULL, delivered_at <integer>,
            mode <text> CHECK (mode IN ('atOnce','limited')), measures <text>, ordered_at <integer>,
            deadline <integer>, feedback_due_at <integer>, responded_at <integer>, rectified_at <integer>,
            recheck_result <text>, rechecked_at <integer>, closed_at <integer>,
            supervised_at <integer>, supervised_by <text>, supervision_number <text>, supervision_lifted_at <integer>,
            is_holder_overdue <integer> NOT NULL, is_feedback_overdue <integer> NOT NULL,
            was_overdue <integer> NOT NULL, version <integer> NOT NULL, next_due_at <integer>)
        """,
        "CREATE INDEX problem_by_enterprise ON problem (enterprise_id, raised_at)",
        "CREATE INDEX problem_by_authority ON problem (authority_id, raised_at)",
        "CREATE INDEX problem_by_finder ON problem (finder_id, raised_at)",
        "CREATE INDEX problem_by_source ON problem (source_kind, source_id)",
        "CREATE INDEX problem_by_supervisor ON problem (supervised_by, supervised_at)",
        "CREATE INDEX problem_open ON problem (stage, deadline)",
        // The offices a problem passes, in order; `received_at` NULL: not yet.
        """
        CREATE TABLE problem_office (
            problem_id <text> NOT NULL REFERENCES problem (id), position <integer> NOT NULL,
            authority_id <text> NOT NULL, received_at <integer>, PRIMARY KEY (problem_id, position))
        """,
        "CREATE INDEX problem_office_by_authority ON problem_office (authority_id, received_at)",
        """
        CREATE TABLE problem_penalty (
            problem_id <text> NOT NULL REFERENCES problem (id), ordinal <integer> NOT NULL, number <text> NOT NULL,
            cause <text> NOT NULL, amount_yuan <integer> NOT NULL, authority_id <text> NOT NULL,
            registered_at <integer> NOT NULL, PRIMARY KEY (problem_id, ordinal))
        """,
        // Pictures and papers of problems, site checks and circulars. The owner decides who may see them.
        """
        CREATE TABLE inspection_file (
            id <text> PRIMARY KEY, owner_kind <text> NOT NULL CHECK (owner_kind IN ('problem','siteCheck','circular')),
            owner_id <text> NOT NULL, name <text> NOT NULL, type <text> NOT NULL, bytes_count <integer> NOT NULL,
            hash <bytes> NOT NULL, content <bytes> NOT NULL, uploaded_at <integer> NOT NULL,
            uploaded_by <text> NOT NULL)
        """,
        "CREATE INDEX inspection_file_by_owner ON inspection_file (owner_kind, owner_id)",
    ]

    private static let siteChecks = [
        // 现场核查单: four blocks, photos, who checked (XC-06); fed back to the office that ordered it (XC-07, SZ-11).
        """
        CREATE TABLE site_check (
            id <text> PRIMARY KEY, enterprise_id <text> NOT NULL, hazard_id <text>, warning_id <text>,
            problem_id <text>, ordered_by <text>, executor_id <text> NOT NULL, reason <text> NOT NULL,
            ordered_at <integer> NOT NULL, due_at <integer> NOT NULL, application <text>, risk_control <text>,
            process <text>, management <text>, conclusion <text>, checkers <text>, checked_at <integer>,
            submitted_at <integer>, submitted_by <text>, is_late <integer> NOT NULL DEFAULT 0,
            is_overdue <integer> NOT NULL DEFAULT 0)
        """,
        "CREATE INDEX site_check_by_enterprise ON site_check (enterprise_id, ordered_at)",
        "CREATE INDEX site_check_by_executor ON site_check (executor_id, submitted_at)",
    ]

    private static let patrols = [
        // One row an office and day: what had to be done, and whether it was (XC-10, XC-14…16).
        """
        CREATE TABLE patrol_day (
            office_id <text> NOT NULL, day <integer> NOT NULL, available <integer> NOT NULL,
            needed_divisions <integer> NOT NULL, needed_patrols <integer> NOT NULL, factor <integer> NOT NULL,
            special_reason <text>, is_made_up <integer> NOT NULL, generated_at <integer> NOT NULL,
            done_divisions <integer> NOT NULL DEFAULT 0, done_patrols <integer> NOT NULL DEFAULT 0,
            completed_at <integer>, closed_at <integer>, PRIMARY KEY (office_id, day))
        """,
        "CREATE INDEX patrol_day_by_day ON patrol_day (day)",
        // Whom to patrol and why: the candidates of the day in their order, and the follow-ups.
        """
        CREATE TABLE patrol_task (
            id <text> PRIMARY KEY, office_id <text> NOT NULL, day <integer> NOT NULL, subject_id <text> NOT NULL,
            kind <text> NOT NULL CHECK (kind IN ('routine','special','followUp')), rank <integer> NOT NULL,
            is_suggested <integer> NOT NULL, history_score <integer> NOT NULL, risk_score <integer> NOT NULL,
            application_score <integer> NOT NULL, waiting_score <integer> NOT NULL, explanation <text> NOT NULL,
            problem_id <text>, due_at <integer> NOT NULL, patrol_id <text>)
        """,
        "CREATE INDEX patrol_task_by_office ON patrol_task (office_id, day)",
        "CREATE UNIQUE INDEX patrol_task_follow_up ON patrol_task (problem_id, due_at) WHERE problem_id IS NOT NULL",
        """
        CREATE TABLE patrol (
            id <text> PRIMARY KEY, office_id <text> NOT NULL, acting_id <text> NOT NULL, day <integer> NOT NULL,
            subject_id <text> NOT NULL, division <text> NOT NULL, is_counted <integer> NOT NULL,
            kind <text> NOT NULL CHECK (kind IN ('routine','special','followUp')), problem_id <text>,
            conclusion <text>, answers <text> NOT NULL, inspector <text> NOT NULL, contact <text>,
            abnormal_count <integer> NOT NULL, submitted_at <integer> NOT NULL, submitted_by <text> NOT NULL)
        """,
        "CREATE INDEX patrol_by_office ON patrol (office_id, day)",
        "CREATE INDEX patrol_by_subject ON patrol (subject_id, day)",
        // An office's own items besides the four of the law; retired, never deleted (XC-38).
        """
        CREATE TABLE patrol_item (
            id <text> PRIMARY KEY, authority_id <text> NOT NULL, title <text> NOT NULL, created_at <integer> NOT NULL,
            created_by <text> NOT NULL, retired_at <integer>)
        """,
    ]

    private static let specialPeriods = [
        // 特殊时段 of an administrator's own list; the holidays come from the calendar that set-up fetches (XC-11).
        """
        CREATE TABLE special_period (
            id <text> PRIMARY KEY, authority_id <text>, name <text> NOT NULL, from_day <integer> NOT NULL,
            until_day <integer> NOT NULL, factor <integer> NOT NULL, created_at <integer> NOT NULL,
            created_by <text> NOT NULL, ended_at <integer>)
        """,
        "CREATE TABLE holiday (day <integer> PRIMARY KEY, name <text> NOT NULL, loaded_at <integer> NOT NULL)",
    ]

    private static let offices = [
        // 专人 (SZ-01): who must act for an office every day.
        """
        CREATE TABLE inspector (
            id <text> PRIMARY KEY, authority_id <text> NOT NULL, account_id <text> NOT NULL,
            from_day <integer> NOT NULL, until_day <integer>, created_at <integer> NOT NULL, created_by <text> NOT NULL)
        """,
        "CREATE INDEX inspector_by_authority ON inspector (authority_id)",
        """
        CREATE TABLE attendance (
            account_id <text> NOT NULL, day <integer> NOT NULL, authority_id <text> NOT NULL,
            first_at <integer> NOT NULL, last_at <integer> NOT NULL, PRIMARY KEY (account_id, day))
        """,
        "CREATE INDEX attendance_by_authority ON attendance (authority_id, day)",
        """
        CREATE TABLE attendance_finding (
            authority_id <text> NOT NULL, day <integer> NOT NULL, kind <text> NOT NULL, count <integer> NOT NULL,
            detail <text> NOT NULL, found_at <integer> NOT NULL, PRIMARY KEY (authority_id, day, kind))
        """,
        // 运维保障单位、联系人 (XC-37) and 专业技术人员 (JC-06).
        """
        CREATE TABLE office_person (
            id <text> PRIMARY KEY, authority_id <text> NOT NULL, kind <text> NOT NULL
                CHECK (kind IN ('operations','staff')),
            organization <text>, name <text> NOT NULL, title <text>, skill <text>, phone <text>,
            created_at <integer> NOT NULL, created_by <text> NOT NULL, left_at <integer>)
        """,
        "CREATE INDEX office_person_by_authority ON office_person (authority_id)",
        // The name under which an office inspects (XC-35, JC-01); technical offices do not supervise or punish (XC-36).
        """
        CREATE TABLE office_profile (
            authority_id <text> PRIMARY KEY, acting_name <text>, is_technical <integer> NOT NULL DEFAULT 0,
            changed_at <integer> NOT NULL, changed_by <text> NOT NULL)
        """,
    ]

    private static let circulars = [
        // 传达到属地相关企业 (SZ-14): handed to enterprises, each signs for it.
        """
        CREATE TABLE circular (
            id <text> PRIMARY KEY, authority_id <text> NOT NULL, title <text> NOT NULL, content <text> NOT NULL,
            sent_at <integer> NOT NULL, sent_by <text> NOT NULL)
        """,
        """
        CREATE TABLE circular_receipt (
            circular_id <text> NOT NULL REFERENCES circular (id), enterprise_id <text> NOT NULL,
            delivered_at <integer> NOT NULL, signed_at <integer>, signed_by <text>,
            PRIMARY KEY (circular_id, enterprise_id))
        """,
        "CREATE INDEX circular_receipt_by_enterprise ON circular_receipt (enterprise_id)",
    ]
}
