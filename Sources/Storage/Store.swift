/// The database of the server: one writer and several readers, each on a queue of its own. Readers do not wait for the
/// writer (except in memory, where there is only one connection).
public final class Store: Sendable {
    private let writer: StoreConnection
    private let readers: ReaderPool

    /// Opens, but does not migrate.
    public static func open(_ location: DatabaseLocation, readers count: Int = 3) async throws(StorageError) -> Store {
        precondition(count > 0, "a store needs a reader")
        let writer = StoreConnection(label: "storage.writer")
        var readers: [StoreConnection] = []
        switch location {
        case .memory:
            let shared = try SQLiteConnection.memory()
            await writer.use(shared)
            for number in 1...count {
                let reader = StoreConnection(label: "storage.reader.\(number)")
                await reader.use(shared)
                readers.append(reader)
            }
        case .file(let path):
            let shared = try SQLiteConnection.file(path)
            await writer.use(shared)
            for number in 1...count {
                let reader = StoreConnection(label: "storage.reader.\(number)")
                await reader.use(shared)
                readers.append(reader)
            }
        case .postgres(let conninfo):
            try await writer.connect(conninfo)
            for number in 1...count {
                let reader = StoreConnection(label: "storage.reader.\(number)")
                try await reader.connect(conninfo)
                readers.append(reader)
            }
        }
        return Store(writer: writer, readers: ReaderPool(readers))
    }

    private init(writer: StoreConnection, readers: ReaderPool) {
        self.writer = writer
        self.readers = readers
    }

    /// One transaction: committed when the body returns, rolled back when it throws.
    @discardableResult
    public func write<T: Sendable, E: TransactionFailure>(
        _ body: @Sendable (inout Session) throws(E) -> T
    ) async throws(E) -> T {
        try await writer.write(body)
    }

    /// Reads in one snapshot; statements that write are refused.
    public func read<T: Sendable, E: TransactionFailure>(
        _ body: @Sendable (inout Session) throws(E) -> T
    ) async throws(E) -> T {
        let reader = await readers.take()
        do throws(E) {
            let value = try await reader.read(body)
            await readers.giveBack(reader)
            return value
        } catch {
            await readers.giveBack(reader)
            throw error
        }
    }

    public func migrate(_ migrations: [Migration] = Migration.all) async throws(MigrationFailure) {
        try await writer.migrate(migrations)
    }
}

/// One connection on its own queue.
actor StoreConnection {
    private let executor: BlockingExecutor
    private var connection: Connection?

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(label: String) { executor = BlockingExecutor(label: label) }

    func use(_ sqlite: SQLiteConnection) { connection = .sqlite(sqlite) }

    func connect(_ conninfo: String) throws(StorageError) {
        let opened = PostgresConnection(conninfo)
        try opened.connect()
        connection = .postgres(opened)
    }

    func write<T: Sendable, E: TransactionFailure>(_ body: @Sendable (inout Session) throws(E) -> T) throws(E) -> T {
        try opened.write(body)
    }

    func read<T: Sendable, E: TransactionFailure>(_ body: @Sendable (inout Session) throws(E) -> T) throws(E) -> T {
        try opened.read(body)
    }

    func migrate(_ migrations: [Migration]) throws(MigrationFailure) {
        try Migrator(connection: opened, migrations: migrations).run()
    }

    private var opened: Connection {
        guard let connection else { preconditionFailure("the connection was not opened") }
        return connection
    }
}

/// The readers that are free; who finds none waits in line.
actor ReaderPool {
    private var free: [StoreConnection]
    private var waiting: [CheckedContinuation<StoreConnection, Never>] = []

    init(_ readers: [StoreConnection]) { free = readers }

    func take() async -> StoreConnection {
        if let reader = free.popLast() { return reader }
        return await withCheckedContinuation { waiting.append($0) }
    }

    func giveBack(_ reader: StoreConnection) {
        if waiting.isEmpty { free.append(reader) } else { waiting.removeFirst().resume(returning: reader) }
    }
}
