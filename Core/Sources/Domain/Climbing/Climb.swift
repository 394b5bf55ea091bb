public import Kernel

/// What happens while nobody acknowledges a warning: the same persons by the next channel, then the enterprise's duty
/// phone, then the regulator's desk. A value beside the warning: it follows the warning's colour and acknowledgement,
/// `decide` says what happens, `apply` makes it so, `nextDeadline` is derived. [本项目约定]
public struct Climb: Hashable, Sendable {
    public enum Step: Int, CaseIterable, Hashable, Sendable {
        case nextChannel = 1
        case dutyPhone = 2
        case desk = 3

        /// The word in data.
        public var name: String {
            switch self {
            case .nextChannel: "nextChannel"
            case .dutyPhone: "dutyPhone"
            case .desk: "desk"
            }
        }

        public init?(name: String) {
            guard let step = Step.allCases.first(where: { $0.name == name }) else { return nil }
            self = step
        }

        public var label: String {
            switch self {
            case .nextChannel: "换通道再送包保责任人"
            case .dutyPhone: "企业 24 小时值班电话"
            case .desk: "主管部门值守台"
            }
        }
    }

    public enum End: String, Hashable, Sendable {
        case acknowledged
        /// The level is back at blue.
        case cleared
        case closed
    }

    /// How the warning stands.
    public struct Standing: Hashable, Sendable {
        public var level: Level
        public var isAcknowledged: Bool
        public var isClosed: Bool

        public init(level: Level, isAcknowledged: Bool, isClosed: Bool) {
            self.level = level
            self.isAcknowledged = isAcknowledged
            self.isClosed = isClosed
        }

        public init(_ warning: Warning) {
            self.init(
                level: warning.level, isAcknowledged: warning.acknowledgedAt != nil, isClosed: warning.closedAt != nil)
        }

        var end: End? {
            if isClosed { return .closed }
            if level == .blue { return .cleared }
            return isAcknowledged ? .acknowledged : nil
        }
    }

    public enum Event: Hashable, Sendable {
        /// From the first step: the warning was raised, or rose to a worse colour.
        case began(Level, within: Interval)
        /// Fell, and still nobody has acknowledged: what is left goes on at the lower colour's pace.
        case slowed(Level, within: Interval)
        case climbed(Step, isLate: Bool)
        case ended(End)
    }

    public private(set) var level: Level
    /// Between two steps; frozen when the colour was reached.
    public private(set) var within: Interval
    /// From here the next step's time runs.
    public private(set) var since: Timestamp
    public private(set) var lastStep: Step?
    public private(set) var end: End?

    /// As stored.
    public init(level: Level, within: Interval, since: Timestamp, lastStep: Step?, end: End?) {
        self.level = level
        self.within = within
        self.since = since
        self.lastStep = lastStep
        self.end = end
    }

    public var isRunning: Bool { end == nil }

    public var nextStep: Step? {
        guard isRunning else { return nil }
        return Step(rawValue: (lastStep?.rawValue ?? 0) + 1)
    }

    /// The next instant at which something happens by itself.
    public var nextDeadline: Timestamp? { nextStep == nil ? nil : since + within }

    /// Every step still to come, with its instant.
    public var plan: [(step: Step, at: Timestamp)] {
        guard let next = nextStep else { return [] }
        let left = Step.allCases.filter { $0.rawValue >= next.rawValue }
        return left.enumerated().map { index, step in (step, since + within * Int64(index + 1)) }
    }

    public mutating func apply(_ event: Event, at now: Timestamp) {
        switch event {
        case .began(let level, let within):
            self = Climb(level: level, within: within, since: now, lastStep: nil, end: nil)
        case .slowed(let level, let within):
            self.level = level
            self.within = within
            since = now
        case .climbed(let step, _):
            // From the deadline and not from the act, so that lag does not add up.
            since = since + within
            lastStep = step
        case .ended(let end): self.end = end
        }
    }
}

extension Climb {
    /// The warning stands so now.
    /// - Parameter climb: nil where the warning was never climbed for.
    public static func follow(
        _ standing: Standing, from climb: Climb?, rules: ClimbRules, at now: Timestamp
    ) -> [Event] {
        guard let end = standing.end else {
            let began = Event.began(standing.level, within: rules.within[standing.level])
            guard let climb else { return [began] }
            if standing.level > climb.level { return [began] }
            // Acknowledged, then fallen, then worse again: every rise asks for a new acknowledgement.
            guard climb.isRunning else { return [began] }
            if standing.level < climb.level {
                return [.slowed(standing.level, within: rules.within[standing.level])]
            }
            return []
        }
        guard let climb, climb.isRunning else { return [] }
        return [.ended(end)]
    }

    /// Every step whose time has come, each once: after an outage the missed ones are made up in their order.
    public func elapse(at now: Timestamp) -> [Event] {
        var climb = self
        var events: [Event] = []
        while let step = climb.nextStep, let due = climb.nextDeadline, due <= now {
            let event = Event.climbed(step, isLate: now - due > Self.lateTolerance)
            climb.apply(event, at: now)
            events.append(event)
        }
        return events
    }

    /// To whom a step goes.
    public static func recipients(of step: Step, routing: Routing) -> [Recipient] {
        switch step {
        case .nextChannel:
            let persons = ResponsibleRole.allCases.compactMap { routing.responsible[$0] }.map(Recipient.person)
            return persons.isEmpty ? [.enterprise(routing.enterprise)] : Set(persons).sorted(by: Recipient.ordered)
        case .dutyPhone: return [.enterprise(routing.enterprise)]
        case .desk: return routing.countyTier.map(Recipient.authority).sorted(by: Recipient.ordered)
        }
    }

    /// A step later than this says that it was made up.
    static let lateTolerance = Interval.minutes(2)
}

extension Climb.Event {
    public var kind: String {
        switch self {
        case .began: "began"
        case .slowed: "slowed"
        case .climbed: "climbed"
        case .ended: "ended"
        }
    }

    /// The payload in the log.
    public var payload: JSON {
        switch self {
        case .began(let level, let within), .slowed(let level, let within):
            ["level": .string(level.name), "withinMs": .integer(within.milliseconds)]
        case .climbed(let step, let isLate): ["step": .string(step.name), "late": .bool(isLate)]
        case .ended(let end): ["reason": .string(end.rawValue)]
        }
    }

    /// Reads an event of the log back.
    public init?(kind: String, payload: JSON) {
        let reader = PayloadReader(json: payload)
        switch kind {
        case "began", "slowed":
            guard let level = reader.level("level"), let within = reader.integer("withinMs") else { return nil }
            self =
                kind == "began"
                ? .began(level, within: .milliseconds(within)) : .slowed(level, within: .milliseconds(within))
        case "climbed":
            guard let step = reader.text("step").flatMap(Climb.Step.init(name:)), let late = reader.bool("late")
            else { return nil }
            self = .climbed(step, isLate: late)
        case "ended":
            guard let end = reader.text("reason").flatMap(Climb.End.init(rawValue:)) else { return nil }
            self = .ended(end)
        default: return nil
        }
    }
}
