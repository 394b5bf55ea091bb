import Domain
import Kernel
import Operations
import Storage

/// A parcel in words: one notice, or a digest of several. The link in it is the address of a page that demands a
/// sign-in; a token never stands in a message.
struct ChannelMessage: Hashable {
    let subject: String
    /// Lines with `\n` between.
    let text: String

    /// - Parameter site: the address under which people open the pages; nil where none is set.
    init(_ parcel: Parcel, site: String?) {
        let head = Self.head(of: parcel.first)
        if parcel.isDigest {
            var causes: Set<String> = []
            let rows = parcel.deliveries.filter { causes.insert($0.cause).inserted }
            subject = "【汇总】\(rows.count) 条，最高\(Self.word(rows.map(\.level).max() ?? .blue))"
            let link = site.map { ["登录查看：\($0)/inbox"] } ?? ["请登录系统查看"]
            text = ([subject] + rows.map(Self.line) + link).joined(separator: "\n")
        } else {
            let delivery = parcel.first
            let body = delivery.title.isEmpty || delivery.title == delivery.message ? [] : [delivery.message]
            subject = head + (body.isEmpty ? delivery.message : delivery.title)
            let late = delivery.isLate ? "（补发）" : ""
            let page = delivery.address.isEmpty ? "/warning/" + delivery.warning.rawValue : delivery.address
            let link = site.map { "登录处理：\($0)\(page)" } ?? "请登录系统处理"
            text =
                ([subject] + body + ["时间：\(ChinaTime.dateTime(delivery.createdAt))\(late)", link])
                .joined(separator: "\n")
        }
    }

    /// What one row costs in a digest, in bytes.
    static func lineBytes(_ delivery: Delivery) -> Int { line(delivery).utf8.count + 1 }

    private static func line(_ delivery: Delivery) -> String {
        let title = delivery.title.isEmpty ? "" : delivery.title + "："
        return "· \(ChinaTime.dateTime(delivery.createdAt)) \(head(of: delivery))\(title)\(delivery.message)"
    }

    private static func head(of delivery: Delivery) -> String {
        if delivery.isTest { return "【测试】" }
        return delivery.level == .blue ? "【通知】" : "【\(word(delivery.level))预警】"
    }

    static func word(_ level: Level) -> String {
        switch level {
        case .blue: "蓝色"
        case .yellow: "黄色"
        case .orange: "橙色"
        case .red: "红色"
        }
    }
}
