import Domain
import Kernel

/// Which channels carry a notice to a recipient. A group robot speaks for its owner and the owner's persons. Of the
/// personal channels (mail, SMS, voice) the nearest of each kind is used: the enterprise's own, its regulator's, those
/// above, the platform's.
struct ChannelChoice {
    struct Candidate {
        let id: String
        let kind: ChannelKind
        let isOwn: Bool
        /// 0 is the enterprise's own.
        let distance: Int
        let levels: Set<Level>
        let takesNotices: Bool
        let stage: ChannelStage
        let hasAddresses: Bool
    }

    /// What is to be sent.
    struct Wanted {
        var recipient: Recipient
        var level: Level
        var isNotice: Bool
        var reach: OutboxStore.Reach
    }

    /// The addresses of channels, as the outbox names them.
    static func addresses(for wanted: Wanted, in session: inout Session) throws(StorageError) -> [String] {
        let isAny = try session.first("SELECT 1 FROM channel WHERE is_enabled = 1 LIMIT 1") {
            row throws(StorageError) in row.next() as Int
        }
        guard isAny != nil else { return [] }
        var hasMail = false
        let candidates: [Candidate]
        switch wanted.recipient {
        case .authority(let id): candidates = try ofAuthority(id, in: &session)
        case .enterprise(let id): candidates = try ofEnterprise(id, in: &session)
        case .person(let id):
            let person = try session.first("SELECT enterprise_id, authority_id, email FROM person WHERE id = \(id)") {
                row throws(StorageError) in
                (
                    enterprise: row.next() as EnterpriseID?, authority: row.next() as AuthorityID?,
                    email: row.next() as String?
                )
            }
            hasMail = person?.email != nil
            if let enterprise = person?.enterprise {
                candidates = try ofEnterprise(enterprise, in: &session)
            } else if let authority = person?.authority {
                candidates = try ofAuthority(authority, in: &session)
            } else {
                candidates = []
            }
        }
        let taking = candidates.filter { takes($0, wanted, hasMail: hasMail) }
        let chosen = nearest(taking.filter { $0.stage == .first })
        let climbing = nearest(taking.filter { $0.stage == .climb })
        switch wanted.reach {
        case .first: return chosen.map(address)
        // Where nothing else is set up, the same channels once more are better than silence.
        case .next: return (climbing.isEmpty ? chosen : climbing).map(address)
        case .all: return (chosen + climbing).map(address)
        }
    }

    private static func address(_ candidate: Candidate) -> String { "\(candidate.kind.rawValue):\(candidate.id)" }

    private static func takes(_ candidate: Candidate, _ wanted: Wanted, hasMail: Bool) -> Bool {
        guard wanted.isNotice ? candidate.takesNotices : candidate.levels.contains(wanted.level) else { return false }
        switch candidate.kind {
        case .dingtalk, .wecom, .feishu: return candidate.isOwn
        case .sms, .voice: return true
        case .email:
            switch wanted.recipient {
            // A person without an address is reached by the others.
            case .person: return hasMail
            case .authority, .enterprise: return candidate.isOwn && candidate.hasAddresses
            }
        }
    }

    /// Every group, and of each personal kind the nearest.
    private static func nearest(_ candidates: [Candidate]) -> [Candidate] {
        var chosen = candidates.filter(\.kind.isGroup)
        for kind in ChannelKind.allCases where !kind.isGroup {
            if let best = candidates.filter({ $0.kind == kind }).min(by: { ($0.distance, $0.id) < ($1.distance, $1.id) }
            ) {
                chosen.append(best)
            }
        }
        return chosen
    }

    private static func ofAuthority(
        _ id: AuthorityID, in session: inout Session
    ) throws(StorageError) -> [Candidate] {
        try candidates(
            """
            SELECT c.id, c.kind, CASE WHEN c.authority_id IS NULL THEN 9 ELSE 0 END, c.levels, c.takes_notices, c.stage,
                c.settings
            FROM channel AS c WHERE c.is_enabled = 1 AND c.enterprise_id IS NULL
                AND (c.authority_id = \(id) OR c.authority_id IS NULL)
            ORDER BY c.id
            """, in: &session)
    }

    private static func ofEnterprise(
        _ id: EnterpriseID, in session: inout Session
    ) throws(StorageError) -> [Candidate] {
        try candidates(
            """
            SELECT c.id, c.kind, CASE WHEN c.enterprise_id IS NOT NULL THEN 0 WHEN c.authority_id IS NULL THEN 9
                    WHEN a.level IN ('county','park') THEN 1 WHEN a.level = 'city' THEN 2
                    WHEN a.level = 'province' THEN 3 ELSE 4 END,
                c.levels, c.takes_notices, c.stage, c.settings
            FROM channel AS c LEFT JOIN authority AS a ON a.id = c.authority_id
            WHERE c.is_enabled = 1 AND (c.enterprise_id = \(id) OR (c.enterprise_id IS NULL AND (c.authority_id IS NULL
                OR c.authority_id IN (SELECT authority_id FROM visibility WHERE enterprise_id = \(id)))))
            ORDER BY c.id
            """, in: &session)
    }

    private static func candidates(_ sql: SQL, in session: inout Session) throws(StorageError) -> [Candidate] {
        try session.rows(sql) { row throws(StorageError) in
            let (id, kind, distance): (String, ChannelKind, Int) = (row.next(), row.next(), row.next())
            let levels: String = row.next()
            let (takesNotices, stage): (Bool, ChannelStage) = (row.next(), row.next())
            let settings = ChannelSettings(json: try row.read(JSON.self))
            return Candidate(
                id: id, kind: kind, isOwn: distance == 0, distance: distance,
                levels: Set(levels.split(separator: ",").compactMap { Level(name: String($0)) }),
                takesNotices: takesNotices, stage: stage, hasAddresses: !settings.addresses.isEmpty)
        }
    }
}
