import Domain
import Kernel
import Operations
import Storage

/// A small city for the tests of pages: 晋城市 with two counties, the second regulator 沁水县能源局, three enterprises.
/// All names are invented. Every account's password is `password`.
struct WebWorld {
    static let password = "password"
    /// 2026-11-23 13:08:41 in China.
    static let now = Timestamp(milliseconds: 1_795_410_521_000)
    static let gatewayKey = "test-gateway-key-1"

    static let jinqin: EnterpriseID = "E1"
    static let yunshan: EnterpriseID = "E2"
    static let danyuan: EnterpriseID = "E3"

    /// login, role, authority, enterprise, person
    typealias Account = (login: String, role: AccountRole, authority: String?, enterprise: String?, person: String?)
    static let accounts: [Account] = [
        ("center", .duty, "center", nil, nil), ("province", .duty, "province", nil, nil),
        ("city", .duty, "city", nil, nil), ("qinshui", .duty, "qinshui", nil, nil),
        ("zezhou", .duty, "zezhou", nil, nil), ("energy", .duty, "energy", nil, nil), ("park", .duty, "park", nil, nil),
        ("jinqin", .safety, nil, "E1", nil), ("yunshan", .safety, nil, "E2", nil),
        ("zhao", .responsible, nil, "E1", "U2"), ("he", .responsible, nil, "E2", "U5"),
        ("admin", .admin, nil, nil, nil),
    ]

    static func seed(_ session: inout Session) throws(StorageError) {
        guard let hash = Password.hash(password) else { preconditionFailure("no memory for a password") }
        try authorities(in: &session)
        try enterprises(in: &session)
        try people(in: &session)
        for account in accounts {
            try session.execute(
                """
                INSERT INTO account (id, login, password_hash, name, role, authority_id, enterprise_id, person_id,
                    created_at)
                VALUES (\("A-" + account.login), \(account.login), \(hash), \(name(of: account.login)),
                    \(account.role), \(account.authority), \(account.enterprise), \(account.person), \(now))
                """)
        }
        // What a test of administrators asks for by itself.
        var access = AccessSettings.usual
        access.isFactorRequired = false
        try SettingStore.set(AccessSettings.key, access.json, at: now, in: &session)
        let keyHash = Array(repeating: UInt8(7), count: 32)
        try session.execute(
            """
            INSERT INTO gateway (id, enterprise_id, name, key_hash, key_hint, created_at, seen_at)
            VALUES ('GW1', 'E1', '一号网关', \(keyHash), 'key-1', \(now), \(now - .seconds(2)))
            """)
    }

    private static func name(of login: String) -> String {
        switch login {
        case "city": "王敏"
        case "qinshui": "秦岚"
        case "jinqin": "陶然"
        case "zhao": "赵砚"
        case "he": "何青"
        default: login
        }
    }

    private static func authorities(in session: inout Session) throws(StorageError) {
        let rows: [(String, AuthorityLevel, String, String?, String?)] = [
            ("center", .center, "安全生产风险监测预警中心", nil, nil),
            ("province", .province, "山西省应急管理厅", "140000", nil),
            ("city", .city, "晋城市应急管理局", "140500", "province"),
            ("qinshui", .county, "沁水县应急管理局", "140521", "city"),
            ("zezhou", .county, "泽州县应急管理局", "140525", "city"),
            ("energy", .county, "沁水县能源局", "140521", "city"),
            ("park", .park, "泽州巴公化工园区", nil, "city"),
        ]
        for (id, level, name, region, parent) in rows {
            try session.execute(
                """
                INSERT INTO authority (id, level, name, region, parent_id, created_at)
                VALUES (\(id), \(level), \(name), \(region), \(parent), \(now))
                """)
        }
    }

    private static func enterprises(in session: inout Session) throws(StorageError) {
        let rows: [(id: String, name: String, region: String, regulator: String, park: String?, see: [String])] = [
            ("E1", "晋沁化工", "140521", "qinshui", nil, ["qinshui"]),
            ("E2", "云杉新材", "140525", "zezhou", "park", ["zezhou", "park"]),
            ("E3", "沁源燃气", "140521", "energy", nil, ["energy"]),
        ]
        for row in rows {
            try session.execute(
                """
                INSERT INTO enterprise (id, name, region, regulator_id, park_id, address, longitude, latitude, phone,
                    created_at)
                VALUES (\(row.id), \(row.name), \(row.region), \(row.regulator), \(row.park), '工业路 1 号',
                    112.2, 35.7, '0356-000-7119', \(now))
                """)
            for authority in row.see + ["city", "province", "center"] {
                try session.execute(
                    "INSERT INTO visibility (authority_id, enterprise_id) VALUES (\(authority), \(row.id))")
            }
            try hazard(of: row.id, in: &session)
        }
    }

    private static func hazard(of enterprise: String, in session: inout Session) throws(StorageError) {
        let number = String(enterprise.dropFirst())
        let name = ["1": "合成氨装置", "2": "加氢装置", "3": "液化气罐区"][number] ?? "罐区"
        try session.execute(
            """
            INSERT INTO hazard (id, enterprise_id, name, kind, grade, r_value, created_at)
            VALUES (\("H" + number), \(enterprise), \(name), 'unit', 2, 63.4, \(now))
            """)
        try session.execute(
            """
            INSERT INTO equipment (id, enterprise_id, hazard_id, name, kind)
            VALUES (\("Q" + number), \(enterprise), \("H" + number), 'V-203', 'tank')
            """)
        let points: [(String, String, String, String, [Double?])] = [
            ("P\(number)1", "PT-2031", "pressure", "MPa", [1.5, 1.6, 2.2, 2.4]),
            ("P\(number)2", "GT-2032", "toxicGas", "mg/m³", [nil, nil, 20, 60]),
        ]
        for (id, tag, kind, unit, limits) in points {
            try session.execute(
                """
                INSERT INTO point (id, enterprise_id, hazard_id, equipment_id, name, tag, kind, unit, range_low,
                    range_high, low_low, low, high, high_high, on_delay_ms, off_delay_ms, deadband, is_key, created_at)
                VALUES (\(id), \(enterprise), \("H" + number), \("Q" + number), \(tag), \(tag), \(kind), \(unit), 0.0,
                    100.0, \(limits[0]), \(limits[1]), \(limits[2]), \(limits[3]), 5000, 5000, 0.01, 1, \(now))
                """)
            try session.execute(
                """
                INSERT INTO point_state (point_id, value, value_at, quality, received_at, state, state_since, latches)
                VALUES (\(id), 2.47, \(now - .seconds(2)), 'GOOD', \(now - .seconds(2)), 'normal', \(now), 0)
                """)
        }
    }

    private static func people(in session: inout Session) throws(StorageError) {
        let names = ["孙立安", "赵砚", "周启明", "冯远", "何青", "许志远"]
        for (index, name) in names.enumerated() {
            let enterprise = index < 3 ? "E1" : "E2"
            try session.execute(
                """
                INSERT INTO person (id, enterprise_id, name, phone, created_at)
                VALUES (\("U\(index + 1)"), \(enterprise), \(name), \("139-0000-204\(index + 1)"), \(now))
                """)
            let role = ResponsibleRole.allCases[index % 3]
            try session.execute(
                """
                INSERT INTO responsibility (id, hazard_id, role, person_id, from_at)
                VALUES (\("R\(index + 1)"), \(index < 3 ? "H1" : "H2"), \(role), \("U\(index + 1)"), \(now))
                """)
        }
    }

    /// A level set by hand at a time, with what follows from it.
    static func level(
        _ hazard: HazardID, _ level: Level, at instant: Timestamp, in session: inout Session
    ) throws(StorageError) {
        var context = OperationContext(
            now: instant, actor: "model", ids: IdentifierSource(seed: UInt64(bitPattern: instant.milliseconds)))
        try WarningOperations.riskChanged(
            hazard: hazard, to: level, cause: ["text": "压力 PT-2031 高高：2.47 / 2.40 MPa"], context: &context,
            in: &session)
    }

    /// An open alarm of a hazard source's first point.
    static func alarm(
        _ id: AlarmID, point: PointID, hazard: HazardID, enterprise: EnterpriseID, at instant: Timestamp,
        in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            INSERT INTO alarm (id, point_id, hazard_id, enterprise_id, kind, opened_at, start_state, worst_state,
                current_state, current_since, side_since, chain_id, start_value, worst_value, last_value, threshold,
                occurrences)
            VALUES (\(id), \(point), \(hazard), \(enterprise), 'pressure', \(instant), 'high', 'highHigh', 'highHigh',
                \(instant), \(instant), \(id), 2.21, 2.47, 2.47, 2.4, 1)
            """)
        var context = OperationContext(now: instant, actor: "gateway:GW1", ids: IdentifierSource(seed: 5))
        try WarningOperations.alarmOpened(id, hazard: hazard, context: &context, in: &session)
    }

    static func clearAlarm(
        _ id: AlarmID, hazard: HazardID, at instant: Timestamp, in session: inout Session
    ) throws(StorageError) {
        try session.execute(
            """
            UPDATE alarm SET cleared_at = \(instant), dispel_type = 'recovered', current_state = 'normal'
            WHERE id = \(id)
            """)
        var context = OperationContext(now: instant, actor: "gateway:GW1", ids: IdentifierSource(seed: 6))
        try WarningOperations.alarmCleared(id, hazard: hazard, context: &context, in: &session)
    }
}
