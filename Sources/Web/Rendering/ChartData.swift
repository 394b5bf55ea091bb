import Domain
import Kernel
import Storage

/// One reading of a curve.
struct HistorySample: Sendable {
    var at: Timestamp
    var value: Double
    var isBad: Bool
}

/// What a curve shows: readings, limits, and what happened on the time axis.
struct ChartData: Sendable {
    struct Limit: Sendable {
        var word: String
        var value: Double
        var isOuter: Bool
        /// Names of low limits stand under their line, so that two near lines do not write over each other.
        var labelOffset: Double
    }
    struct Mark: Sendable {
        var at: Timestamp
        var level: Level
    }
    struct Band: Sendable {
        var from: Timestamp
        var until: Timestamp
        var word: String
    }

    var sheet: PointSheet
    var from: Timestamp
    var to: Timestamp
    var samples: [HistorySample]
    var limits: [Limit]
    var marks: [Mark]
    var bands: [Band]

    /// Without the readings, which the intake holds; nil where there is no such point in the scope.
    static func read(
        _ point: PointID, scope: Scope, from: Timestamp, to: Timestamp, in session: inout Session
    ) throws(StorageError) -> ChartData? {
        guard let sheet = try PointSheet.find(point, scope: scope, in: &session) else { return nil }
        let marks = try sheet.hazard.map { hazard throws(StorageError) in
            try RiskChanges.rises(of: hazard, from: from, to: to, in: &session)
        }
        let bands = try ExemptionListing.approved(of: point, from: from, to: to, in: &session)
        return ChartData(
            sheet: sheet, from: from, to: to,
            samples: [], limits: limits(of: sheet), marks: (marks ?? []).map { Mark(at: $0.at, level: $0.to) },
            bands: bands.map { Band(from: $0.from, until: $0.until ?? to, word: "报备") })
    }

    static func limits(of sheet: PointSheet) -> [Limit] {
        func limit(_ state: String, _ value: Double?, isOuter: Bool) -> Limit? {
            value.map { value in
                Limit(
                    word: Points.state(state, kind: sheet.kind), value: value, isOuter: isOuter,
                    labelOffset: state == "high" || state == "lowLow" ? 20 : -6)
            }
        }
        return [
            limit("highHigh", sheet.highHigh, isOuter: true), limit("high", sheet.high, isOuter: false),
            limit("low", sheet.low, isOuter: false), limit("lowLow", sheet.lowLow, isOuter: true),
        ].compactMap(\.self)
    }
}
