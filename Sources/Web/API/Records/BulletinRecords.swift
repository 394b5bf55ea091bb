import Domain
import Kernel
import Storage

/// Bulletins: what they are, what they say, who has signed for them.
enum BulletinRecords {
    static let bulletin = APIRecord<BulletinListing>("Bulletin", "一份通报") { record in
        common(&record) { $0 }
    }

    private static func common<Row>(
        _ record: inout APIRecord<Row>, _ item: @escaping @Sendable (Row) -> BulletinListing
    ) {
        record.id("id", "通报编号") { item($0).id }
        record.text("title", "标题") { item($0).title }
        record.word("kind", "种类", { $0.label }) { item($0).kind }
        record.text("officeName", "编发单位") { item($0).officeName }
        record.id("office", "编发单位编号") { item($0).office }
        record.day("from", "从") { item($0).period.from }
        record.day("to", "到（含）") { item($0).period.last }
        record.word("publicity", "范围", { $0.label }) { item($0).publicity }
        record.word("phase", "状态", { $0.label }) { item($0).phase }
        record.text("number", "发文字号") { item($0).number }
        record.instant("draftedAt", "成稿") { item($0).draftedAt }
        record.instant("submittedAt", "送审") { item($0).submittedAt }
        record.text("submittedBy", "送审人") { item($0).submittedBy }
        record.instant("approvedAt", "审核") { item($0).approvedAt }
        record.text("approvedBy", "审核人") { item($0).approvedBy }
        record.instant("issuedAt", "印发") { item($0).issuedAt }
        record.text("issuedBy", "印发人") { item($0).issuedBy }
        record.text("reason", "撤回或更正的理由") { item($0).reason }
        record.id("corrects", "更正哪一份") { item($0).corrects }
        record.id("correction", "被哪一份更正") { item($0).correction }
        record.count("automaticItems", "系统填的项数") { item($0).automaticCount }
        record.count("items", "总项数") { item($0).itemCount }
        record.count("receivers", "收件方") { item($0).receivers }
        record.count("acknowledged", "已签收") { item($0).acknowledged }
    }

    struct Whole: Sendable {
        var item: BulletinListing
        var document: Document
        var receipts: [BulletinReceipts]
    }

    static let receipt = APIRecord<BulletinReceipts>("BulletinReceipt", "通报的一个收件方") { record in
        record.code("kind", "authority、enterprise、person") { $0.recipient.kind }
        record.code("id", "编号") { $0.recipient.id }
        record.text("name", "收件方") { $0.name }
        record.flag("isCopy", "抄送") { $0.isCopy }
        record.instant("sentAt", "送出") { $0.sentAt }
        record.instant("readAt", "已读") { $0.readAt }
        record.instant("acknowledgedAt", "签收") { $0.acknowledgedAt }
        record.text("acknowledgedBy", "签收人") { $0.acknowledgedBy }
    }

    static let whole = APIRecord<Whole>("BulletinWhole", "一份通报、它的正文与签收") { record in
        common(&record) { $0.item }
        record.json("content", "正文：题首、各节、表、图、建议；已印发的是印发的文本") { $0.document.json }
        record.list("receipts", "签收；只有编发单位看得到", of: receipt) { $0.receipts }
    }
}
