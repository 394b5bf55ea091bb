import Domain
public import Kernel

/// What an administrator may set about inspections. All of it is ours. [本项目约定]
public struct InspectionSettings: Hashable, Sendable {
    /// How many times the ordinary work on a holiday.
    public var holidayFactor = SpecialPeriods.usualFactor
    /// The hours at which an office that is not done yet is reminded.
    public var reminderHours = [16, 20]

    public init() {}
}

public enum InspectionSettingsStore {
    private static let key = "inspection.settings"

    public static func load(in session: inout Session) throws(StorageError) -> InspectionSettings {
        var settings = InspectionSettings()
        guard let json = try SettingStore.json(key, in: &session) else { return settings }
        settings.holidayFactor = json["holidayFactor"]?.integer.map { Int($0) } ?? settings.holidayFactor
        let hours = (json["reminderHours"]?.array ?? []).compactMap(\.integer).map { Int($0) }
        if !hours.isEmpty { settings.reminderHours = hours }
        return settings
    }

    public static func save(
        _ settings: InspectionSettings, at now: Timestamp, in session: inout Session
    ) throws(StorageError) {
        let json: JSON = [
            "holidayFactor": .integer(Int64(settings.holidayFactor)),
            "reminderHours": .array(settings.reminderHours.map { .integer(Int64($0)) }),
        ]
        try SettingStore.set(key, json, at: now, in: &session)
    }
}
