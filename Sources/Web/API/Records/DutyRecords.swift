import Domain
import Kernel
import Storage

/// Duties of the three responsible persons, and analyses of causes.
enum DutyRecords {
    struct Line: Sendable {
        var item: DutyListing
        var now: Timestamp
        var task: DutyTask { item.task }
    }

    static let duty = APIRecord<Line>("Duty", "包保责任人的一项履职任务") { record in
        record.code("id", "任务编号") { $0.task.id }
        record.word("kind", "种类", { $0.label }) { $0.task.kind }
        record.text("title", "周期") { $0.item.title }
        record.text("enterpriseName", "企业") { $0.item.enterpriseName }
        record.id("enterprise", "企业编号") { $0.task.enterprise }
        record.text("hazardName", "重大危险源") { $0.item.hazardName }
        record.id("hazard", "重大危险源编号") { $0.task.hazard }
        record.text("regulatorName", "日常监管单位") { $0.item.regulatorName }
        record.word("role", "职责", { Wording.role($0) }) { $0.task.kind.role }
        record.id("person", "责任人编号") { $0.item.person }
        record.text("personName", "责任人；空缺为空") { $0.item.personName }
        record.instant("from", "起") { $0.task.from }
        record.instant("until", "止，不含") { $0.task.until }
        record.flag("isPartial", "期中登记，不计入") { $0.task.isPartial }
        record.word("state", "状态", { $0.label }) { $0.task.state(at: $0.now) }
        record.instant("doneAt", "完成") { $0.task.doneAt }
        record.text("doneBy", "完成人") { $0.item.doneBy }
        record.text("text", "检查情况") { $0.item.record?.text }
        record.text("measures", "整改或管控措施") { $0.item.record?.measures }
        record.json("answers", "逐项结果") { $0.item.record?.json["answers"] ?? .null }
        record.count("photos", "照片张数") { $0.item.photos.count }
    }

    static let cause = APIRecord<RootCauseForm>("RootCause", "根因分析：同一点位 7 日内反复报警") { record in
        record.code("id", "编号") { $0.id }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.text("hazardName", "重大危险源") { $0.hazardName }
        record.id("point", "点位编码") { $0.point }
        record.text("pointName", "点位") { $0.pointName }
        record.text("side", "哪一侧") { $0.side.label }
        record.count("alarms", "报警次数") { $0.alarms.count }
        record.instant("openedAt", "要求分析") { $0.openedAt }
        record.instant("dueAt", "时限") { $0.dueAt }
        record.instant("submittedAt", "提交") { $0.submittedAt }
        record.text("cause", "原因") { $0.cause }
        record.text("measures", "措施") { $0.measures }
        record.text("responsible", "责任人") { $0.responsible }
        record.day("finishBy", "整改完成期限") { $0.finishBy }
        record.instant("finishedAt", "完成") { $0.finishedAt }
    }
}
