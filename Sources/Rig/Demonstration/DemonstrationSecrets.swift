public import Domain
public import Kernel
public import Operations
public import Simulation

/// The keys and passwords of one demonstration, made new for each data folder: there is no default password anywhere.
public struct DemonstrationSecrets: Sendable {
    public struct Account: Sendable {
        public var draft: AccountOperations.Draft
        public var place: String
        public var password: String
    }

    public var keys: [(gateway: GatewayID, key: GatewayKey)]
    public var accounts: [Account]

    /// nil where the machine gives no randomness.
    public static func generate(for city: DemonstrationCity) -> DemonstrationSecrets? {
        var keys: [(gateway: GatewayID, key: GatewayKey)] = []
        for site in city.sites {
            guard let key = GatewayKey.generate() else { return nil }
            keys.append((site.gateway, key))
        }
        let accounts = drafts(of: city).map {
            Account(draft: $0.draft, place: $0.place, password: Password.suggestion())
        }
        return DemonstrationSecrets(keys: keys, accounts: accounts)
    }

    static func drafts(of city: DemonstrationCity) -> [(draft: AccountOperations.Draft, place: String)] {
        typealias Draft = AccountOperations.Draft
        var drafts: [(draft: Draft, place: String)] = [
            (Draft(login: "admin", name: "系统管理员", role: .admin), "全系统"),
            (Draft(login: "admin-140500", name: "罗安", role: .admin, authority: "140500"), "晋城市应急管理局"),
        ]
        for (authority, officer) in zip(city.authorities, city.officers) {
            let draft = Draft(login: "duty-\(authority.id)", name: officer.name, role: .duty, authority: authority.id)
            drafts.append((draft, authority.name))
        }
        for site in city.sites {
            let id = site.enterprise.id
            let draft = Draft(login: "safe-\(id)", name: site.safetyOfficer.name, role: .safety, enterprise: id)
            drafts.append((draft, site.shortName))
        }
        // The responsible persons of the story; further ones are made on the page of accounts.
        if let story = city.sites.first {
            for person in story.people {
                guard let phone = person.phone else { continue }
                let draft = Draft(login: phone, name: person.name, role: .responsible, person: person.id)
                drafts.append((draft, "\(story.shortName) \(person.title ?? "")"))
            }
        }
        return drafts
    }

    /// What the simulator reads (`KeysFile`).
    public var keysText: String {
        "# \(DemonstrationCity.label):网关与密钥,每个数据目录各不相同\n"
            + keys.map { "\($0.gateway) \($0.key.text)\n" }.joined()
    }

    public var accountsText: String {
        "# \(DemonstrationCity.label):演示账号,口令为本数据目录新生成\n# 登录名\t口令\t角色\t姓名\t单位\n"
            + accounts.map { account in
                let draft = account.draft
                return [draft.login, account.password, draft.role.label, draft.name, account.place]
                    .joined(separator: "\t") + "\n"
            }.joined()
    }
}
