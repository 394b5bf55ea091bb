public import Kernel

/// 现场核查督办: ordered of an authority, answered by it through the system (disposal measures Art. 10–13).
public struct Supervision: Hashable, Sendable {
    public let level: Level
    public let authority: AuthorityID
    public let orderedAt: Timestamp
    public internal(set) var fedBackAt: Timestamp?
}
