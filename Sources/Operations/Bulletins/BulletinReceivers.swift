public import Domain
public import Storage

/// Who receives what an office issues.
public struct BulletinReceivers: Hashable, Sendable {
    public var receivers: [Recipient]
    /// 抄报 at the same instant (JC-03).
    public var copies: [Recipient]
    /// 主送, as printed (SZ-15, JC-21).
    public var addressees: [String]

    /// Provinces write to cities; a city to its counties and parks and to the enterprises of groups (JC-02); counties
    /// and parks must reach each of their enterprises (TB-18). The business section is told in the same transaction:
    /// its people where they are registered, else the office's own inbox.
    public static func of(
        _ office: Authority, settings: BulletinSettings, in session: inout Session
    ) throws(StorageError) -> BulletinReceivers {
        let under = try BulletinOffices.subordinates(of: office, in: &session)
        var receivers = under.map { Recipient.authority($0.id) }
        switch office.level {
        case .ministry, .center, .province: break
        case .city:
            receivers += try BulletinOffices.groupEnterprises(of: office.id, in: &session).map { .enterprise($0) }
        case .county, .park:
            receivers += try BulletinOffices.ownEnterprises(of: office.id, in: &session).map { .enterprise($0) }
        }
        let people = try BulletinOffices.people(of: office.id, section: settings.section, in: &session)
        return BulletinReceivers(
            receivers: receivers, copies: people.isEmpty ? [.authority(office.id)] : people.map { .person($0) },
            addressees: addressees(office, under))
    }

    private static func addressees(_ office: Authority, _ under: [Authority]) -> [String] {
        switch office.level {
        case .ministry, .center: return ["各省、自治区、直辖市应急管理厅（局）"]
        case .province: return ["各市应急管理局", "各相关企业"]
        case .city:
            let others = under.filter { $0.level == .county && !$0.coversRegion }.map(\.name)
            return ["各县（市、区）应急管理局"] + others + ["各化工园区（片区）及有关企业"]
        case .county: return ["各化工园区及辖区各危险化学品企业"]
        case .park: return ["园区各危险化学品企业"]
        }
    }
}
