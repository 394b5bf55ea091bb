public import Kernel

/// The published seed of a day: the head of the evidence chain (the hash of the log's last row) as it was at 00:00.
/// Nobody can choose it, since every row of the day before, of all offices and gateways, goes into it.
public struct DrawSeed: Hashable, Sendable {
    public let day: Day
    /// The row of the log whose hash it is; 0 where the log was still empty.
    public let sequence: Int64
    /// 64 hexadecimal digits.
    public let hash: String

    public init(day: Day, sequence: Int64, hash: String) {
        self.day = day
        self.sequence = sequence
        self.hash = hash
    }

    /// `20261123-140500-8F2C41…`: what is read out and noted down.
    public func label(office: AuthorityID) -> String {
        let date = ChinaTime.date(day).filter { $0 != "-" }
        return "\(date)-\(office.rawValue)-\(hash.prefix(12).uppercased())"
    }
}
