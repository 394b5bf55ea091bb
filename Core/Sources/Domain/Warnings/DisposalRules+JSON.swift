public import Kernel

extension DisposalRules {
    /// As stored with a rule version and with each warning.
    public var json: JSON {
        func clock(_ level: Level) -> JSON {
            [
                "cautionMs": .integer(clocks[level].cautionPeriod.milliseconds),
                "supervisionMs": .integer(clocks[level].supervisionDelay.milliseconds),
                "additional": .recipients(additionalRecipients[level]),
            ]
        }
        return [
            "version": .integer(version), "yellow": clock(.yellow), "orange": clock(.orange), "red": clock(.red),
            "reportWithinMs": .integer(reportWithin.milliseconds),
            "reboundWithinMs": .integer(reboundWithin.milliseconds),
            "cascadeLowerTimers": .bool(cascadeLowerTimers),
            "approvalTakenAsGiven": .bool(approvalTakenAsGiven),
        ]
    }

    public init?(json: JSON) {
        let reader = PayloadReader(json: json)
        guard let version = reader.integer("version"), let report = reader.integer("reportWithinMs"),
            let rebound = reader.integer("reboundWithinMs"), let cascade = reader.bool("cascadeLowerTimers"),
            let given = reader.bool("approvalTakenAsGiven")
        else { return nil }
        var rules = DisposalRules.statutory
        for level in Level.warnings {
            guard let part = json[level.name].map(PayloadReader.init), let caution = part.integer("cautionMs"),
                let supervision = part.integer("supervisionMs"), let additional = part.recipients("additional")
            else { return nil }
            rules.clocks[level] = Clock(
                cautionPeriod: .milliseconds(caution), supervisionDelay: .milliseconds(supervision))
            rules.additionalRecipients[level] = additional
        }
        rules.version = version
        rules.reportWithin = .milliseconds(report)
        rules.reboundWithin = .milliseconds(rebound)
        rules.cascadeLowerTimers = cascade
        rules.approvalTakenAsGiven = given
        self = rules
    }
}
