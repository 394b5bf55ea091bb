extension Migration {
    /// Scores and findings of data quality (data quality Art. 2–11).
    static let quality = Migration(
        name: "0009-quality",
        statements: [
            // What becomes of a finding: handed down, rectified, checked again. One row a row of `finding`.
            """
            CREATE TABLE quality_finding (
                finding_id <text> PRIMARY KEY REFERENCES finding (id), enterprise_id <text> NOT NULL,
                rule <text> NOT NULL, equipment_id <text>,
                state <text> NOT NULL CHECK (state IN ('found','assigned','rectified','closed','dismissed')),
                severity <text> NOT NULL, found_at <integer> NOT NULL, deadline_at <integer>, overdue_at <integer>,
                rectified_at <integer>, rectified_by <text>, ended_at <integer>, reopened_count <integer> NOT NULL,
                is_supervised <integer> NOT NULL, problem_id <text>, version <integer> NOT NULL, evidence <text>)
            """,
            "CREATE INDEX quality_finding_by_enterprise ON quality_finding (enterprise_id, state)",
            "CREATE INDEX quality_finding_by_rule ON quality_finding (rule, state)",
            """
            CREATE TABLE quality_step (
                finding_id <text> NOT NULL, ordinal <integer> NOT NULL, kind <text> NOT NULL, at <integer> NOT NULL,
                actor <text> NOT NULL, note <text> NOT NULL, PRIMARY KEY (finding_id, ordinal))
            """,
            // What one day of a point left behind; the traces are dropped after a week, the rest after a month.
            """
            CREATE TABLE quality_day (
                point_id <text> NOT NULL, day <integer> NOT NULL, enterprise_id <text> NOT NULL,
                figures <bytes> NOT NULL, traces <bytes>, PRIMARY KEY (point_id, day))
            """,
            "CREATE INDEX quality_day_by_enterprise ON quality_day (enterprise_id, day)",
            // Enterprises whose day is still to be read, and those read: the scanner's book.
            """
            CREATE TABLE quality_scan (
                enterprise_id <text> NOT NULL, day <integer> NOT NULL, asked_at <integer> NOT NULL, done_at <integer>,
                readings <integer>, found <integer>, PRIMARY KEY (enterprise_id, day))
            """,
            "CREATE INDEX quality_scan_waiting ON quality_scan (day, enterprise_id) WHERE done_at IS NULL",
            // The parts of a day's score: numerator and denominator of each dimension, one row a thing.
            """
            CREATE TABLE quality_item (
                day <integer> NOT NULL, enterprise_id <text> NOT NULL, subject_kind <text> NOT NULL
                    CHECK (subject_kind IN ('point','equipment','hazard')),
                subject_id <text> NOT NULL, name <text> NOT NULL, hazard_id <text>,
                truth_part <integer> NOT NULL, truth_whole <integer> NOT NULL, promptness_part <integer> NOT NULL,
                promptness_whole <integer> NOT NULL, completeness_part <integer> NOT NULL,
                completeness_whole <integer> NOT NULL, standard_part <integer> NOT NULL,
                standard_whole <integer> NOT NULL, accuracy_part <integer> NOT NULL, accuracy_whole <integer> NOT NULL,
                PRIMARY KEY (day, enterprise_id, subject_kind, subject_id))
            """,
            """
            CREATE TABLE quality_score (
                day <integer> NOT NULL, enterprise_id <text> NOT NULL,
                truth_part <integer> NOT NULL, truth_whole <integer> NOT NULL, promptness_part <integer> NOT NULL,
                promptness_whole <integer> NOT NULL, completeness_part <integer> NOT NULL,
                completeness_whole <integer> NOT NULL, standard_part <integer> NOT NULL,
                standard_whole <integer> NOT NULL, accuracy_part <integer> NOT NULL, accuracy_whole <integer> NOT NULL,
                PRIMARY KEY (day, enterprise_id))
            """,
            // How many gas detectors the enterprise's own ledger counts (Art. 4).
            """
            CREATE TABLE gas_ledger (
                enterprise_id <text> PRIMARY KEY REFERENCES enterprise (id), detectors <integer> NOT NULL,
                told_at <integer> NOT NULL, told_by <text> NOT NULL)
            """,
        ])
}
