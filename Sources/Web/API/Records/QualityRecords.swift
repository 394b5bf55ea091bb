import Domain
import Kernel
import Storage

/// Data quality: findings and the daily scores.
enum QualityRecords {
    static let finding = APIRecord<QualityFindingListing>("QualityFinding", "一条质量问题") { record in
        record.id("id", "编号") { $0.id }
        record.word("rule", "规则", { $0.label }) { $0.rule }
        record.text("dimension", "维度") { $0.rule.dimension.label }
        record.word("severity", "轻重", { $0.label }) { $0.severity }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.text("regulatorName", "日常监管单位") { $0.regulatorName }
        record.text("hazardName", "重大危险源") { $0.hazardName }
        record.id("hazard", "重大危险源编号") { $0.hazard }
        record.text("equipmentName", "设备") { $0.equipmentName }
        record.id("point", "点位编码") { $0.point }
        record.text("pointName", "点位") { $0.pointName }
        record.id("gateway", "网关编号") { $0.gateway }
        record.text("detail", "说明") { $0.detail }
        record.count("count", "次数") { $0.count }
        record.instant("firstAt", "首次") { $0.firstAt }
        record.instant("lastAt", "最近") { $0.lastAt }
        record.word("state", "状态", { $0.label }) { $0.state }
        record.instant("deadline", "整改期限") { $0.deadline }
        record.instant("overdueAt", "逾期") { $0.overdueAt }
        record.instant("endedAt", "了结") { $0.endedAt }
        record.count("reopened", "重现次数") { $0.reopenedCount }
        record.flag("isSupervised", "督办") { $0.isSupervised }
        record.id("problem", "转成的问题") { $0.problem }
    }

    struct Whole: Sendable {
        var item: QualityFindingListing
        var steps: [QualityFindingStore.Step]
    }

    static let step = APIRecord<QualityFindingStore.Step>("QualityStep", "质量问题的一步") { record in
        record.instant("at", "时刻") { $0.at }
        record.code("kind", "做了什么") { $0.kind }
        record.text("actor", "谁") { $0.actor }
        record.text("note", "说明") { $0.note }
    }

    static let whole = APIRecord<Whole>("QualityFindingWhole", "一条质量问题、证据与流转") { record in
        record.object("finding", "质量问题", of: finding) { $0.item }
        record.json("evidence", "证据：曲线片段与可疑时段，时刻为 Unix 毫秒") { row in
            row.item.evidence.flatMap { try? JSON.parse($0) } ?? .null
        }
        record.list("steps", "流转", of: step) { $0.steps }
    }

    struct Score: Sendable {
        var score: QualityStore.Score
        var day: Day
        var place: Int?
        var weights: QualityWeights
    }

    static let score = APIRecord<Score>("QualityScore", "一家企业一天的数据质量得分") { record in
        record.day("day", "日期") { $0.day }
        record.count("place", "名次；不足三个维度有数的没有名次") { $0.place }
        record.text("enterpriseName", "企业") { $0.score.name }
        record.id("enterprise", "企业编号") { $0.score.enterprise }
        record.text("regionName", "属地") { $0.score.regionName ?? $0.score.region }
        record.number("total", "总分，0–100") { $0.score.tally.total($0.weights) }
        for dimension in QualityDimension.allCases {
            record.ratio(dimension.rawValue, dimension.label) { row in
                let part = row.score.tally[dimension]
                return Ratio(Int64(part.numerator), Int64(part.denominator))
            }
        }
    }

    static let item = APIRecord<QualityStore.Item>("QualityItem", "得分由哪些点位、设备、危险源组成") { record in
        record.code("kind", "point、equipment、hazard") { $0.kind.rawValue }
        record.code("id", "编号") { $0.id }
        record.text("name", "名称") { $0.name }
        record.id("hazard", "重大危险源编号") { $0.hazard }
        for dimension in QualityDimension.allCases {
            record.ratio(dimension.rawValue, dimension.label) { row in
                let part = row.tally[dimension]
                return Ratio(Int64(part.numerator), Int64(part.denominator))
            }
        }
    }
}
