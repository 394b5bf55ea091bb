public import Kernel

/// What happens by itself around the commitment, and when.
public enum CommitmentStep: Hashable, Sendable {
    /// 0:00: who is in use today, and therefore must commit.
    case begin(Day)
    /// The enterprises that have not committed are reminded.
    case remind(Day, Interval)
    /// 10:00: the regulators get the list of the missing.
    case listMissing(Day)

    public var at: Timestamp {
        switch self {
        case .begin(let day): day.start
        case .remind(let day, let time): day.start + time
        case .listMissing(let day): CommitmentRules.deadline(of: day)
        }
    }
}

extension CommitmentRules {
    /// The steps after `start` up to and including `end`, in order. After an outage a reminder whose deadline has
    /// passed is of no use and is left out; days begun and lists of the missing are made up.
    public func steps(after start: Timestamp, through end: Timestamp) -> [CommitmentStep] {
        guard start < end else { return [] }
        var found: [CommitmentStep] = []
        var day = Day(start)
        let last = Day(end)
        while day <= last {
            var steps: [CommitmentStep] = [.begin(day), .listMissing(day)]
            if end < Self.deadline(of: day) {
                // Of several reminders that are due at once, one is enough.
                let due = Set(reminders).map { CommitmentStep.remind(day, $0) }
                    .filter { $0.at > start && $0.at <= end }
                    .max { $0.at < $1.at }
                if let due { steps.append(due) }
            }
            found += steps.filter { $0.at > start && $0.at <= end }.sorted { $0.at < $1.at }
            day = day.next
        }
        return found
    }

    /// The next instant after `now` at which there is something to do.
    public func nextStep(after now: Timestamp) -> Timestamp {
        let day = Day(now)
        let today = [Self.deadline(of: day)] + reminders.map { day.start + $0 }
        return (today.filter { $0 > now } + [day.next.start]).min() ?? day.next.start
    }
}
