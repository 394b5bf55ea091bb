public import Domain
public import Storage

/// Who receives what an office issues.
public struct BulletinReceivers: Hashable, Sendable {
    public var receivers: [Recipient]
    /// 抄报 at the same instant (JC-03).
    public var copies: [Recipient]
    /// Of the offices and the enterprise written to by name; enterprises that are told as a group are only counted.
    public var names: [String]

    /// A letter goes to the one that it was written for, and to nobody else (TB-14). Anything else: provinces write to
    /// cities; a city to its counties and parks and to the enterprises of groups (JC-02); counties and parks must reach
    /// each of their enterprises (TB-18). The business section is told in the same transaction: its people where they
    /// are registered, else the office's own inbox.
    public static func of(
        _ bulletin: Bulletin, from office: Authority, settings: BulletinSettings, in session: inout Session
    ) throws(StorageError) -> BulletinReceivers {
        let people = try BulletinOffices.people(of: office.id, section: settings.section, in: &session)
        let copies = people.isEmpty ? [Recipient.authority(office.id)] : people.map { .person($0) }
        if bulletin.base.form == .letter {
            var addressee = bulletin.addressee
            if addressee == nil { addressee = try named(bulletin.base.addressees.first, in: &session) }
            return BulletinReceivers(
                receivers: [addressee].compactMap(\.self), copies: copies, names: bulletin.base.addressees)
        }
        let under = try BulletinOffices.subordinates(of: office, in: &session)
        var receivers = under.map { Recipient.authority($0.id) }
        switch office.level {
        case .ministry, .center, .province: break
        case .city:
            receivers += try BulletinOffices.groupEnterprises(of: office.id, in: &session).map { .enterprise($0) }
        case .county, .park:
            receivers += try BulletinOffices.ownEnterprises(of: office.id, in: &session).map { .enterprise($0) }
        }
        return BulletinReceivers(receivers: receivers, copies: copies, names: under.map(\.name))
    }

    /// Letters drafted before the addressee was kept name an office; where none is of that name nobody is told.
    private static func named(_ name: String?, in session: inout Session) throws(StorageError) -> Recipient? {
        guard let name else { return nil }
        return try BulletinOffices.all(in: &session).first { $0.name == name }.map { .authority($0.id) }
    }
}
