import Storage

extension TransactionFailure {
    /// Runs queries inside an operation that has refusals of its own: a failure of the database becomes one of them.
    @discardableResult
    static func storing<T>(_ body: () throws(StorageError) -> T) throws(Self) -> T {
        do throws(StorageError) { return try body() } catch { throw Self(storage: error) }
    }
}
