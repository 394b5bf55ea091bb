public import Domain
public import Kernel
public import Storage

/// What an operation is given besides its session: the instant, who acts, a source of ids. It collects what was logged,
/// for those who follow (the drill, the live pages). One context a transaction; the drill keeps one for its whole run,
/// since nothing else writes to its database.
public struct OperationContext: Sendable {
    public var now: Timestamp
    /// An account's id, `gateway:<id>`, `system` or `model`.
    public var actor: String
    public var ids: IdentifierSource
    /// The rules under which a warning is raised where no authority has stricter ones.
    public var defaultRules: DisposalRules
    /// What was appended to the log, in order.
    public var journal: [LogEntry] = []
    /// Who is told of a source's warnings, once it was looked up.
    var contacts: [HazardID: HazardContact] = [:]
    /// Warnings met, at the version last seen.
    var warnings: [WarningID: VersionedWarning] = [:]

    public init(
        now: Timestamp, actor: String, ids: IdentifierSource, defaultRules: DisposalRules = .statutory
    ) {
        self.now = now
        self.actor = actor
        self.ids = ids
        self.defaultRules = defaultRules
    }

    /// Who is told of a source's warnings has changed: look it up again.
    mutating func forgetContact(of hazard: HazardID) { contacts[hazard] = nil }

    /// Appends to the log and notes it in the journal; the entry's version in its stream.
    @discardableResult
    public mutating func log(
        stream kind: String, _ id: String, _ event: String, _ payload: JSON, in session: inout Session
    ) throws(StorageError) -> Int64 {
        let entry = LogEntry(
            streamKind: kind, streamID: id, kind: event, at: now, recordedAt: now, actor: actor, payload: payload)
        let version = try session.append(entry)
        journal.append(entry)
        return version
    }
}

/// A warning and the version of its stream.
struct VersionedWarning: Sendable {
    var warning: Warning
    var version: Int64
}
