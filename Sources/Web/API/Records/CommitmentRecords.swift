import Domain
import Kernel
import Storage

/// Safety commitments.
enum CommitmentRecords {
    struct Line: Sendable {
        var line: CommitmentDayLine
        var day: Day
    }

    static let line = APIRecord<Line>("CommitmentLine", "一家企业一天的承诺") { record in
        record.day("day", "日期") { $0.day }
        record.text("enterpriseName", "企业") { $0.line.name }
        record.id("enterprise", "企业编号") { $0.line.enterprise }
        record.text("region", "属地区划代码") { $0.line.region }
        record.text("regulatorName", "日常监管单位") { $0.line.regulatorName }
        record.flag("isReleased", "长期停产报备，不计") { $0.line.isReleased }
        record.word("state", "结果", { $0.label }) { $0.line.standing?.state }
        record.text("stateText", "承诺情况") { $0.line.isReleased ? "长期停产报备" : $0.line.standing?.label ?? "未承诺" }
        record.flag("isByDelegate", "代承诺") { $0.line.standing?.isByDelegate }
        record.flag("isCorrected", "已更正") { $0.line.standing?.isCorrected }
        record.instant("firstReceivedAt", "首次收到") { $0.line.firstReceivedAt }
        record.instant("receivedAt", "最近一版收到") { $0.line.receivedAt }
        record.text("signer", "承诺人") { $0.line.signer }
        record.level("riskLevel", "承诺的风险级别") { $0.line.riskLevel }
        record.number("riskScore", "承诺的风险分值") { $0.line.riskScore }
        record.count("units", "装置套数") { $0.line.units }
        record.count("running", "运行套数") { $0.line.running }
        record.count("hotWork", "动火") { $0.line.hotWork }
        record.count("specialWork", "特殊作业") { $0.line.specialWork }
        record.flag("isStartingOrStopping", "开停车") { $0.line.isStartingOrStopping }
        record.flag("hasHiddenDanger", "有重大隐患") { $0.line.hasHiddenDanger }
        record.count("contradictions", "与数据不符") { $0.line.contradictions }
    }

    static let version = APIRecord<CommitmentRecord>("CommitmentVersion", "承诺的一版；更正不覆盖前一版") { record in
        record.code("id", "编号") { $0.id }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.day("day", "日期") { $0.day }
        record.count("version", "第几版") { $0.version }
        record.flag("isCurrent", "现行") { $0.isCurrent }
        record.instant("receivedAt", "收到") { $0.receivedAt }
        record.text("standing", "结果") { $0.standing.label }
        record.text("signer", "承诺人") { $0.signer }
        record.flag("isByDelegate", "代") { $0.isSignedByDelegate }
        record.text("source", "来源：page 或 gateway:网关") { $0.source }
        record.json("content", "全部内容，字段名同上传的 promise") { $0.content.json }
    }

    static let contradiction = APIRecord<ContradictionRecord>("Contradiction", "承诺与数据不符的一处") { record in
        record.code("id", "编号") { $0.id }
        record.day("day", "日期") { $0.day }
        record.text("enterpriseName", "企业") { $0.enterpriseName }
        record.id("enterprise", "企业编号") { $0.enterprise }
        record.word("kind", "哪一种", { $0.label }) { $0.kind }
        record.text("text", "说明") { $0.text }
        record.json("evidence", "证据") { $0.evidence }
        record.instant("foundAt", "发现") { $0.foundAt }
        record.instant("lastAt", "最近一次") { $0.lastAt }
        record.instant("resolvedAt", "不再存在") { $0.resolvedAt }
        record.text("explanation", "企业的说明") { $0.explanation }
        record.instant("explainedAt", "说明时刻") { $0.explainedAt }
        record.text("explainedBy", "说明人") { $0.explainedBy }
    }

    /// The body of a commitment: every field of the form, by the names of the upload's `promise` (domain §7).
    static let body: APIShape = {
        var fields: [APIShape.Field] = CommitmentCount.allCases.map {
            .init(key: $0.rawValue, title: $0.label, form: .integer(0...Int64(CommitmentDraft.countMax)), example: 0)
        }
        fields += CommitmentFlag.allCases.map {
            .init(key: $0.rawValue, title: $0.label, form: .flag, example: false)
        }
        fields += CommitmentText.allCases.map {
            .init(key: $0.rawValue, title: $0.label, form: .text, isOptional: !$0.isRequired || $0 == .notice)
        }
        fields.append(.init(key: CommitmentField.riskLevel.name, title: "风险级别", form: .level, example: "blue"))
        fields.append(.init(key: CommitmentField.riskScore.name, title: "风险分值，0–100", form: .number, example: 12))
        fields.append(
            .init(
                key: "confirmed", title: "与昨日相同、已逐项核对的字段名", form: .list(.text), isOptional: true))
        fields.append(
            .init(
                key: "act", title: "send：送主要负责人签（不写）；sign：凭授权代签",
                form: .choice([("send", "送签"), ("sign", "代签")]), isOptional: true, example: "send"))
        return APIShape("CommitmentDraft", "今天的承诺，每一项必填；空不是零", fields)
    }()
}
