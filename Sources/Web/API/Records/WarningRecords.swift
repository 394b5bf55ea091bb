import Domain
import Kernel
import Storage

/// Warnings and alarms as the API tells them.
enum WarningRecords {
    static let alarm = APIRecord<AlarmListing>("Alarm", "报警：一个点位从越限到恢复为一条") { record in
        record.id("id", "报警编号") { $0.id }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.code("region", "属地区划代码") { $0.region }
        record.text("hazardName", "重大危险源") { $0.hazardName }
        record.id("hazard", "重大危险源编号") { $0.hazard }
        record.text("equipmentName", "设备") { $0.equipmentName }
        record.id("point", "点位编号") { $0.point }
        record.text("pointName", "点位") { $0.pointName }
        record.text("pointTag", "位号") { $0.pointTag }
        record.code("pointKind", "点位类型") { $0.pointKind }
        record.text("unit", "单位") { $0.unit }
        record.code("state", "现在的状态：normal、low、lowLow、high、highHigh") { $0.currentState }
        record.code("worstState", "最重时的状态") { $0.worstState }
        record.text("worstText", "最重") { Points.state($0.worstState, kind: $0.pointKind) }
        record.number("value", "现在的值") { $0.lastValue }
        record.number("worstValue", "最重的值") { $0.worstValue }
        record.number("threshold", "限值") { $0.threshold }
        record.instant("openedAt", "起") { $0.openedAt }
        record.instant("acknowledgedAt", "知悉") { $0.acknowledgedAt }
        record.instant("clearedAt", "消警") { $0.clearedAt }
        record.code("dispelType", "消警方式") { $0.dispelType }
        record.instant("exemptedAt", "豁免") { $0.exemptedAt }
        record.instant("offlineSince", "离线，值冻结自") { $0.offlineSince }
        record.count("occurrences", "越限次数") { $0.occurrences }
    }

    static let leading = APIRecord<LeadingAlarm>("LeadingAlarm", "与预警相连的报警") { record in
        record.id("id", "报警编号") { $0.id }
        record.id("point", "点位编号") { $0.point }
        record.text("pointName", "点位") { $0.pointName }
        record.text("pointTag", "位号") { $0.pointTag }
        record.code("pointKind", "点位类型") { $0.pointKind }
        record.text("unit", "单位") { $0.unit }
        record.text("equipmentName", "设备") { $0.equipmentName }
        record.code("state", "现在的状态") { $0.currentState }
        record.code("worstState", "最重时的状态") { $0.worstState }
        record.number("value", "现在的值") { $0.lastValue }
        record.number("worstValue", "最重的值") { $0.worstValue }
        record.number("threshold", "限值") { $0.threshold }
        record.instant("openedAt", "起") { $0.openedAt }
        record.instant("clearedAt", "消警") { $0.clearedAt }
        record.instant("offlineSince", "离线自") { $0.offlineSince }
    }

    static let warning = APIRecord<WarningListing>("Warning", "一条预警") { record in
        common(&record, listing: { $0 })
        record.object("alarm", "最说明问题的一条报警", of: leading) { $0.alarm }
    }

    /// What a list and a dossier both say.
    private static func common<Row>(
        _ record: inout APIRecord<Row>, listing: @escaping @Sendable (Row) -> WarningListing
    ) {
        record.id("id", "预警编号") { listing($0).id }
        record.level("level", "级别") { listing($0).level }
        record.level("peakLevel", "最高级别") { listing($0).peakLevel }
        record.word("phase", "状态", { WarningRow.word($0) }) { listing($0).phase }
        record.text("enterpriseName", "企业") { listing($0).enterpriseName }
        record.id("enterprise", "企业编号") { listing($0).enterprise }
        record.text("hazardName", "重大危险源") { listing($0).hazardName }
        record.id("hazard", "重大危险源编号") { listing($0).hazard }
        record.count("hazardGrade", "危险源级别，1–4") { listing($0).hazardGrade }
        record.code("region", "属地区划代码") { listing($0).region }
        record.text("regionName", "属地") { listing($0).regionName }
        record.text("regulatorName", "日常监管单位") { listing($0).regulatorName }
        record.id("regulator", "日常监管单位编号") { listing($0).regulator }
        record.instant("raisedAt", "发生") { listing($0).raisedAt }
        record.instant("changedAt", "等级最近变化") { listing($0).changedAt }
        record.instant("acknowledgedAt", "确认") { listing($0).acknowledgedAt }
        record.text("acknowledgedBy", "确认人") { listing($0).acknowledgedBy }
        record.instant("clearedAt", "解除") { listing($0).clearedAt }
        record.instant("allClearAt", "关联报警全部消警") { listing($0).allClearAt }
        record.instant("reportDueAt", "三要素上报时限") { listing($0).reportDueAt }
        record.instant("reportedAt", "三要素上报") { listing($0).reportedAt }
        record.instant("approvedAt", "审核通过") { listing($0).approvedAt }
        record.instant("closedAt", "闭环") { listing($0).closedAt }
        record.instant("nextDueAt", "下一个时限") { listing($0).nextDueAt }
        record.code("nextStep", "到时系统自己做什么") { listing($0).nextStep }
        record.count("cautions", "警示通报次数") { listing($0).cautionCount }
        record.count("openSupervisions", "待反馈的督办") { listing($0).openSupervisions }
    }

    /// One line of the log of a case.
    struct Step: Sendable {
        var at: Timestamp
        var kind: String
        var actor: String
        var text: String
        var payload: JSON
    }

    static let step = APIRecord<Step>("WarningStep", "时间线的一步，取自只增不改的日志") { record in
        record.instant("at", "时刻") { $0.at }
        record.code("kind", "事件") { $0.kind }
        record.text("actor", "谁") { $0.actor }
        record.text("text", "文字") { $0.text }
        record.json("payload", "日志里的原样") { $0.payload }
    }

    static let receipt = APIRecord<WarningDossier.Receipt>("Receipt", "一次送达：送给谁、何时到、何时读") { record in
        record.code("kind", "为什么送") { $0.kind }
        record.level("level", "级别") { $0.level }
        record.code("recipientKind", "authority、enterprise、person") { $0.recipientKind }
        record.code("recipient", "收件方编号") { $0.recipientID }
        record.text("recipientName", "收件方") { $0.recipientName }
        record.code("channel", "渠道") { $0.channel }
        record.instant("createdAt", "发出") { $0.createdAt }
        record.instant("deliveredAt", "送达") { $0.deliveredAt }
        record.instant("readAt", "已读") { $0.readAt }
        record.text("readBy", "读的人") { $0.readBy }
        record.flag("isLate", "晚发") { $0.isLate }
    }

    static let responsible = APIRecord<WarningDossier.Responsible>("Responsible", "包保责任人") { record in
        record.word("role", "职责", { Wording.role($0) }) { $0.role }
        record.id("person", "人员编号") { $0.person }
        record.text("name", "姓名") { $0.name }
        record.text("phone", "电话") { $0.phone }
    }

    static let risk = APIRecord<WarningDossier.Risk>("Risk", "风险评估与分项") { record in
        record.level("level", "等级") { $0.level }
        record.number("score", "分值") { $0.score }
        record.json("terms", "各分项") { $0.terms }
        record.count("modelVersion", "模型参数版本") { Int($0.modelVersion) }
        record.instant("assessedAt", "评估时刻") { $0.assessedAt }
        record.instant("nextChangeAt", "可能自行变化的时刻") { $0.nextChangeAt }
    }

    struct Dossier: Sendable {
        var dossier: WarningDossier
        var now: Timestamp
    }

    /// Of a dossier all that its page shows.
    static let dossier = APIRecord<Dossier>("WarningDossier", "一条预警的全部：时间线、报警、送达、责任人、评估") { record in
        common(&record, listing: { $0.dossier.listing })
        record.text("why", "为什么是这个级别") { WarningStory($0.dossier, now: $0.now).why }
        record.texts("lacking", "闭环还差什么") { WarningStory($0.dossier, now: $0.now).lacking }
        record.text("reportState", "上报：submitted、returned、approved、void") { $0.dossier.warning.report?.state.rawValue }
        record.flag("isReportLate", "上报逾期") { $0.dossier.warning.report?.isLate }
        record.list("alarms", "关联报警", of: leading) { $0.dossier.alarms.map(\.alarm) }
        record.list("responsible", "包保责任人", of: responsible) { $0.dossier.responsible }
        record.object("risk", "风险评估", of: risk) { $0.dossier.risk }
        record.list("receipts", "送达", of: receipt) { $0.dossier.receipts }
        record.list("timeline", "时间线", of: step) { row in
            row.dossier.entries.map { entry in
                let line = WarningStory.line(entry, dossier: row.dossier, now: row.now)
                return Step(
                    at: entry.entry.at, kind: entry.entry.kind,
                    actor: row.dossier.names[entry.entry.actor] ?? entry.entry.actor,
                    text: [line?.lead, line?.text, line?.detail].compactMap(\.self).joined(separator: " "),
                    payload: entry.entry.payload)
            }
        }
    }
}
