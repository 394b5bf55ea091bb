import Domain
import Kernel
import Storage

/// 报备.
enum FilingRecords {
    struct Line: Sendable {
        var item: FilingListing
        var now: Timestamp
        var filing: Filing { item.filing }
    }

    static let filing = APIRecord<Line>("Filing", "报备：计划停产、检维修、损坏、视频停用、长期停产") { record in
        record.id("id", "报备编号") { $0.filing.id }
        record.word("kind", "种类", { $0.label }) { $0.filing.kind }
        record.text("enterpriseName", "企业") { $0.item.enterpriseName }
        record.id("enterprise", "企业编号") { $0.filing.enterprise }
        record.text("regulatorName", "日常监管单位") { $0.item.regulatorName }
        record.word("state", "状态", { $0.label }) { $0.filing.state(at: $0.now) }
        record.text("coverage", "范围") { FilingListPage.Line.coverage($0.filing.coverage) }
        record.flag("isWhole", "整个企业") { $0.filing.coverage.isWhole }
        record.texts("hazards", "危险源编号") { $0.filing.coverage.hazards.map(\.rawValue) }
        record.texts("points", "点位编码") { $0.filing.coverage.points.map(\.rawValue) }
        record.texts("cameras", "视频编号") { $0.filing.coverage.cameras.map(\.rawValue) }
        record.text("reason", "原因") { $0.filing.reason }
        record.text("measures", "期间监护") { $0.filing.measures }
        record.instant("from", "起") { $0.filing.from }
        record.instant("until", "止") { $0.filing.until }
        record.instant("foundAt", "发现损坏") { $0.filing.foundAt }
        record.instant("submittedAt", "提交") { $0.filing.submittedAt }
        record.text("submittedBy", "提交人") { $0.item.submittedBy }
        record.flag("isLate", "报备不及时") { $0.filing.isLate }
        record.instant("decisionDueAt", "确认时限") { $0.item.decisionDueAt }
        record.flag("isConfirmed", "已确认；退回为否，未决定为空") { $0.filing.decision?.isConfirmed }
        record.instant("decidedAt", "决定") { $0.filing.decision?.at }
        record.text("decidedBy", "决定人") { $0.item.decidedBy }
        record.text("decisionNote", "决定的理由") { $0.filing.decision?.note }
        record.instant("effectFrom", "实际生效起（A32：不早于提交）") { $0.filing.effect?.lowerBound }
        record.instant("effectUntil", "实际生效止") { $0.filing.effect?.upperBound }
        record.instant("endedAt", "提前结束") { $0.filing.endedAt }
        record.instant("wishUntil", "申请延到") { $0.filing.wish?.until }
        record.text("wishReason", "延期的理由") { $0.filing.wish?.reason }
    }

    static let body = APIShape(
        "FilingDraft", "一份报备",
        [
            .init(key: "kind", title: "种类", form: .words(FilingKind.self) { $0.label }, example: "maintenance"),
            .init(key: "isWhole", title: "整个企业", form: .flag, isOptional: true, example: false),
            .init(key: "hazards", title: "危险源编号", form: .list(.text), isOptional: true),
            .init(
                key: "points", title: "点位编码", form: .list(.text), isOptional: true, example: ["140525001001G0001L01"]),
            .init(key: "cameras", title: "视频编号", form: .list(.text), isOptional: true),
            .init(key: "reason", title: "原因", form: .text, example: "更换液位计"),
            .init(key: "measures", title: "期间怎么监护", form: .text, isOptional: true, example: "每小时人工检尺"),
            .init(key: "from", title: "起", form: .instant, example: "2026-11-24T09:00:00+08:00"),
            .init(key: "until", title: "止", form: .instant, example: "2026-11-24T17:00:00+08:00"),
            .init(key: "foundAt", title: "发现损坏的时刻，损坏必填", form: .instant, isOptional: true),
            .init(
                key: "attachments", title: "附件", form: .list(.object(attachment)), isOptional: true),
        ])

    static let attachment = APIShape(
        "Attachment", "一个文件",
        [
            .init(key: "name", title: "文件名", form: .text, example: "检修方案.pdf"),
            .init(key: "content", title: "内容，Base64", form: .text),
        ])
}
