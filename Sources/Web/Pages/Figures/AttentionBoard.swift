import Domain
import Kernel
import Storage
import Synchronization

/// The attention lists of each office, made at most once a minute: the panel on the desk and the page read the same
/// snapshot, so that a count and its list are equal.
final class AttentionBoard: Sendable {
    struct Snapshot: Sendable {
        var at: Timestamp
        var items: [Attention]
        var places: [EnterpriseID: BulletinLists.Place]
        var counts: [Attention.Reason: Int]
    }

    static let keptFor = Interval.minutes(1)
    private let snapshots = Mutex<[AuthorityID: Snapshot]>([:])

    func snapshot(of office: AuthorityID, store: Store, now: Timestamp) async throws -> Snapshot? {
        if let kept = snapshots.withLock({ $0[office] }), now >= kept.at, now - kept.at < Self.keptFor { return kept }
        let day = Day(now)
        let facts = try await store.read { session throws(StorageError) in
            try BulletinFacts.gather(
                .daily, office: office, period: BulletinPeriod(from: day, until: day.next), now: now, in: &session)
        }
        guard let facts else { return nil }
        let items = Attention.list(facts)
        let snapshot = Snapshot(at: now, items: items, places: facts.places, counts: Attention.counts(items))
        snapshots.withLock { $0[office] = snapshot }
        return snapshot
    }

    /// What stands there, without waiting for a new one: for the desk, which must never wait.
    func standing(of office: AuthorityID) -> Snapshot? { snapshots.withLock { $0[office] } }
}
