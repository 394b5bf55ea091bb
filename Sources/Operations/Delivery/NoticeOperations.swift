public import Storage

/// Telling offices, enterprises and persons, besides the warnings' own notices.
public enum NoticeOperations {
    /// Once a key and recipient, however often it is called.
    public static func send(
        _ notice: Notice, context: inout OperationContext, in session: inout Session
    ) throws(StorageError) {
        try NoticeStore.post(notice, at: context.now, in: &session)
    }
}
