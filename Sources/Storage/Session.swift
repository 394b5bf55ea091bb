/// What a transaction can do. It lives only inside `write` and `read`.
public struct Session: ~Copyable {
    enum Engine {
        case sqlite(SQLiteSession)
        case postgres(PostgresConnection)
    }

    let engine: Engine
    /// The first statement that failed. PostgreSQL has then given up the transaction; so do we on both engines, even if
    /// the body went on.
    private(set) var failure: StorageError?
    /// The end of the log and the streams met, kept for the length of the transaction.
    var log = LogWriter()

    init(_ engine: Engine) { self.engine = engine }

    /// Runs a statement; the number of rows it inserted, changed or deleted.
    @discardableResult
    public mutating func execute(_ sql: SQL) throws(StorageError) -> Int {
        try guarded(sql) { engine, text throws(StorageError) in
            switch engine {
            case .sqlite(let session): try session.execute(text, sql.values)
            case .postgres(let connection): try connection.execute(text, sql.values)
            }
        }
    }

    public mutating func rows<T>(
        _ sql: SQL, _ read: (inout Row) throws(StorageError) -> T
    ) throws(StorageError) -> [T] {
        var found: [T] = []
        try visitAll(sql) { row throws(StorageError) in
            found.append(try read(&row))
            return true
        }
        return found
    }

    /// Calls `visit` for each row until it answers false.
    mutating func visitAll(_ sql: SQL, _ visit: (inout Row) throws(StorageError) -> Bool) throws(StorageError) {
        try guarded(sql) { engine, text throws(StorageError) in
            switch engine {
            case .sqlite(let session): try session.query(text, sql.values, visit)
            case .postgres(let connection): try connection.query(text, sql.values, visit)
            }
        }
    }

    /// The first row, or nil where there is none.
    @discardableResult
    public mutating func first<T>(
        _ sql: SQL, _ read: (inout Row) throws(StorageError) -> T
    ) throws(StorageError) -> T? {
        var found: T?
        try visitAll(sql) { row throws(StorageError) in
            found = try read(&row)
            return false
        }
        return found
    }

    /// The body and what remains to be done before COMMIT.
    mutating func run<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) -> Result<T, E> {
        do throws(E) {
            let value = try body(&self)
            do throws(StorageError) { try finish() } catch { throw E(storage: error) }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    private mutating func finish() throws(StorageError) {
        if let failure { throw failure }
        try storeLogHead()
        if let failure { throw failure }
    }

    private mutating func guarded<T>(
        _ sql: SQL, _ body: (Engine, String) throws(StorageError) -> T
    ) throws(StorageError) -> T {
        let text = sql.text
        do throws(StorageError) {
            if let failure { throw failure }
            for (position, value) in sql.values.enumerated() {
                if let objection = value.objection {
                    throw .other(.init(message: "parameter $\(position + 1): \(objection)", statement: text))
                }
            }
            return try body(engine, text)
        } catch {
            if failure == nil { failure = error }
            throw error
        }
    }
}
