import Domain
import Kernel
import Storage

/// Spot checks, draws, rotation plans and duty calls.
enum SpotCheckRecords {
    struct Line: Sendable {
        var item: SpotCheckListing
        var day: Day
        var office: AuthorityID
    }

    static let line = APIRecord<Line>("SpotCheckLine", "当日抽查名单上的一家企业与原因") { record in
        record.day("day", "日期") { $0.day }
        record.id("office", "抽查单位编号") { $0.office }
        record.text("enterpriseName", "企业") { $0.item.name }
        record.id("enterprise", "企业编号") { $0.item.enterprise }
        record.text("region", "属地区划代码") { $0.item.region }
        record.text("regionName", "属地") { $0.item.regionName }
        record.level("level", "现在的级别") { $0.item.level }
        record.word("category", "为什么抽", { $0.title }) { $0.item.category }
        record.texts("reasons", "原因") { $0.item.reasons }
        record.flag("isReserve", "备选") { $0.item.isReserve }
        record.flag("isDeferred", "顺延至次日 12:00") { $0.item.isDeferred }
        record.instant("addedAt", "列入") { $0.item.addedAt }
        record.id("record", "抽查记录编号") { $0.item.check }
        record.instant("submittedAt", "提交记录") { $0.item.submittedAt }
        record.count("problems", "发现问题") { $0.item.problems }
    }

    static let office = APIRecord<SpotCheckListing.OfficeDay>("SpotCheckOffice", "一个单位一天的抽查完成情况") { record in
        record.text("officeName", "单位") { $0.name }
        record.id("office", "单位编号") { $0.office }
        record.code("level", "层级") { $0.level.rawValue }
        record.day("day", "日期") { $0.row.day }
        record.count("quota", "定额") { $0.row.quota }
        record.count("factor", "特殊时段倍数") { $0.row.factor }
        record.text("factorReason", "特殊时段") { $0.row.factorReason }
        record.count("must", "必抽") { $0.completion.must }
        record.count("mustChecked", "必抽中已抽") { $0.completion.mustChecked }
        record.count("required", "规定数") { $0.completion.required }
        record.count("counted", "已抽，计至规定数") { $0.completion.counted }
        record.flag("isQualified", "合格") { $0.completion.isQualified }
        record.text("shortfall", "差什么") { $0.completion.shortfall }
        record.instant("closedAt", "当日结算") { $0.row.closedAt }
    }

    static let record = APIRecord<SpotCheckRecordStore.Stored>("SpotCheckRecord", "抽查电子记录（附表 12 列）") { record in
        record.id("id", "记录编号") { $0.id }
        record.id("office", "抽查单位编号") { $0.authority }
        record.day("day", "日期") { $0.day }
        record.id("enterprise", "企业编号") { $0.enterprise }
        for (index, title) in SpotCheckRecord.columns.enumerated().dropFirst() {
            record.text("column\(index + 1)", title) { $0.record.cells(number: 1)[index] }
        }
        record.flag("hasCameraViolation", "视频中发现违规") { $0.record.hasCameraViolation }
        record.json("content", "逐项判定与自动填入的事实") { $0.record.json }
        record.text("inspectors", "抽查人员") { $0.record.inspectors }
        record.text("contact", "联系方式") { $0.record.contact }
        record.instant("openedAt", "开始") { $0.openedAt }
        record.instant("submittedAt", "提交") { $0.submittedAt }
        record.count("problems", "发现问题") { $0.problems }
    }

    static let candidate = APIRecord<SpotCheckDraw.Candidate>("DrawCandidate", "候选企业与权重") { record in
        record.id("id", "企业编号") { $0.enterprise }
        record.text("name", "企业") { $0.name }
        record.day("lastChecked", "上次抽查；从未抽过为空") { $0.lastChecked }
        record.count("weight", "权重") { $0.weight }
    }

    struct Draw: Sendable {
        var draw: SpotCheckDraw
        var differences: [String]
    }

    static let draw = APIRecord<Draw>("Draw", "一次公开种子的随机抽取，任何人可以照此重抽") { record in
        record.count("version", "算法版本") { $0.draw.version }
        record.day("day", "日期") { $0.draw.seed.day }
        record.id("office", "抽查单位编号") { $0.draw.office }
        record.text("officeName", "抽查单位") { $0.draw.officeName }
        record.text("seedLabel", "种子的读法") { $0.draw.seed.label(office: $0.draw.office) }
        record.text("seedHash", "种子：0 时日志链头的 SHA-256") { $0.draw.seed.hash }
        record.count("seedSequence", "种子所在的日志行") { Int($0.draw.seed.sequence) }
        record.count("count", "抽几家") { $0.draw.count }
        record.texts("drawn", "抽中的企业编号，按抽出的次序") { $0.draw.drawn.map(\.rawValue) }
        record.list("candidates", "候选", of: candidate) { $0.draw.candidates }
        record.texts("differences", "重抽与记录不符之处；没有即相符") { $0.differences }
    }

    static let plan = APIRecord<RotationCoverageQuery.Found>("RotationPlan", "轮回计划与本期覆盖") { record in
        record.id("id", "计划编号") { $0.plan.id }
        record.text("name", "计划") { $0.plan.name }
        record.text("officeName", "单位") { $0.officeName }
        record.id("office", "单位编号") { $0.plan.authority }
        record.texts("industries", "行业") { $0.plan.industries }
        record.texts("regions", "地区") { $0.plan.regions }
        record.word("period", "周期", { $0.title }) { $0.plan.period }
        record.day("startsOn", "开始") { $0.plan.startsOn }
        record.day("endsOn", "结束") { $0.plan.endsOn }
        record.day("windowFrom", "本期从") { $0.coverage.window.lowerBound }
        record.day("windowTo", "本期到") { $0.coverage.window.upperBound }
        record.count("members", "应覆盖企业") { $0.coverage.members }
        record.count("covered", "已覆盖") { $0.coverage.covered }
        record.texts("missing", "还没有抽到的企业") { row in
            let missing = Set(row.coverage.missing)
            return row.members.filter { missing.contains($0.id) }.map(\.name)
        }
    }

    static let call = APIRecord<DutyCallStore.Listing>("DutyCall", "一次查岗") { record in
        record.id("id", "查岗编号") { $0.call.id }
        record.text("callerName", "查岗单位") { $0.callerName }
        record.id("caller", "查岗单位编号") { $0.call.caller }
        record.text("calledBy", "查岗人") { $0.calledBy }
        record.code("targetKind", "被查方：enterprise、authority") { $0.call.target.kind }
        record.code("target", "被查方编号") { $0.call.target.id }
        record.text("targetName", "被查方") { $0.targetName }
        record.instant("calledAt", "发出") { $0.call.calledAt }
        record.count("minutes", "几分钟内应答") { $0.call.minutes }
        record.instant("dueAt", "时限") { $0.call.dueAt }
        record.text("question", "问题") { $0.call.question }
        record.word("state", "状态", { $0.title }) { $0.call.state }
        record.instant("answeredAt", "应答") { $0.call.answeredAt }
        record.text("answeredBy", "应答人") { $0.call.answeredBy }
        record.text("answer", "应答内容") { $0.call.answer }
        record.instant("missedAt", "计为未应答") { $0.call.missedAt }
    }
}
