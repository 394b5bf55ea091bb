import CPostgres
import Glibc

/// One connection to PostgreSQL by libpq, with a cache of prepared statements. Used by one executor at a time. A lost
/// connection is opened again by the next transaction.
@safe final class PostgresConnection {
    private let conninfo: String
    private var handle: OpaquePointer?
    private var prepared: [String: String] = [:]
    private var preparedCount = 0
    private static let preparedCountMax = 500

    init(_ conninfo: String) { unsafe (self.conninfo, handle) = (conninfo, nil) }

    deinit { if let handle = unsafe handle { unsafe PQfinish(handle) } }

    func close() {
        if let handle = unsafe handle { unsafe PQfinish(handle) }
        unsafe handle = nil
        prepared = [:]
    }

    // MARK: Transactions

    func write<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        try transaction(begin: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", body)
    }

    /// In one snapshot.
    func read<T, E: TransactionFailure>(_ body: (inout Session) throws(E) -> T) throws(E) -> T {
        try transaction(begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
    }

    private func transaction<T, E: TransactionFailure>(
        begin: String, _ body: (inout Session) throws(E) -> T
    ) throws(E) -> T {
        do throws(StorageError) {
            try start(begin)
        } catch {
            throw E(storage: error)
        }
        var session = Session(.postgres(self))
        switch session.run(body) {
        case .success(let value):
            do throws(StorageError) {
                let answer = try command("COMMIT")
                guard answer.command == "COMMIT" else {
                    throw .other(.init(message: "the server answered \(answer.command)", statement: "COMMIT"))
                }
            } catch {
                throw E(storage: error)
            }
            return value
        case .failure(let refusal):
            // A connection that cannot even roll back is given up; the server then rolls back by itself.
            do throws(StorageError) { _ = try command("ROLLBACK") } catch { close() }
            throw refusal
        }
    }

    /// BEGIN. The server may have gone since the last transaction, which shows only now: one new try, as nothing has
    /// been done yet.
    private func start(_ begin: String) throws(StorageError) {
        if unsafe handle != nil {
            do throws(StorageError) {
                _ = try command(begin)
                return
            } catch {
                close()
                guard error.isUnavailable else { throw error }
            }
        }
        try connect()
        _ = try command(begin)
    }

    func connect() throws(StorageError) {
        close()
        // Before `dbname` our defaults, which the URL may override; a server that is silent must not hang us for good.
        let parameters: [(String, String)] = [
            ("connect_timeout", "5"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "20000"), ("application_name", "fengsui"), ("dbname", conninfo),
            ("client_encoding", "UTF8"),
        ]
        let opened = unsafe Self.open(parameters)
        guard let opened = unsafe opened else {
            throw .unavailable(.init(message: "libpq has no memory", statement: "connect"))
        }
        guard unsafe PQstatus(opened) == CONNECTION_OK else {
            let message = unsafe Self.trimmed(PQerrorMessage(opened))
            unsafe PQfinish(opened)
            throw .unavailable(.init(message: message, statement: "connect"))
        }
        unsafe handle = opened
        unsafe PQsetNoticeProcessor(opened, { _, _ in }, nil)
        do throws(StorageError) {
            try prepareSession()
        } catch {
            close()
            throw error
        }
    }

    /// Commits must wait for the disk, and texts must be able to hold Chinese.
    private func prepareSession() throws(StorageError) {
        _ = try command(
            """
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') IN ('off', 'local')
            """)
        let encoding = unsafe handle.flatMap { unsafe PQparameterStatus($0, "server_encoding") }
        guard let encoding = unsafe encoding, unsafe String(cString: encoding) == "UTF8" else {
            throw .other(.init(message: "the database must be encoded in UTF8", statement: "connect"))
        }
    }

    private static func open(_ parameters: [(String, String)]) -> OpaquePointer? {
        let keys = unsafe parameters.map { unsafe strdup($0.0) }
        let values = unsafe parameters.map { unsafe strdup($0.1) }
        defer { unsafe (keys + values).forEach { unsafe free($0) } }
        let keyList = unsafe keys.map { unsafe UnsafePointer($0) } + [nil]
        let valueList = unsafe values.map { unsafe UnsafePointer($0) } + [nil]
        return unsafe PQconnectdbParams(keyList, valueList, 1)
    }

    func outsideTransaction(_ text: String) throws(StorageError) { _ = try command(text) }

    // MARK: Statements

    func execute(_ text: String, _ values: [SQLValue]) throws(StorageError) -> Int {
        try run(text, values).changedCount
    }

    func query(
        _ text: String, _ values: [SQLValue], _ visit: (inout Row) throws(StorageError) -> Bool
    ) throws(StorageError) {
        let result = try run(text, values)
        for index in 0..<result.rowCount {
            var row = Row(.postgres(result, row: index), statement: text)
            guard try visit(&row) else { return }
        }
    }

    /// Statements prepared earlier may answer other columns now.
    func forgetPrepared() throws(StorageError) {
        _ = try command("DEALLOCATE ALL")
        prepared = [:]
    }

    private func run(_ text: String, _ values: [SQLValue]) throws(StorageError) -> PostgresResult {
        let name = try prepare(text, values)
        let parameters = PostgresParameters(values)
        guard let handle = unsafe handle else { throw lost(text) }
        return unsafe try check(parameters.execute(handle, name), text)
    }

    /// The name of the prepared statement; the types of the parameters belong to it.
    private func prepare(_ text: String, _ values: [SQLValue]) throws(StorageError) -> String {
        let key = values.reduce(into: text) { $0.append(PostgresParameters.letter($1)) }
        if let name = prepared[key] { return name }
        if prepared.count >= Self.preparedCountMax { try forgetPrepared() }
        guard let handle = unsafe handle else { throw lost(text) }
        preparedCount += 1
        let name = "s\(preparedCount)"
        let types = values.map(PostgresParameters.type)
        _ = unsafe try check(PQprepare(handle, name, text, Int32(types.count), types), text)
        prepared[key] = name
        return name
    }

    private func command(_ text: String) throws(StorageError) -> PostgresResult {
        guard let handle = unsafe handle else { throw lost(text) }
        return unsafe try check(PQexec(handle, text), text)
    }

    private func lost(_ text: String) -> StorageError {
        .unavailable(.init(message: "the connection was lost", statement: text))
    }

    private func check(_ answer: OpaquePointer?, _ text: String) throws(StorageError) -> PostgresResult {
        let result = unsafe answer.map { unsafe PostgresResult($0) }
        if let result, result.status == PGRES_COMMAND_OK || result.status == PGRES_TUPLES_OK { return result }
        let isLost = unsafe handle.map { unsafe PQstatus($0) != CONNECTION_OK } ?? true
        let message = unsafe result?.message ?? handle.map { unsafe Self.trimmed(PQerrorMessage($0)) } ?? ""
        let detail = StorageError.Detail(message: message, statement: text)
        if isLost { throw .unavailable(detail) }
        throw StorageError(postgres: result?.sqlState ?? "", detail)
    }

    private static func trimmed(_ text: UnsafePointer<CChar>) -> String {
        var text = unsafe String(cString: text)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

extension StorageError {
    init(postgres state: String, _ detail: Detail) {
        switch state {
        case "23505": self = .conflict(detail)
        case "53100": self = .full(detail)
        // A serialization failure, deadlock, lock timeout, cancelled query, or a server that only reads: try again.
        case "40001", "40P01", "55P03", "57014", "25006": self = .unavailable(detail)
        default:
            switch state.prefix(2) {
            case "23": self = .constraint(detail)
            case "08", "53", "57", "58": self = .unavailable(detail)
            default: self = .other(detail)
            }
        }
    }
}
