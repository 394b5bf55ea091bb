import Domain
import Kernel
import Storage

/// Requests that a point's alarms count no longer for a time.
enum ExemptionRecords {
    struct Row: Sendable {
        var item: ExemptionListing
        var now: Timestamp

        var state: ExemptionListing.State {
            guard let isApproved = item.isApproved else { return .asked }
            guard isApproved else { return .refused }
            return item.until.map { $0 > now } ?? true ? .running : .ended
        }
    }

    static func title(_ state: ExemptionListing.State) -> String {
        switch state {
        case .asked: "待批准"
        case .running: "执行中"
        case .ended: "已结束"
        case .refused: "已退回"
        }
    }

    static let exemption = APIRecord<Row>("Exemption", "一个点位的报警豁免：企业申请，监管部门批准") { record in
        record.code("id", "编号") { $0.item.id }
        record.code("kind", "种类：filing、falseAlarm、outOfUse") { $0.item.kind }
        record.text("kindText", "种类") { ExemptionListPage.kind($0.item.kind) }
        record.word("state", "状态", { title($0) }) { $0.state }
        record.text("enterpriseName", "企业") { $0.item.enterpriseName }
        record.id("enterprise", "企业编号") { $0.item.enterprise }
        record.text("hazardName", "重大危险源") { $0.item.hazardName }
        record.text("pointName", "点位") { $0.item.pointName }
        record.id("point", "点位编码") { $0.item.point }
        record.id("alarm", "因哪一条报警") { $0.item.alarm }
        record.text("reason", "理由") { $0.item.reason }
        record.instant("from", "起；不早于批准") { $0.item.from }
        record.instant("until", "止；长期为空") { $0.item.until }
        record.instant("requestedAt", "申请") { $0.item.requestedAt }
        record.text("requestedBy", "申请人") { $0.item.requestedBy }
        record.instant("decidedAt", "决定") { $0.item.decidedAt }
        record.text("decidedBy", "决定人") { $0.item.decidedBy }
        record.flag("isApproved", "批准；退回为否，未决定为空") { $0.item.isApproved }
        record.text("note", "决定的理由") { $0.item.note }
    }
}
