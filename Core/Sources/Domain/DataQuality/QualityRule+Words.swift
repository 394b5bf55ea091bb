extension QualityRule {
    public var label: String {
        switch self {
        case .futureTime: "数据时间超前 5 分钟以上"
        case .backfillMarkIgnored: "5 分钟内的数据带补传标记"
        case .sequenceConflict: "同一序号的报文内容不同"
        case .missedAlarm: "漏报:企业端上报状态低于应报状态"
        case .missedAlarmInBackfill: "漏报:补传数据越限而当时没有报警"
        case .laxerEdgeLimit: "企业端阈值宽于平台阈值"
        case .alarmEndedByLimitChange: "报警因阈值变更而结束"
        case .hazardWithoutPoints: "重大危险源漏接:没有在用点位"
        case .hazardWithoutCamera: "重大危险源没有摄像机"
        case .noControlRoomCamera: "没有覆盖中控室的摄像机"
        case .missingQuantity: "设备缺少必备指标"
        case .neverConnected: "登记在用但从未收到数据"
        case .gasLedgerGap: "气体点位台账数多于接入数"
        case .responsibleMissing: "包保责任人缺岗"
        case .limitsMissing: "阈值或量程没有设置"
        case .limitsIllogical: "阈值不合逻辑"
        case .highAtRangeTop: "高报等于量程上限"
        case .gasLimitBeyondStandard: "气体报警设定值超出标准"
        case .unitMissing: "单位缺失或不在字典内"
        case .duplicateName: "同类数据重名"
        case .vagueName: "名称笼统,区分不出"
        case .deviceAlias: "疑似同一设备用了多个名称"
        case .gasWithoutPlace: "气体点位没有关联设备或位置"
        case .equipmentIncomplete: "设备类型、介质、形态不全"
        case .frozen: "数据疑似死值"
        case .neverChanged: "30 天从未变值"
        case .replayed: "数据重复:与以前的一段波动一致"
        case .repeated: "数据重复:与以前的一段逐值相同"
        case .tooSmooth: "数据过于平滑"
        case .interpolated: "数据呈等差排列"
        case .clamped: "数据被压在报警值以下"
        case .resolutionChanged: "数据的最小刻度变了"
        case .jump: "数据突跳"
        case .impossibleRate: "变化速率不合常理"
        case .outOfRange: "数据超出量程"
        case .badQuality: "质量码长时间为坏"
        case .clockOff: "网关时钟偏差或数据迟到"
        case .longOffline: "点位长期离线"
        case .cameraOffline: "摄像机不在线"
        case .massOffline: "点位批量同时离线,疑似人为干扰"
        case .repeatedRebound: "预警闭环后反复再起"
        case .commitmentContradicted: "承诺内容与监测数据不符"
        }
    }

    /// The article that the finding rests on.
    public var article: String {
        switch self {
        case .hazardWithoutPoints, .neverConnected, .gasLedgerGap, .vagueName: "《数据》第四条"
        case .missingQuantity, .limitsMissing, .limitsIllogical, .highAtRangeTop, .gasLimitBeyondStandard,
            .unitMissing, .duplicateName, .deviceAlias, .gasWithoutPlace, .equipmentIncomplete:
            "《数据》第五条"
        case .hazardWithoutCamera, .noControlRoomCamera: "《数据》第六条"
        case .commitmentContradicted: "《数据》第七条"
        case .sequenceConflict, .missedAlarm, .missedAlarmInBackfill, .laxerEdgeLimit, .alarmEndedByLimitChange,
            .frozen, .neverChanged, .replayed, .repeated, .tooSmooth, .interpolated, .clamped, .resolutionChanged,
            .massOffline:
            "《数据》第八条"
        case .longOffline, .cameraOffline: "《数据》第十条"
        case .futureTime, .backfillMarkIgnored, .clockOff, .jump, .impossibleRate, .outOfRange, .badQuality:
            "《数据》第二条"
        case .responsibleMissing: "《数据》第三条"
        case .repeatedRebound: "《处置》第十条"
        }
    }

    /// What the enterprise should do, in the reader's words.
    public var advice: String {
        switch self {
        case .futureTime, .clockOff: "校准网关时钟,检查上传链路是否积压。"
        case .backfillMarkIgnored: "检查网关的补传设置:补传标记只用于恢复后补交的旧数据。"
        case .sequenceConflict: "检查网关是否被两个程序同时使用,核对该序号的原始报文。"
        case .missedAlarm, .missedAlarmInBackfill: "核对企业端报警设定和报警记录,说明当时为什么没有上报。"
        case .laxerEdgeLimit: "把企业端阈值改回与平台一致,或按程序申请变更平台阈值。"
        case .alarmEndedByLimitChange: "说明变更依据,核对该点位是否仍处在危险状态。"
        case .hazardWithoutPoints, .neverConnected, .gasLedgerGap: "补齐接入,确因停用的办理点位停用。"
        case .hazardWithoutCamera, .noControlRoomCamera: "补装或接入能看清关键部位的摄像机。"
        case .missingQuantity: "补装仪表或接入已有仪表。"
        case .responsibleMissing: "按规定明确包保责任人并录入。"
        case .limitsMissing, .limitsIllogical, .highAtRangeTop, .gasLimitBeyondStandard:
            "按工艺和标准重新核定量程与各级阈值后改正。"
        case .unitMissing: "改为字典内的单位。"
        case .duplicateName, .vagueName, .deviceAlias: "加前缀或后缀,使名称能区分,并统一到同一设备名称。"
        case .gasWithoutPlace: "补填关联设备和安装位置。"
        case .equipmentIncomplete: "补填设备类型、物料介质和形态。"
        case .frozen, .neverChanged: "现场核对仪表是否失灵、通道是否被强制。"
        case .replayed, .repeated, .tooSmooth, .interpolated, .clamped, .resolutionChanged:
            "封存网关与 DCS 历史数据,现场比对原始记录,查明数据来源。"
        case .jump, .impossibleRate: "检查仪表、接线和采集换算。"
        case .outOfRange: "检查仪表与量程设置是否一致。"
        case .badQuality: "检修仪表或通信通道。"
        case .longOffline, .cameraOffline: "恢复在线;计划停用的先办报备。"
        case .massOffline: "查明停电、断网原因;无故停电断网的按规定处理。"
        case .repeatedRebound: "分析反复超限的工艺原因,不要只消警。"
        case .commitmentContradicted: "核对承诺内容与现场实际,更正承诺。"
        }
    }
}
