/// Everything that can be found wrong with data, under one name each: what is missing or wrong in the register, what
/// the values themselves betray, and what the intake met on the way.
public enum QualityRule: String, CaseIterable, Hashable, Sendable {
    // Met by the intake.
    case futureTime, backfillMarkIgnored, sequenceConflict, missedAlarm, missedAlarmInBackfill, laxerEdgeLimit
    case alarmEndedByLimitChange, registerDifference, unstableConnection
    // The register.
    case hazardWithoutPoints, hazardWithoutCamera, noControlRoomCamera, missingQuantity, neverConnected
    case gasLedgerGap, responsibleMissing
    case limitsMissing, limitsIllogical, highAtRangeTop, gasLimitBeyondStandard, unitMissing
    case duplicateName, vagueName, deviceAlias, gasWithoutPlace, equipmentIncomplete
    // The values.
    case frozen, neverChanged, replayed, repeated, tooSmooth, interpolated, clamped, resolutionChanged
    case jump, impossibleRate, outOfRange, badQuality, clockOff
    // What happens around them.
    case longOffline, cameraOffline, massOffline, repeatedRebound, commitmentContradicted

    public enum Severity: String, CaseIterable, Hashable, Sendable {
        case general, serious

        public var label: String {
            switch self {
            case .general: "一般"
            case .serious: "严重"
            }
        }
    }

    /// The three kinds that the province puts first (SZ-10).
    public enum Pinned: String, CaseIterable, Hashable, Sendable {
        case notSet, dataOffline, videoOffline

        public var label: String {
            switch self {
            case .notSet: "数据未正确设置"
            case .dataOffline: "数据不在线"
            case .videoOffline: "视频不在线"
            }
        }
    }

    public var dimension: QualityDimension {
        switch self {
        case .futureTime, .backfillMarkIgnored, .clockOff, .longOffline, .cameraOffline, .unstableConnection:
            .promptness
        case .sequenceConflict, .missedAlarm, .missedAlarmInBackfill, .laxerEdgeLimit, .alarmEndedByLimitChange,
            .frozen, .neverChanged, .replayed, .repeated, .tooSmooth, .interpolated, .clamped, .resolutionChanged,
            .massOffline, .repeatedRebound, .commitmentContradicted:
            .truth
        case .hazardWithoutPoints, .hazardWithoutCamera, .noControlRoomCamera, .missingQuantity, .neverConnected,
            .gasLedgerGap, .responsibleMissing:
            .completeness
        case .limitsMissing, .limitsIllogical, .highAtRangeTop, .gasLimitBeyondStandard, .unitMissing, .duplicateName,
            .vagueName, .deviceAlias, .gasWithoutPlace, .equipmentIncomplete, .registerDifference:
            .standard
        case .jump, .impossibleRate, .outOfRange, .badQuality: .accuracy
        }
    }

    /// Whether data may have been made up or an alarm kept down (Art. 8): serious. [本项目约定]
    public var severity: Severity {
        switch self {
        case .sequenceConflict, .missedAlarm, .missedAlarmInBackfill, .laxerEdgeLimit, .replayed, .repeated, .tooSmooth,
            .interpolated, .clamped, .massOffline, .hazardWithoutPoints, .limitsMissing, .limitsIllogical,
            .gasLimitBeyondStandard, .longOffline:
            .serious
        case .futureTime, .backfillMarkIgnored, .alarmEndedByLimitChange, .hazardWithoutCamera, .noControlRoomCamera,
            .missingQuantity, .neverConnected, .gasLedgerGap, .responsibleMissing, .highAtRangeTop, .unitMissing,
            .duplicateName, .vagueName, .deviceAlias, .gasWithoutPlace, .equipmentIncomplete, .frozen, .neverChanged,
            .resolutionChanged, .jump, .impossibleRate, .outOfRange, .badQuality, .clockOff, .cameraOffline,
            .repeatedRebound, .commitmentContradicted, .registerDifference, .unstableConnection:
            .general
        }
    }

    public var pinned: Pinned? {
        switch self {
        case .limitsMissing, .limitsIllogical, .highAtRangeTop, .gasLimitBeyondStandard, .unitMissing: .notSet
        case .longOffline, .neverConnected, .massOffline, .unstableConnection: .dataOffline
        case .cameraOffline: .videoOffline
        case .futureTime, .backfillMarkIgnored, .sequenceConflict, .missedAlarm, .missedAlarmInBackfill,
            .laxerEdgeLimit, .alarmEndedByLimitChange, .hazardWithoutPoints, .hazardWithoutCamera,
            .noControlRoomCamera, .missingQuantity, .gasLedgerGap, .responsibleMissing, .duplicateName, .vagueName,
            .deviceAlias, .gasWithoutPlace, .equipmentIncomplete, .frozen, .neverChanged, .replayed, .repeated,
            .tooSmooth, .interpolated, .clamped, .resolutionChanged, .jump, .impossibleRate, .outOfRange,
            .badQuality, .clockOff, .repeatedRebound, .commitmentContradicted, .registerDifference:
            nil
        }
    }

    /// A check of the register or of a state sees by itself when the matter is gone; what values showed on a day stays
    /// until a person has looked.
    public var endsByItself: Bool {
        switch self {
        case .hazardWithoutPoints, .hazardWithoutCamera, .noControlRoomCamera, .missingQuantity, .neverConnected,
            .gasLedgerGap, .responsibleMissing, .limitsMissing, .limitsIllogical, .highAtRangeTop,
            .gasLimitBeyondStandard, .unitMissing, .duplicateName, .vagueName, .deviceAlias, .gasWithoutPlace,
            .equipmentIncomplete, .longOffline, .cameraOffline, .laxerEdgeLimit:
            true
        case .futureTime, .backfillMarkIgnored, .sequenceConflict, .missedAlarm, .missedAlarmInBackfill,
            .alarmEndedByLimitChange, .frozen, .neverChanged, .replayed, .repeated, .tooSmooth, .interpolated,
            .clamped, .resolutionChanged, .jump, .impossibleRate, .outOfRange, .badQuality, .clockOff, .massOffline,
            .repeatedRebound, .commitmentContradicted, .registerDifference, .unstableConnection:
            false
        }
    }
}
