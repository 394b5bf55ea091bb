public import Domain
public import Kernel

extension PresenceStore {
    /// Since when a subject is offline; nil where it is online or never was.
    public static func offlineSince(
        _ kind: PresenceKind, _ id: String, in session: inout Session
    ) throws(StorageError) -> Timestamp? {
        let last = try session.first(
            """
            SELECT online_until FROM presence_span WHERE subject_kind = \(kind) AND subject_id = \(id)
            ORDER BY online_from DESC LIMIT 1
            """
        ) { row throws(StorageError) in row.next() as Timestamp? }
        return last ?? nil
    }

    /// How often a subject went offline within a window, outside confirmed filings.
    public struct Outages: Hashable, Sendable {
        public var subject: String
        public var enterprise: EnterpriseID
        public var times: Int
    }

    public static func outages(
        _ kind: PresenceKind, window: Range<Timestamp>, atLeast: Int, scope: Scope, in session: inout Session
    ) throws(StorageError) -> [Outages] {
        let often: SQL = """
            SELECT subject_id FROM presence_span WHERE subject_kind = \(kind)
                AND online_until >= \(window.lowerBound) AND online_until < \(window.upperBound)
                GROUP BY subject_id HAVING count(*) >= \(atLeast)
            """
        let rows = try session.rows(
            """
            SELECT s.subject_id, s.enterprise_id, s.online_until FROM presence_span AS s
            WHERE s.subject_kind = \(kind) AND s.online_until >= \(window.lowerBound)
                AND s.online_until < \(window.upperBound) AND s.subject_id IN (\(often))
                AND \(scope.enterprises(column: "s.enterprise_id"))
            ORDER BY s.subject_id, s.online_until
            """
        ) { row throws(StorageError) in
            (id: row.next() as String, enterprise: row.next() as EnterpriseID, at: row.next() as Timestamp)
        }
        guard !rows.isEmpty else { return [] }
        let filed = try FilingStore.confirmedSpans(kind, window: window, scope: scope, in: &session)
        var found: [Outages] = []
        for row in rows where filed[row.id]?.contains(row.at) != true {
            if let last = found.last, last.subject == row.id {
                found[found.count - 1].times += 1
            } else {
                found.append(Outages(subject: row.id, enterprise: row.enterprise, times: 1))
            }
        }
        return found.filter { $0.times >= atLeast }
    }
}
