public import Domain
public import Kernel
public import Storage

/// The life of warnings in the database. Each function runs inside one transaction of the caller.
public enum WarningOperations: TimedOperations {
    public static var dueKind: DueStore.Kind { .warning }

    /// The level of a source has become this: by the model, or set outright in a drill.
    public static func riskChanged(
        hazard: HazardID, to level: Level, cause: JSON, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let episodes = try episodes(of: hazard, context: &context, in: &session)
        if let standing = episodes.standing(at: context.now) {
            let alarms = standing.level == .blue ? try WarningStore.openAlarms(of: hazard, in: &session) : []
            let command = WarningCommand.setLevel(level, openAlarms: alarms, cause: cause)
            try act(command, on: standing.id, context: &context, in: &session)
        } else if level > .blue {
            try raise(hazard, to: level, cause: cause, context: &context, in: &session)
        }
    }

    /// An alarm of the source has opened: it belongs to the warning that stands, if one does.
    public static func alarmOpened(
        _ alarm: AlarmID, hazard: HazardID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        if let latest = try episodes(of: hazard, context: &context, in: &session).latest {
            try act(.alarmOpened(alarm), on: latest.id, context: &context, in: &session)
        }
    }

    /// An alarm of the source has cleared, or was exempted with the regulator's approval.
    public static func alarmCleared(
        _ alarm: AlarmID, hazard: HazardID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        for warning in try episodes(of: hazard, context: &context, in: &session).open {
            try act(.alarmCleared(alarm), on: warning.id, context: &context, in: &session)
        }
    }

    /// After an outage what is due was missed: each warning makes it up before anything else happens.
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {
        for id in try missed(context: context, in: &session) { try recover(id, context: &context, in: &session) }
    }

    public static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try elapse(WarningID(id), context: &context, in: &session)
    }

    /// Acts on every deadline of one warning up to and including now.
    public static func elapse(
        _ id: WarningID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try act(.elapse, on: id, context: &context, in: &session)
    }

    /// After an outage (T8): what was due before now was missed; one late caution a clock, every supervision. Run once
    /// at start, before anything else.
    public static func recover(
        _ id: WarningID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try act(.recover, on: id, context: &context, in: &session)
    }

    /// The warnings with a deadline up to and including now: what `recover` is for at start.
    public static func missed(
        context: OperationContext, in session: inout Session
    ) throws(StorageError) -> [WarningID] {
        try DueStore.due(.warning, through: context.now, limit: 1_000_000, in: &session).map { WarningID($0.id) }
    }

    /// What a person asks of a warning. The caller has checked that the account may speak for the person or the
    /// authority that the command names.
    /// - Parameter scope: of the caller; a warning outside it is `.notFound`.
    @discardableResult
    public static func perform(
        _ command: WarningCommand, on id: WarningID, scope: Scope, context: inout OperationContext,
        in session: inout Session
    ) throws(WarningFailure) -> Warning {
        do {
            guard let reference = try WarningStore.reference(id, scope: scope, in: &session) else {
                throw WarningFailure.notFound
            }
            let current = try warning(reference, context: &context, in: &session)
            return try decide(command, on: current, context: &context, in: &session)
        } catch let error as StorageError {
            throw .storage(error)
        } catch let error as WarningFailure {
            throw error
        } catch {
            preconditionFailure("no other error is thrown here")
        }
    }

    /// The open episodes of a source.
    public static func episodes(
        of hazard: HazardID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> Episodes {
        var open: [Warning] = []
        for reference in try WarningStore.open(of: hazard, in: &session) {
            open.append(try warning(reference, context: &context, in: &session).warning)
        }
        // Only a cleared episode can have a later one that is closed already.
        guard open.last?.clearedAt != nil else { return Episodes(open: open) }
        return Episodes(open: open, lastOrdinal: try WarningStore.nextOrdinal(of: hazard, in: &session) - 1)
    }
}

extension WarningOperations {
    /// A command of the system itself: these are never refused.
    private static func act(
        _ command: WarningCommand, on id: WarningID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        guard let reference = try WarningStore.reference(id, scope: .system, in: &session) else {
            // A deadline of a warning that does not exist: damage, which must not stop the other deadlines.
            try DueStore.set(.warning, id: id.rawValue, at: nil, in: &session)
            return
        }
        let current = try warning(reference, context: &context, in: &session)
        do {
            try decide(command, on: current, context: &context, in: &session)
        } catch {
            switch error {
            case .storage(let failure): throw failure
            case .refused(.isClosed): return
            case .refused(let refusal): preconditionFailure("the system was refused: \(refusal)")
            case .notFound: preconditionFailure("it was found above")
            }
        }
    }

    @discardableResult
    private static func decide(
        _ command: WarningCommand, on current: VersionedWarning, context: inout OperationContext,
        in session: inout Session
    ) throws(WarningFailure) -> Warning {
        do {
            let contact = try contact(of: current.warning.hazard, context: &context, in: &session)
            let events: [WarningEvent]
            do throws(WarningRefusal) {
                events = try current.warning.decide(command, at: context.now, routing: contact.routing)
            } catch { throw WarningFailure.refused(error) }
            var recorder = WarningRecorder(current: current, contact: contact)
            for event in events { try recorder.record(event, context: &context, in: &session) }
            try recorder.finish(context: &context, in: &session)
            return recorder.current.warning
        } catch let error as StorageError {
            throw .storage(error)
        } catch let error as WarningFailure {
            throw error
        } catch {
            preconditionFailure("no other error is thrown here")
        }
    }

    private static func raise(
        _ hazard: HazardID, to level: Level, cause: JSON, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        let contact = try contact(of: hazard, context: &context, in: &session)
        let id = WarningID(context.ids.next("W", at: context.now))
        let rules = try RuleStore.rules(
            for: contact.routing.enterprise, at: context.now, base: context.defaultRules, in: &session)
        let events = Warning.raise(
            id: id, hazard: hazard, ordinal: try WarningStore.nextOrdinal(of: hazard, in: &session), level: level,
            openAlarms: try WarningStore.openAlarms(of: hazard, in: &session), cause: cause, rules: rules,
            routing: contact.routing, at: context.now)
        guard case .raised(let raised)? = events.first else { preconditionFailure("a raise begins with raised") }
        let warning = Warning(id: id, raised: raised, at: context.now)
        var recorder = WarningRecorder(current: VersionedWarning(warning: warning, version: 0), contact: contact)
        for event in events { try recorder.record(event, context: &context, in: &session) }
        try recorder.finish(context: &context, in: &session)
    }

    /// From the context where the version still stands, else from the log.
    private static func warning(
        _ reference: WarningStore.Reference, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> VersionedWarning {
        if let known = context.warnings[reference.id], known.version == reference.version { return known }
        let loaded = VersionedWarning(
            warning: try WarningStore.load(reference.id, in: &session), version: reference.version)
        context.warnings[reference.id] = loaded
        return loaded
    }

    private static func contact(
        of hazard: HazardID, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) -> HazardContact {
        if let known = context.contacts[hazard] { return known }
        let contact = try ContactStore.contact(of: hazard, in: &session)
        context.contacts[hazard] = contact
        return contact
    }
}
