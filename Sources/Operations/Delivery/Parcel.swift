public import Storage

/// What goes out as one message: one row of the outbox, the rows of one cause to one group, or a digest.
public struct Parcel: Hashable, Sendable {
    /// The row's own key, or one made from the keys of all; the same at every attempt.
    public let key: String
    /// Never empty.
    public let deliveries: [Delivery]

    public init(_ deliveries: [Delivery]) {
        precondition(!deliveries.isEmpty, "a parcel holds something")
        self.deliveries = deliveries
        key =
            deliveries[0].parcel ?? (deliveries.count == 1 ? deliveries[0].key : Self.key(of: deliveries.map(\.key)))
    }

    /// Several causes in one message.
    public var isDigest: Bool { Set(deliveries.map(\.cause)).count > 1 }
    public var first: Delivery { deliveries[0] }
    /// Of the row that was tried most often: all are tried again at once.
    var attempts: Int { deliveries.reduce(0) { max($0, $1.attempts) } }

    private static func key(of keys: [String]) -> String {
        var hash = Hash(purpose: "fengsui parcel 1")
        for key in keys.sorted() { hash.add(key) }
        return "parcel/" + Hash.hexadecimal(hash.digest)
    }
}
