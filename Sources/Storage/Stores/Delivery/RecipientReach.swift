import Domain

extension ContactStore {
    /// Where one recipient is reached, as the register stands now.
    public struct Reach: Hashable, Sendable {
        public var isPerson: Bool
        /// A person's own, the duty phone of an office or an enterprise.
        public var phone: String?
        public var email: String?
    }

    /// By the key of each delivery.
    public static func reach(
        of deliveries: [Delivery], in session: inout Session
    ) throws(StorageError) -> [String: Reach] {
        var found: [String: Reach] = [:]
        for delivery in deliveries {
            guard let recipient = Recipient(kind: delivery.recipientKind, id: delivery.recipientID) else { continue }
            let row: SQL =
                switch recipient {
                case .person(let id): "SELECT phone, email FROM person WHERE id = \(id)"
                case .authority(let id): "SELECT phone, NULL FROM authority WHERE id = \(id)"
                case .enterprise(let id): "SELECT phone, NULL FROM enterprise WHERE id = \(id)"
                }
            found[delivery.key] = try session.first(row) { row throws(StorageError) in
                Reach(isPerson: delivery.recipientKind == "person", phone: row.next(), email: row.next())
            }
        }
        return found
    }
}
