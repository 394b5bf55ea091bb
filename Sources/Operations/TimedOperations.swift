public import Storage

/// A part of the platform with deadlines of its own in `due`: what the server's job of that kind needs.
public protocol TimedOperations: SendableMetatype {
    static var dueKind: DueStore.Kind { get }

    /// Once at start, before any deadline is acted on: makes sure that the part's timers run.
    static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError)

    /// Acts on the deadline of one id, and sets or removes the next one.
    static func elapse(
        _ id: String, context: inout OperationContext, in session: inout Session
    ) throws(StorageError)
}

extension TimedOperations {
    public static func arm(context: inout OperationContext, in session: inout Session) throws(StorageError) {}

    /// Acts on what is due up to and including now, earliest first; how many there were. The caller repeats while this
    /// equals `limit`.
    public static func runDue(
        context: inout OperationContext, in session: inout Session, limit: Int = 256
    ) throws(StorageError) -> Int {
        let rows = try DueStore.due(dueKind, through: context.now, limit: limit, in: &session)
        for row in rows { try elapse(row.id, context: &context, in: &session) }
        return rows.count
    }
}
