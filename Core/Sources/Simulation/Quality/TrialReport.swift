import Domain

/// The table of a trial, as a page of docs takes it.
public enum TrialReport {
    public static func lines(honest: DetectorTrial, incidents: DetectorTrial) -> [String] {
        var lines = [
            "honest: \(honest.pointDays) days of points, \(honest.honestReadings) readings", "",
            "| rule | honest days | share | days with accidents | share |", "|---|---|---|---|---|",
        ]
        for rule in QualityRule.allCases
        where honest.falseAlarms[rule] != nil || incidents.falseAlarms[rule] != nil {
            let (own, other) = (honest.falseAlarms[rule] ?? 0, incidents.falseAlarms[rule] ?? 0)
            lines.append(
                "| \(rule.rawValue) | \(own) | \(share(own, honest.pointDays)) | \(other) | "
                    + "\(share(other, incidents.pointDays)) |")
        }
        lines += [
            "| any | \(honest.suspectedDays) | \(share(honest.suspectedDays, honest.pointDays)) | "
                + "\(incidents.suspectedDays) | \(share(incidents.suspectedDays, incidents.pointDays)) |",
            "| (variance threshold) | \(honest.varianceAlarms) | \(share(honest.varianceAlarms, honest.pointDays)) | "
                + "\(incidents.varianceAlarms) | \(share(incidents.varianceAlarms, incidents.pointDays)) |",
            "| (correlation of hours) | \(honest.correlationAlarms) | "
                + "\(share(honest.correlationAlarms, honest.pointDays)) | \(incidents.correlationAlarms) | "
                + "\(share(incidents.correlationAlarms, incidents.pointDays)) |", "",
            "| forgery | tried | found | by its own rule | variance threshold | correlation |",
            "|---|---|---|---|---|---|",
        ]
        for kind in Forgery.Kind.allCases {
            guard let tally = honest.forgeries[kind] else { continue }
            lines.append(
                "| \(kind.rawValue) \(kind.label) | \(tally.tried) | \(share(tally.found, tally.tried)) | "
                    + "\(share(tally.foundByOwn, tally.tried)) | \(share(tally.foundByVariance, tally.tried)) | "
                    + "\(share(tally.foundByCorrelation, tally.tried)) |")
        }
        return lines
    }

    /// In percent with one digit; "—" where there was nothing.
    public static func share(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "—" }
        let tenths = Int((Double(part) / Double(whole) * 1_000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
