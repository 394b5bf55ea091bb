public import Domain
public import Kernel

extension SettingStore {
    /// What was set, or the usual values.
    public static func load<Settings: ParameterSettings>(
        _ key: String, as type: Settings.Type = Settings.self, in session: inout Session
    ) throws(StorageError) -> Settings {
        try json(key, in: &session).map { Settings(json: $0) } ?? Settings.usual
    }

    /// When a key was last written.
    public static func changedAt(_ key: String, in session: inout Session) throws(StorageError) -> Timestamp? {
        try session.first("SELECT changed_at FROM setting WHERE key = \(key)") { row throws(StorageError) in
            row.next() as Timestamp
        }
    }
}

/// Time limits of filings.
public enum FilingSettingsStore {
    public static let key = "filing.rules"

    public static func load(in session: inout Session) throws(StorageError) -> FilingRules {
        try SettingStore.load(key, in: &session)
    }

    /// The rules for one filing: a decision that waits keeps the time limit under which it was asked for.
    public static func load(of filing: FilingID, in session: inout Session) throws(StorageError) -> FilingRules {
        var rules = try load(in: &session)
        let waiting = try session.first(
            """
            SELECT asked_at, due_at FROM filing_decision WHERE filing_id = \(filing) AND decided_at IS NULL
            ORDER BY ordinal DESC LIMIT 1
            """
        ) { row throws(StorageError) in (asked: row.next() as Timestamp, due: row.next() as Timestamp) }
        if let waiting { rules.confirmWithin = waiting.due - waiting.asked }
        return rules
    }
}

/// How data quality is judged and weighed.
public enum QualitySettingsStore {
    public static let weightsKey = "quality.weights"
    public static let scanKey = "quality.scan"

    public static func weights(in session: inout Session) throws(StorageError) -> QualityWeights {
        try SettingStore.load(weightsKey, in: &session)
    }

    public static func scan(in session: inout Session) throws(StorageError) -> ScanSettings {
        try SettingStore.load(scanKey, in: &session)
    }
}

/// Set where the register is the invented city: every document then says so, and nothing takes it away.
public enum DemonstrationMark {
    public static let key = "demonstration"
}
