import Domain
import Kernel
import Services
import Storage

/// Enterprises, hazard sources, points and cameras.
enum RegistryRecords {
    static let enterprise = APIRecord<EnterpriseListing>("Enterprise", "企业") { record in
        record.id("id", "企业编号") { $0.id }
        record.text("name", "企业") { $0.name }
        record.text("region", "属地区划代码") { $0.region }
        record.text("regionName", "属地") { $0.regionName }
        record.text("regulatorName", "日常监管单位") { $0.regulatorName }
        record.text("parkName", "园区") { $0.parkName }
        record.text("industry", "行业") { $0.industry }
        record.text("address", "地址") { $0.address }
        record.text("phone", "电话") { $0.phone }
        record.text("creditCode", "统一社会信用代码") { $0.creditCode }
        record.count("hazards", "在用重大危险源") { $0.hazards }
        record.count("worstGrade", "最高的危险源级别，1–4") { $0.worstGrade }
        record.count("openWarnings", "未闭环预警") { $0.openWarnings }
        record.level("worst", "未解除预警的最高级别") { $0.worst }
        record.instant("gatewaySeenAt", "网关最近来数") { $0.gatewaySeenAt }
        record.count("openFindings", "未解决的质量问题") { $0.openFindings }
    }

    static let hazard = APIRecord<HazardListing>("Hazard", "重大危险源") { record in
        record.id("id", "重大危险源编号") { $0.id }
        record.text("name", "重大危险源") { $0.name }
        record.text("kind", "单元类型") { $0.kind }
        record.count("grade", "级别，1–4") { $0.grade }
        record.number("rValue", "R 值") { $0.rValue }
        record.text("location", "位置") { $0.location }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.code("region", "属地区划代码") { $0.region }
        record.text("regulatorName", "日常监管单位") { $0.regulatorName }
        record.level("level", "现在的等级") { $0.level }
        record.number("score", "风险分值") { $0.score }
        record.count("points", "在用点位") { $0.points }
        record.count("pointsOnline", "在线点位") { $0.pointsOnline }
        record.count("openAlarms", "未消警") { $0.openAlarms }
        record.text("operations", "操作负责人") { $0.operations }
        record.count("responsibles", "在任包保责任人") { $0.responsibles }
    }

    static let point = APIRecord<PointSheet>("Point", "监测点位：限值、状态、现在的值") { record in
        record.id("id", "点位编码") { $0.id }
        record.text("name", "点位") { $0.name }
        record.text("tag", "位号") { $0.tag }
        record.text("kind", "类型") { $0.kind }
        record.text("unit", "单位") { $0.unit }
        record.text("location", "位置") { $0.location }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.id("hazard", "重大危险源编号") { $0.hazard }
        record.text("hazardName", "重大危险源") { $0.hazardName }
        record.text("equipmentName", "设备") { $0.equipmentName }
        record.number("rangeLow", "量程下限") { $0.rangeLow }
        record.number("rangeHigh", "量程上限") { $0.rangeHigh }
        record.number("lowLow", "低低") { $0.lowLow }
        record.number("low", "低") { $0.low }
        record.number("high", "高") { $0.high }
        record.number("highHigh", "高高") { $0.highHigh }
        record.flag("isKey", "重点点位") { $0.isKey }
        record.flag("isInUse", "在用") { $0.isInUse }
        record.number("value", "值") { $0.value }
        record.instant("valueAt", "采集时刻") { $0.valueAt }
        record.text("quality", "数据质量") { $0.quality }
        record.text("state", "状态：normal、low、lowLow、high、highHigh") { $0.state }
        record.instant("stateSince", "状态自") { $0.stateSince }
        record.instant("offlineSince", "离线自") { $0.offlineSince }
    }

    static let camera = APIRecord<CameraListing>("Camera", "视频") { record in
        record.id("id", "视频编号") { $0.camera.id }
        record.text("name", "名称") { $0.camera.name }
        record.text("place", "部位") { $0.camera.place.label }
        record.text("location", "位置") { $0.camera.location }
        record.text("gbCode", "国标编码") { $0.camera.gbCode }
        record.flag("isInUse", "在用") { $0.camera.isInUse }
        record.id("enterprise", "企业编号") { $0.camera.enterprise }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.id("hazard", "重大危险源编号") { $0.camera.hazard }
        record.text("hazardName", "重大危险源") { $0.hazardName }
        record.flag("isOnline", "在线；从未报过为空") { $0.isOnline }
        record.instant("since", "这一状态自") { $0.since }
        record.instant("heardAt", "最近报来") { $0.heardAt }
        record.text("reason", "离线原因") { $0.reason }
        record.instant("planOnlineAt", "计划恢复") { $0.planOnlineAt }
    }

    static let offline = APIRecord<OfflineListing>("Offline", "离线的企业、点位或视频，离线最久的在前") { record in
        record.code("subject", "编号") { $0.subject }
        record.text("name", "名称") { $0.name }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.text("regulatorName", "日常监管单位") { $0.regulatorName }
        record.instant("since", "离线自；从未在线为空") { $0.since }
        record.flag("isFiled", "在已确认的报备期内") { $0.isFiled }
    }

    static let value = APIRecord<CurveValue>("CurveValue", "曲线上的一个值") { record in
        record.instant("at", "采集时刻") { $0.at }
        record.number("value", "值") { $0.value }
        record.word("quality", "数据质量", { $0.rawValue }) { (row: CurveValue) -> Quality in row.quality }
        record.flag("isBackfill", "补传") { $0.isBackfill }
    }

    /// One enterprise with its hazard sources.
    struct Whole: Sendable {
        var enterprise: EnterpriseListing
        var hazards: [HazardListing]
        var people: [Person]
    }

    static let person = APIRecord<Person>("Person", "企业人员") { record in
        record.id("id", "人员编号") { $0.id }
        record.text("name", "姓名") { $0.name }
        record.text("title", "职务") { $0.title }
        record.text("phone", "电话") { $0.phone }
    }

    static let whole = APIRecord<Whole>("EnterpriseWhole", "一家企业：登记、危险源、人员") { record in
        record.object("enterprise", "企业", of: enterprise) { $0.enterprise }
        record.list("hazards", "在用重大危险源", of: hazard) { $0.hazards }
        record.list("people", "在职人员", of: person) { $0.people }
    }

    struct Source: Sendable {
        var hazard: HazardListing
        var responsible: [WarningDossier.Responsible]
        var risk: WarningDossier.Risk?
        var points: [PointSheet]
    }

    static let source = APIRecord<Source>("HazardWhole", "一处重大危险源：等级、责任人、点位") { record in
        record.object("hazard", "重大危险源", of: hazard) { $0.hazard }
        record.list("responsible", "包保责任人", of: WarningRecords.responsible) { $0.responsible }
        record.object("risk", "风险评估", of: WarningRecords.risk) { $0.risk }
        record.list("points", "在用点位", of: point) { $0.points }
    }
}
