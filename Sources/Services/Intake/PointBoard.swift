import Operations
import Synchronization

/// The point table where everybody finds it. The lock is held for the body of a transaction, never across an `await`.
final class PointBoard: Sendable {
    private let table: Mutex<PointTable>

    init(_ table: PointTable) { self.table = Mutex(table) }

    func withTable<T: Sendable, E: Error>(_ body: (inout PointTable) throws(E) -> T) throws(E) -> T {
        try table.withLock { table throws(E) -> T in try body(&table) }
    }
}
