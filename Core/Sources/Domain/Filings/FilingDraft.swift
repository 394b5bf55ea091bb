public import Kernel

/// What an enterprise wants to file.
public struct FilingDraft: Hashable, Sendable {
    public var kind: FilingKind
    public var coverage: FilingCoverage
    public var reason: String
    public var measures: String
    public var from: Timestamp
    public var until: Timestamp
    public var foundAt: Timestamp?

    public init(
        kind: FilingKind, coverage: FilingCoverage, reason: String, measures: String, from: Timestamp,
        until: Timestamp, foundAt: Timestamp?
    ) {
        self.kind = kind
        self.coverage = coverage
        self.reason = reason
        self.measures = measures
        self.from = from
        self.until = until
        self.foundAt = foundAt
    }
}
