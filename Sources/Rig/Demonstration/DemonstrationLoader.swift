import Domain
import Kernel
public import Operations
public import Simulation
public import Storage

/// Puts the demonstration city into an empty database, through the operations that everybody uses.
public enum DemonstrationLoader {
    public enum Standing: Hashable, Sendable {
        /// Nothing registered yet.
        case empty
        /// The demonstration is in it.
        case loaded
        /// Somebody's real register: no demonstration comes in here.
        case real
    }

    static let settingKey = "demonstration"

    public static func standing(in session: inout Session) throws(StorageError) -> Standing {
        let mark = try session.first("SELECT value FROM setting WHERE key = \(settingKey)") {
            row throws(StorageError) in row.next() as String
        }
        if mark != nil { return .loaded }
        let count = try session.first(
            """
            SELECT (SELECT count(*) FROM authority) + (SELECT count(*) FROM enterprise)
                + (SELECT count(*) FROM account)
            """
        ) { row throws(StorageError) in row.next() as Int64 }
        return (count ?? 0) == 0 ? .empty : .real
    }

    /// One transaction: all of the city, or nothing. `hashes` are those of the accounts' passwords, in their order.
    public static func load(
        _ city: DemonstrationCity, secrets: DemonstrationSecrets, hashes: [String], context: inout OperationContext,
        in session: inout Session
    ) throws(RegistryFailure) {
        precondition(hashes.count == secrets.accounts.count, "a hash for each account")
        try RegistryOperations.install(entries(city, at: context.now), context: &context, in: &session)
        for (site, secret) in zip(city.sites, secrets.keys) {
            try GatewayOperations.create(
                enterprise: site.enterprise.id, name: "\(site.shortName)前置网关(\(DemonstrationCity.label))",
                id: secret.gateway, key: secret.key, by: .system, context: &context, in: &session)
        }
        for camera in city.sites.flatMap(\.cameras) {
            try CameraOperations.save(camera, by: .system, context: &context, in: &session)
        }
        for (account, hash) in zip(secrets.accounts, hashes) {
            try AccountOperations.create(
                account.draft, passwordHash: hash, mustChange: false, by: .system, context: &context, in: &session)
        }
        do throws(StorageError) {
            try session.execute(
                """
                INSERT INTO setting (key, value, changed_at)
                VALUES (\(settingKey), \(String(city.seed)), \(context.now))
                """)
            try BulletinOperations.armForDemonstration(context: context, in: &session)
            // Nobody who looks at the demonstration has set up a phone for it.
            var access = AccessSettings.usual
            access.isFactorRequired = false
            try SettingStore.set(AccessSettings.key, access.json, at: context.now, in: &session)
        } catch { throw .storage(error) }
    }

    /// New keys and new passwords for a demonstration whose files were lost.
    public static func renew(
        _ secrets: DemonstrationSecrets, hashes: [String], context: inout OperationContext, in session: inout Session
    ) throws(RegistryFailure) {
        for secret in secrets.keys {
            try GatewayOperations.replaceKey(
                of: secret.gateway, key: secret.key, by: .system, context: &context, in: &session)
        }
        let known = try AccountOperations.list(by: .system, in: &session)
        for (account, hash) in zip(secrets.accounts, hashes) {
            guard let record = known.first(where: { $0.login == account.draft.login }) else { continue }
            try AccountOperations.setPassword(
                hash: hash, of: record.id, mustChange: false, by: .system, context: &context, in: &session)
        }
    }

    static func entries(_ city: DemonstrationCity, at now: Timestamp) -> [ImportPlan.Entry] {
        var entries: [ImportPlan.Entry] = city.authorities.map { .authority($0) }
        entries += city.officers.map { .person($0) }
        for site in city.sites {
            entries.append(.enterprise(site.enterprise))
            entries += (site.people + [site.safetyOfficer]).map { .person($0) }
            entries += site.hazards.map { .hazard($0) }
            for item in site.equipment {
                entries.append(.equipment(item.registered))
                entries += item.points.map { .point($0.registered) }
            }
            entries += site.responsibilities.map {
                .appointment(.init(hazard: $0.hazard, role: $0.role, person: $0.person, from: now))
            }
        }
        return entries
    }
}
