import Domain
import Kernel
import Storage

/// A case for people: a page without scripts, readable anywhere.
struct CaseIndex {
    let dossier: WarningDossier
    let window: ClosedRange<Timestamp>
    let log: [ChainRow]
    let uploadCount: Int
    let heads: [CaseExport.Head]
    let tables: JSON
    let now: Timestamp

    var html: String {
        let listing = dossier.listing
        var page = """
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
            <title>预警档案 \(text(listing.id.rawValue))</title>
            <style>body{font:15px/1.6 sans-serif;max-width:1080px;margin:24px auto;padding:0 16px}table{border-collapse:
            collapse;width:100%;margin:8px 0 24px}td,th{border:1px solid #999;padding:4px 8px;text-align:left;
            vertical-align:top}code{font-size:12px;word-break:break-all}</style></head><body>
            <h1>预警档案</h1>

            """
        page += table(
            ["项目", "内容"],
            [
                ["预警", "\(listing.id.rawValue)(第 \(listing.ordinal) 次)"],
                ["企业、危险源", "\(listing.enterpriseName) · \(listing.hazardName)"],
                ["日常监管", listing.regulatorName],
                ["等级", "现为\(listing.level.title),最高\(listing.peakLevel.title)"],
                ["发生、办结", "\(time(listing.raisedAt)) 至 \(listing.closedAt.map(time) ?? "尚未办结")"],
                ["规则版本、模型版本", "\(dossier.warning.rules.version)、\(dossier.risk?.modelVersion ?? 0)"],
                ["收录时段", "\(time(window.lowerBound)) 至 \(time(window.upperBound))(首个报警前 1 小时至办结后 1 小时,本项目约定)"],
                ["导出时刻", time(now)],
            ])
        page += "<h2>经过(\(log.count) 条)</h2>" + events
        page += "<h2>报警</h2>" + alarms
        page += "<h2>推送与回执</h2>" + receipts
        page += "<h2>处置报告</h2>" + reports
        page += "<h2>读数</h2><p>本档案收录企业在上述时段的 \(uploadCount) 份上传,逐份原样存于 uploads.jsonl,解读后的数值见 readings.csv。</p>"
        return page + proof + "</body></html>\n"
    }

    private var events: String {
        table(
            ["日志序号", "发生时刻", "记录时刻", "对象", "事件", "操作者", "内容"],
            log.compactMap { row in
                guard case .log(let entry, _, let payload) = row.content else { return nil }
                return [
                    "\(row.sequence)", time(entry.at), time(entry.recordedAt),
                    (Self.streams[entry.streamKind] ?? entry.streamKind) + " " + entry.streamID,
                    Self.kinds[entry.kind] ?? entry.kind, dossier.names[entry.actor] ?? entry.actor,
                    String(payload.prefix(400)),
                ]
            })
    }

    private var alarms: String {
        table(
            ["报警", "点位", "开始", "最严重状态", "最严重值", "阈值", "消除"],
            dossier.alarms.map { item in
                let alarm = item.alarm
                return [
                    alarm.id.rawValue, "\(alarm.pointName) \(alarm.pointTag ?? "")", time(alarm.openedAt),
                    "\(alarm.worstState)", alarm.worstValue.map { "\($0) \(alarm.unit)" } ?? "",
                    alarm.threshold.map { "\($0)" } ?? "", alarm.clearedAt.map(time) ?? "未消除",
                ]
            })
    }

    private var receipts: String {
        table(
            ["推送", "收件人", "渠道", "发出", "送达", "阅读", "故障"],
            dossier.receipts.map { receipt in
                [
                    Self.kinds[receipt.kind] ?? receipt.kind, receipt.recipientName ?? receipt.recipientID,
                    receipt.channel, time(receipt.createdAt), receipt.deliveredAt.map(time) ?? "未送达",
                    receipt.readAt.map(time) ?? "未读", receipt.lastError ?? "",
                ]
            })
    }

    private var reports: String {
        table(
            ["序号", "处置结果", "原因", "措施", "上报时刻", "状态"],
            (tables["disposal_report"]?.array ?? []).map { report in
                [
                    "\(report["ordinal"]?.integer ?? 0)", report["result"]?.string ?? "",
                    report["cause"]?.string ?? "", report["measures"]?.string ?? "",
                    report["reported_at"]?.integer.map { time(Timestamp(milliseconds: $0)) } ?? "",
                    report["state"]?.string ?? "",
                ]
            })
    }

    private var proof: String {
        """
        <h2>核验</h2>
        <p>每条日志、每份上传都带有自己的哈希、前一行的哈希,以及连到导出时链尾的哈希树路径(RFC 6962 的树)。
        在任何装有本程序的机器上运行 <code>fengsui verify-case 本文件.zip</code> 即可核验,不需要数据库;
        程序会指出被改动、缺少或插入的是哪一行。请与导出时抄存的指纹或树根比对。</p>

        """
            + table(
                ["链", "链尾", "树根"],
                heads.map { head in
                    [head.table == "log" ? "日志" : "上传", head.anchor.text, Hash.hexadecimal(head.root)]
                })
    }

    private func table(_ heads: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "<p>没有。</p>\n" }
        let head = heads.map { "<th>\(text($0))</th>" }.joined()
        let body = rows.map { row in "<tr>" + row.map { "<td>\(text($0))</td>" }.joined() + "</tr>\n" }.joined()
        return "<table><thead><tr>\(head)</tr></thead><tbody>\n\(body)</tbody></table>\n"
    }

    private func time(_ instant: Timestamp) -> String { ChinaTime.dateTime(instant) }

    private func text(_ value: String) -> String {
        value.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case let other: escaped.append(other)
            }
        }
    }

    private static let streams = ["warning": "预警", "alarm": "报警", "delivery": "推送", "risk": "风险等级"]

    private static let kinds = [
        "raised": "发布", "changed": "等级变化", "cleared": "降为蓝色", "reportOverdue": "上报超时", "closed": "办结",
        "alarmLinked": "关联报警", "alarmCleared": "报警消除", "allClear": "全部消警", "cautioned": "警示",
        "supervisionOrdered": "督办", "acknowledged": "签收", "progressed": "处置进展", "annotated": "批注",
        "reported": "上报", "reportReturned": "退回上报", "reportApproved": "审核通过", "fedBack": "督办反馈",
        "levelChanged": "风险等级变化", "opened": "报警开始", "delivered": "送达", "failed": "送达失败", "sent": "推送",
        "caution": "警示", "supervision": "督办", "notice": "通知", "reopened": "重新投递",
    ]
}
