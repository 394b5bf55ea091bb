import Domain
import Kernel
import Storage

/// Problems, patrols, attendance and site checks.
enum InspectionRecords {
    static let problem = APIRecord<ProblemListing>("InspectionProblem", "问题：巡查、抽查、数据质量或现场核查发现的") { record in
        common(&record) { $0 }
    }

    private static func common<Row>(
        _ record: inout APIRecord<Row>, _ item: @escaping @Sendable (Row) -> ProblemListing
    ) {
        record.id("id", "问题编号") { item($0).id }
        record.code("source", "来源：patrol、spotCheck、quality、siteCheck") { item($0).source }
        record.text("sourceText", "来源") { row in
            ProblemSource(kind: item(row).source, id: item(row).sourceID)?.label ?? item(row).source
        }
        record.code("sourceID", "来源记录的编号") { item($0).sourceID }
        record.code("subjectKind", "被查方：authority、enterprise") { item($0).subject.kind }
        record.code("subject", "被查方编号") { item($0).subject.id }
        record.text("subjectName", "被查方") { item($0).subjectName }
        record.text("hazardName", "重大危险源") { item($0).hazardName }
        record.word("severity", "轻重", { $0.label }) { item($0).severity }
        record.code("topic", "类别") { item($0).topic }
        record.text("text", "问题") { item($0).text }
        record.word("stage", "状态", { $0.label }) { item($0).stage }
        record.text("finderName", "发现单位") { item($0).finderName }
        record.id("finder", "发现单位编号") { item($0).finder }
        record.text("holderName", "现在由谁办") { item($0).holderName }
        record.id("holder", "现在由谁办的编号") { item($0).holder }
        record.text("lastName", "日常监管单位") { item($0).lastName }
        record.instant("raisedAt", "发现") { item($0).raisedAt }
        record.code("mode", "atOnce 立即，limited 限期") { item($0).mode }
        record.text("measures", "管控措施") { item($0).measures }
        record.instant("deadline", "整改期限") { item($0).deadline }
        record.instant("feedbackDueAt", "反馈时限") { item($0).feedbackDueAt }
        record.instant("respondedAt", "首次反馈") { item($0).respondedAt }
        record.instant("rectifiedAt", "整改完成") { item($0).rectifiedAt }
        record.word("recheckResult", "复查", { $0.label }) { item($0).recheckResult }
        record.instant("closedAt", "闭环") { item($0).closedAt }
        record.text("supervisionNumber", "督办单号") { item($0).supervisionNumber }
        record.instant("supervisionLiftedAt", "督办解除") { item($0).supervisionLiftedAt }
        record.flag("isHolderOverdue", "交办超时") { item($0).isHolderOverdue }
        record.flag("isFeedbackOverdue", "反馈超时") { item($0).isFeedbackOverdue }
        record.flag("wasOverdue", "逾期或曾逾期") { item($0).wasOverdue }
    }

    struct Step: Sendable {
        var at: Timestamp
        var kind: String
        var actor: String
        var lead: String
        var text: String
    }

    static let step = APIRecord<Step>("ProblemStep", "问题流转的一步") { record in
        record.instant("at", "时刻") { $0.at }
        record.code("kind", "事件") { $0.kind }
        record.text("actor", "谁") { $0.actor }
        record.text("lead", "做了什么") { $0.lead }
        record.text("text", "说明") { $0.text }
    }

    struct Whole: Sendable {
        var facts: ProblemFacts
        var now: Timestamp
    }

    static let whole = APIRecord<Whole>("InspectionProblemWhole", "一个问题与它的流转") { record in
        common(&record) { $0.facts.item }
        record.list("steps", "流转，旧的在前", of: step) { row in
            row.facts.trail.map { entry in
                Step(
                    at: entry.at, kind: entry.event.kind, actor: row.facts.actors[entry.actor] ?? entry.actor,
                    lead: ProblemWords.lead(entry.event),
                    text: ProblemWords.text(entry.event, facts: row.facts, now: row.now))
            }
        }
    }

    static let patrol = APIRecord<PatrolListing>("Patrol", "一次巡查") { record in
        record.id("id", "巡查编号") { $0.id }
        record.day("day", "日期") { $0.day }
        record.text("officeName", "巡查单位") { $0.officeName }
        record.id("office", "巡查单位编号") { $0.office }
        record.text("subjectName", "被巡查单位") { $0.subjectName }
        record.id("subject", "被巡查单位编号") { $0.subject }
        record.word("kind", "形式", { $0.label }) { $0.kind }
        record.id("problem", "跟踪的问题") { $0.problem }
        record.word("conclusion", "跟踪结论", { $0.label }) { $0.conclusion }
        record.json("answers", "逐项结果") { .array($0.answers.map(\.json)) }
        record.count("abnormal", "异常项") { $0.abnormalCount }
        record.text("inspector", "巡查人") { $0.inspector }
        record.text("contact", "联系方式") { $0.contact }
        record.instant("submittedAt", "提交") { $0.submittedAt }
        record.text("submittedBy", "提交账号") { $0.submittedBy }
    }

    /// A patrol that was just handed in, with what came of it.
    struct PatrolReceipt: Sendable {
        var patrol: PatrolListing
        var problems: [ProblemListing]
    }

    static let patrolReceipt = APIRecord<PatrolReceipt>("PatrolReceipt", "提交的巡查与由此产生的问题") { record in
        record.object("patrol", "巡查", of: patrol) { $0.patrol }
        record.list("problems", "由此产生的问题，已交给被巡查单位", of: problem) { $0.problems }
    }

    struct PatrolSheetRow: Sendable {
        var read: PatrolForm.Read
        var at: Timestamp
    }

    struct PatrolSheetItem: Sendable {
        var id: String
        var title: String
        var prefill: PatrolFactsReader.Prefill?
    }

    private static let patrolSheetItem = APIRecord<PatrolSheetItem>("PatrolSheetItem", "巡查表的一项") { record in
        record.code("item", "项的编号") { $0.id }
        record.text("title", "内容") { $0.title }
        record.flag("isLegal", "法定（《巡查》第八条）") { $0.prefill != nil }
        record.text("prefilled", "系统现在读到的；自己加的项没有") { $0.prefill?.text }
        record.flag("isSuspicious", "系统觉得要细看，结论由巡查人判断") { $0.prefill?.isSuspicious ?? false }
    }

    static let patrolSheet = APIRecord<PatrolSheetRow>("PatrolSheet", "一张待填的巡查表") { record in
        record.id("subject", "被巡查单位编号") { $0.read.object.id }
        record.text("subjectName", "被巡查单位") { $0.read.object.name }
        record.text("actingName", "以哪个单位的名义") { $0.read.actingName }
        record.instant("readAt", "读取时刻") { $0.at }
        record.list("items", "各项", of: patrolSheetItem) { row in
            row.read.prefill.map { .init(id: $0.topic.rawValue, title: $0.topic.label, prefill: $0) }
                + row.read.own.map { .init(id: $0.id, title: $0.title, prefill: nil) }
        }
    }

    static let patrolDay = APIRecord<PatrolDay>("PatrolDay", "一个单位一天的巡查任务") { record in
        record.day("day", "日期") { $0.day }
        record.text("officeName", "单位") { $0.officeName }
        record.id("office", "单位编号") { $0.office }
        record.code("level", "层级") { $0.level.rawValue }
        record.count("neededDivisions", "应巡查的下级") { $0.neededDivisions }
        record.count("doneDivisions", "已巡查的下级") { $0.doneDivisions }
        record.count("neededPatrols", "应巡查次数") { $0.neededPatrols }
        record.count("donePatrols", "已巡查次数") { $0.donePatrols }
        record.count("factor", "特殊时段倍数") { $0.factor }
        record.text("specialReason", "特殊时段") { $0.specialReason }
        record.flag("isComplete", "完成") { $0.isComplete }
        record.instant("completedAt", "完成时刻") { $0.completedAt }
    }

    static let patrolTask = APIRecord<PatrolTask>("PatrolTask", "一个巡查对象与它的优先级") { record in
        record.code("id", "编号") { $0.id }
        record.day("day", "日期") { $0.day }
        record.text("subjectName", "被巡查单位") { $0.subjectName }
        record.id("subject", "被巡查单位编号") { $0.subject }
        record.word("kind", "形式", { $0.label }) { $0.kind }
        record.count("rank", "次序") { $0.rank }
        record.flag("isSuggested", "建议今天巡查") { $0.isSuggested }
        record.count("historyScore", "事故多发") { $0.scores.history }
        record.count("riskScore", "风险等级高") { $0.scores.risk }
        record.count("applicationScore", "应用靠后") { $0.scores.application }
        record.count("waitingScore", "久未巡查") { $0.scores.waiting }
        record.text("explanation", "为什么") { $0.explanation }
        record.id("problem", "跟踪的问题") { $0.problem }
        record.instant("dueAt", "时限") { $0.dueAt }
        record.id("patrol", "已做的巡查") { $0.patrol }
    }

    static let attendance = APIRecord<AttendanceFinding>("AttendanceFinding", "该做而当日没有做的") { record in
        record.day("day", "日期") { $0.day }
        record.text("officeName", "单位") { $0.authorityName }
        record.id("office", "单位编号") { $0.authority }
        record.word("kind", "什么没有做", { $0.label }) { $0.kind }
        record.count("count", "件数") { $0.count }
        record.text("detail", "说明") { $0.detail }
    }

    static let siteCheck = APIRecord<SiteCheckRecord>("SiteCheck", "现场核查") { record in
        record.code("id", "编号") { $0.id }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.id("warning", "预警编号") { $0.warning }
        record.id("problem", "问题编号") { $0.problem }
        record.text("ordererName", "下令单位") { $0.ordererName }
        record.text("executorName", "核查单位") { $0.executorName }
        record.text("reason", "缘由") { $0.reason }
        record.instant("orderedAt", "下令") { $0.orderedAt }
        record.instant("dueAt", "时限") { $0.dueAt }
        record.texts("blocks", "核查情况") { row in
            SiteCheckBlock.allCases.compactMap { block in row.blocks[block].map { "\(block.label)：\($0)" } }
        }
        record.text("conclusion", "结论") { $0.conclusion }
        record.text("checkers", "核查人") { $0.checkers }
        record.instant("checkedAt", "到场") { $0.checkedAt }
        record.instant("submittedAt", "提交") { $0.submittedAt }
        record.flag("isLate", "逾期提交") { $0.isLate }
        record.flag("isOverdue", "逾期未交") { $0.isOverdue }
    }
}
