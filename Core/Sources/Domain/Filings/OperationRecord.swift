public import Kernel

/// 开停车、检维修备案: that a piece of equipment is started, stopped or repaired, by whom, and whether an interlock is
/// removed for it (domain §5.1). A record says what happens; it changes no rate and silences no alarm.
public struct OperationRecord: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case startUp, shutDown, maintenance

        public var label: String {
            switch self {
            case .startUp: "开车"
            case .shutDown: "停车"
            case .maintenance: "检维修"
            }
        }
    }

    public var id: String
    public var enterprise: EnterpriseID
    public var hazard: HazardID?
    public var equipment: EquipmentID?
    public var kind: Kind
    public var deviceName: String
    public var content: String
    public var startAt: Timestamp
    /// When it should be over.
    public var expireAt: Timestamp
    public var endedAt: Timestamp?
    public var personName: String
    public var personPhone: String
    /// 装置负责人
    public var principalName: String?
    public var principalPhone: String?
    /// 是否摘除联锁
    public var removesInterlock: Bool
    public var emergencyPlan: String
    public var createdAt: Timestamp
    public var createdBy: String

    public init(
        id: String, enterprise: EnterpriseID, hazard: HazardID?, equipment: EquipmentID?, kind: Kind,
        deviceName: String, content: String, startAt: Timestamp, expireAt: Timestamp, personName: String,
        personPhone: String, principalName: String?, principalPhone: String?, removesInterlock: Bool,
        emergencyPlan: String, createdAt: Timestamp, createdBy: String
    ) {
        self.id = id
        self.enterprise = enterprise
        self.hazard = hazard
        self.equipment = equipment
        self.kind = kind
        self.deviceName = deviceName
        self.content = content
        self.startAt = startAt
        self.expireAt = expireAt
        self.personName = personName
        self.personPhone = personPhone
        self.principalName = principalName
        self.principalPhone = principalPhone
        self.removesInterlock = removesInterlock
        self.emergencyPlan = emergencyPlan
        self.createdAt = createdAt
        self.createdBy = createdBy
    }

    /// Field by field what is missing or wrong, in the reader's words.
    public func violations() -> [(field: String, text: String)] {
        var found: [(field: String, text: String)] = []
        if deviceName.isBlank { found.append(("deviceName", "请写明哪套装置或设备")) }
        if content.isBlank { found.append(("content", "请写明做什么")) }
        if expireAt <= startAt { found.append(("expireAt", "计划完成时间不晚于开始时间")) }
        if personName.isBlank { found.append(("personName", "请填写现场负责人")) }
        if personPhone.isBlank { found.append(("personPhone", "请填写现场负责人的电话")) }
        if emergencyPlan.isBlank { found.append(("emergencyPlan", "请写明应急措施")) }
        return found
    }

    public func isRunning(at now: Timestamp) -> Bool { startAt <= now && (endedAt.map { now < $0 } ?? true) }

    /// Past its planned end and not reported over.
    public func isOverdue(at now: Timestamp) -> Bool { endedAt == nil && now >= expireAt }
}
