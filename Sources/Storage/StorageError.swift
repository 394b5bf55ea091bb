/// What went wrong in the database, sorted by what the caller can do about it.
public enum StorageError: Error, Hashable, Sendable {
    /// A unique key is taken: somebody else was first.
    case conflict(Detail)
    /// Another rule of the schema was broken.
    case constraint(Detail)
    /// No space is left.
    case full(Detail)
    /// The database cannot be reached, is locked, or broke off. Trying again later may help. After a COMMIT whose
    /// answer was lost nobody knows whether it took place: an operation must be safe to repeat.
    case unavailable(Detail)
    case other(Detail)

    public struct Detail: Hashable, Sendable {
        public let message: String
        /// The statement, without its values.
        public let statement: String

        public init(message: String, statement: String) {
            self.message = message
            self.statement = statement
        }
    }

    public var detail: Detail {
        switch self {
        case .conflict(let detail), .constraint(let detail), .full(let detail), .unavailable(let detail),
            .other(let detail):
            detail
        }
    }

    public var isConflict: Bool { if case .conflict = self { true } else { false } }
    public var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        let kind =
            switch self {
            case .conflict: "conflict"
            case .constraint: "constraint"
            case .full: "storage full"
            case .unavailable: "storage unavailable"
            case .other: "storage failure"
            }
        let place = detail.statement.isEmpty ? "" : " [\(detail.statement)]"
        return "\(kind): \(detail.message)\(place)"
    }
}

/// The error of a transaction: what the body refuses with, which must have room for a failure of the database, because
/// BEGIN and COMMIT can fail too.
public protocol TransactionFailure: Error, Sendable {
    init(storage: StorageError)
}

extension StorageError: TransactionFailure {
    public init(storage: StorageError) { self = storage }
}
