public import Domain
public import Kernel

/// An address outside to which an authority or an enterprise has its notices sent.
public struct Webhook: Hashable, Sendable {
    public var id: String
    public var authority: AuthorityID?
    public var enterprise: EnterpriseID?
    public var url: String
    public var secret: String
    public var isEnabled: Bool

    public init(
        id: String, authority: AuthorityID?, enterprise: EnterpriseID?, url: String, secret: String, isEnabled: Bool
    ) {
        self.id = id
        self.authority = authority
        self.enterprise = enterprise
        self.url = url
        self.secret = secret
        self.isEnabled = isEnabled
    }
}

public enum WebhookStore {
    public static func webhook(_ id: String, in session: inout Session) throws(StorageError) -> Webhook? {
        try session.first(
            "SELECT id, authority_id, enterprise_id, url, secret, is_enabled FROM webhook WHERE id = \(id)", read)
    }

    public static func all(in session: inout Session) throws(StorageError) -> [Webhook] {
        try session.rows(
            "SELECT id, authority_id, enterprise_id, url, secret, is_enabled FROM webhook ORDER BY id", read)
    }

    /// Those that the scope may see: an authority's own, and those of its enterprises.
    public static func list(scope: Scope, in session: inout Session) throws(StorageError) -> [Webhook] {
        let condition: SQL =
            switch scope {
            case .system: "1 = 1"
            case .authority(let id): "(authority_id = \(id) OR \(scope.enterprises(column: "enterprise_id")))"
            case .enterprise, .person: "1 = 0"
            }
        return try session.rows(
            """
            SELECT id, authority_id, enterprise_id, url, secret, is_enabled FROM webhook WHERE \(condition) ORDER BY id
            """, read)
    }

    public static func insert(
        _ webhook: Webhook, at now: Timestamp, by actor: String, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO webhook (id, authority_id, enterprise_id, url, secret, is_enabled, created_at, created_by)
            VALUES (\(webhook.id), \(webhook.authority), \(webhook.enterprise), \(webhook.url), \(webhook.secret),
                \(webhook.isEnabled), \(now), \(actor))
            """)
    }

    public static func setEnabled(
        _ id: String, _ isEnabled: Bool, in session: inout Session
    ) throws(StorageError) -> Bool {
        try session.execute("UPDATE webhook SET is_enabled = \(isEnabled) WHERE id = \(id)") == 1
    }

    private static func read(_ row: inout Row) throws(StorageError) -> Webhook {
        Webhook(
            id: row.next(), authority: row.next(), enterprise: row.next(), url: row.next(), secret: row.next(),
            isEnabled: row.next())
    }
}
