public import Domain
public import Kernel

/// A way out that an administrator has set up: whose it is, what it takes, and how it reaches its receiver.
public struct ChannelRecord: Hashable, Sendable {
    public enum Owner: Hashable, Sendable {
        /// The whole platform: personal channels only.
        case platform
        case authority(AuthorityID)
        case enterprise(EnterpriseID)
    }

    public var id: String
    public var kind: ChannelKind
    public var name: String
    public var owner: Owner
    public var isEnabled: Bool
    /// The levels of warnings that it takes.
    public var levels: Set<Level>
    /// Whether it takes the daily work's notices too.
    public var takesNotices: Bool
    public var stage: ChannelStage
    /// Messages a minute; nil for the kind's usual limit.
    public var limitPerMinute: Int?
    public var settings: ChannelSettings
    /// By name: `address`, `sign`, `password`, `secret`. Never shown, never logged.
    public var secrets: [String: String]

    public init(
        id: String, kind: ChannelKind, name: String, owner: Owner, isEnabled: Bool, levels: Set<Level>,
        takesNotices: Bool, stage: ChannelStage, limitPerMinute: Int?, settings: ChannelSettings,
        secrets: [String: String]
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.owner = owner
        self.isEnabled = isEnabled
        self.levels = levels
        self.takesNotices = takesNotices
        self.stage = stage
        self.limitPerMinute = limitPerMinute
        self.settings = settings
        self.secrets = secrets
    }

    /// As rows of the outbox name it.
    public var address: String { "\(kind.rawValue):\(id)" }
    public var pace: DispatchPlan.Pace { kind.pace(limitPerMinute: limitPerMinute) }
    /// The words that its levels are stored as.
    public var levelWords: String { levels.sorted(by: >).map(\.name).joined(separator: ",") }
}

extension ChannelRecord {
    /// Where a test of it stands: the subject of its outbox rows.
    public static func subject(_ id: String) -> String { "channel:" + id }
}

public enum ChannelStore {
    private static let columns: SQL = """
        c.id, c.kind, c.name, c.authority_id, c.enterprise_id, c.is_enabled, c.levels, c.takes_notices, c.stage,
        c.limit_per_minute, c.settings, c.secrets
        """

    /// Every channel that the scope may set up: an authority's own, and those of its enterprises.
    public static func list(scope: Scope, in session: inout Session) throws(StorageError) -> [ChannelRecord] {
        try session.rows(
            "SELECT \(columns) FROM channel AS c WHERE \(visible(scope)) ORDER BY c.kind, c.name, c.id", read)
    }

    public static func channel(
        _ id: String, scope: Scope, in session: inout Session
    ) throws(StorageError) -> ChannelRecord? {
        try session.first("SELECT \(columns) FROM channel AS c WHERE c.id = \(id) AND \(visible(scope))", read)
    }

    private static func visible(_ scope: Scope) -> SQL {
        switch scope {
        case .system: "1 = 1"
        case .authority(let id): "(c.authority_id = \(id) OR \(scope.enterprises(column: "c.enterprise_id")))"
        case .enterprise, .person: "1 = 0"
        }
    }

    public static func save(
        _ channel: ChannelRecord, at now: Timestamp, by actor: String, in session: inout Session
    ) throws(StorageError) {
        let (authority, enterprise): (AuthorityID?, EnterpriseID?) =
            switch channel.owner {
            case .platform: (nil, nil)
            case .authority(let id): (id, nil)
            case .enterprise(let id): (nil, id)
            }
        let secrets = JSON.object(
            channel.secrets.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) })
        try session.execute(
            """
            INSERT INTO channel (id, kind, name, authority_id, enterprise_id, is_enabled, levels, takes_notices, stage,
                limit_per_minute, settings, secrets, created_at, created_by, changed_at)
            VALUES (\(channel.id), \(channel.kind.rawValue), \(channel.name), \(authority), \(enterprise),
                \(channel.isEnabled), \(channel.levelWords), \(channel.takesNotices), \(channel.stage.rawValue),
                \(channel.limitPerMinute), \(channel.settings.json.text), \(secrets.text), \(now), \(actor), \(now))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, is_enabled = excluded.is_enabled,
                levels = excluded.levels, takes_notices = excluded.takes_notices, stage = excluded.stage,
                limit_per_minute = excluded.limit_per_minute, settings = excluded.settings,
                secrets = excluded.secrets, changed_at = excluded.changed_at
            """)
    }

    private static func read(_ row: inout Row) throws(StorageError) -> ChannelRecord {
        let (id, kind, name): (String, ChannelKind, String) = (row.next(), row.next(), row.next())
        let (authority, enterprise): (AuthorityID?, EnterpriseID?) = (row.next(), row.next())
        let owner: ChannelRecord.Owner =
            enterprise.map { .enterprise($0) } ?? authority.map { .authority($0) } ?? .platform
        let isEnabled: Bool = row.next()
        let levels: String = row.next()
        let (takesNotices, stage, limit): (Bool, ChannelStage, Int?) = (row.next(), row.next(), row.next())
        let settings = try row.read(JSON.self)
        let secrets = try row.read(JSON.self)
        return ChannelRecord(
            id: id, kind: kind, name: name, owner: owner, isEnabled: isEnabled,
            levels: Set(levels.split(separator: ",").compactMap { Level(name: String($0)) }),
            takesNotices: takesNotices, stage: stage, limitPerMinute: limit,
            settings: ChannelSettings(json: settings), secrets: texts(of: secrets))
    }

    private static func texts(of json: JSON) -> [String: String] {
        guard case .object(let members) = json else { return [:] }
        return members.reduce(into: [:]) { texts, member in texts[member.key] = member.value.string }
    }
}
