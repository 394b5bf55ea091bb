import Domain
import Kernel

/// The authorities above the demonstration's enterprises: real names of offices, invented people.
enum DemonstrationAuthorities {
    static let all: [Authority] = [
        Authority(id: "AKY", level: .center, name: "安科院安全生产风险监测预警中心"),
        Authority(id: "140000", level: .province, name: "山西省应急管理厅", region: "140000", phone: "03510001200"),
        Authority(
            id: "140500", level: .city, name: "晋城市应急管理局", region: "140500", parent: "140000", phone: "03560001190"),
        county("140502", "晋城市城区应急管理局"),
        county("140521", "沁水县应急管理局"),
        county("140522", "阳城县应急管理局"),
        county("140524", "陵川县应急管理局"),
        county("140525", "泽州县应急管理局"),
        county("140581", "高平市应急管理局"),
        Authority(
            id: "140521-NY", level: .county, name: "沁水县能源局", region: "140521", parent: "140500", coversRegion: false),
        Authority(
            id: AuthorityIDs.parkAcross, level: .park, name: "丹河化工园区管理委员会", region: "140525", parent: "140500"),
        Authority(
            id: AuthorityIDs.parkQinhe, level: .park, name: "沁河化工园区管理委员会", region: "140521", parent: "140500"),
    ]

    /// The names of the story; everybody else is drawn.
    static let officers: [String: String] = ["140500": "王敏", "140521": "秦岚"]

    private enum AuthorityIDs {
        static let parkAcross = AuthorityID(DemonstrationPlans.parkAcross)
        static let parkQinhe = AuthorityID(DemonstrationPlans.parkQinhe)
    }

    private static func county(_ code: String, _ name: String) -> Authority {
        Authority(id: AuthorityID(code), level: .county, name: name, region: code, parent: "140500")
    }
}
