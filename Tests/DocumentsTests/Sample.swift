import Domain
import Kernel

/// A city's daily bulletin with everything that a document can hold. All names are invented.
enum Sample {
    static let day = Day(year: 2026, month: 11, day: 22)!

    static let bulletin: Document = {
        var document = Document(
            form: .redHead, mark: "晋城市应急管理局文件", issuer: "晋城市应急管理局",
            title: "关于11月22日危险化学品安全生产风险监测预警系统运行情况的通报")
        document.number = DocumentNumber(code: "晋市应急危化发", year: 2026, number: 118)
        document.addressees = ["各县（市、区）应急管理局", "沁水县能源局", "各化工园区（片区）及有关企业"]
        document.opening = [.text("现将11月22日全市监测预警系统运行情况通报如下。")]
        document.sections = [
            DocumentSection(
                key: "commitment", title: "安全承诺率",
                blocks: [
                    .paragraph(
                        Paragraph([
                            "应纳入企业86家，10时前承诺", TextRun("84家", isBold: true, link: "/commitments?day=1"),
                            "，承诺率97.67%，较前一日下降1.16个百分点。未按时承诺：析城精化、锡崖涂料。",
                        ])),
                    .chart(trend), .table(ranking(rows: 6)),
                ]),
            DocumentSection(
                key: "offline", title: "离线企业排名", blocks: [.chart(offline), .table(empty)],
                sections: [
                    DocumentSection(key: "long", title: "长期离线", blocks: [.text("连续离线满72小时的企业1家。")]),
                    DocumentSection(key: "filed", title: "已报备", blocks: [.text("无。")]),
                ]),
            DocumentSection(key: "all", title: "各企业情况", blocks: [.table(ranking(rows: 48)), .chart(levels)]),
            DocumentSection(
                key: "advice", title: "重点改进建议",
                blocks: [
                    .advice([
                        Advice(
                            key: "offline/E7", addressee: "陵川县应急管理局",
                            text: "锡崖涂料离线14.2小时且未报备，请于今日12时前到场核查前置机与专线。", source: "/offline",
                            sourceTitle: "来处"),
                        Advice(
                            key: "commitment/E3", addressee: "阳城县应急管理局",
                            text: "析城精化11月第3次逾期承诺，督促把研判提前到8时30分。"),
                    ]),
                    .manual(ManualField(key: "more", label: "人工补充")),
                ]),
        ]
        document.attachments = ["抽查情况表", "企业名单"]
        document.signature = "晋城市应急管理局"
        document.date = day.next
        document.publicity = .openToPublic
        document.copies = ["省应急管理厅", "市政府办公室", "局危化科"]
        document.printer = "晋城市应急管理局办公室"
        document.printedOn = day.next
        document.caution = "演示数据 不作公文使用"
        return document
    }()

    static func ranking(rows: Int) -> DocumentTable {
        let names = ["高平市", "泽州县", "沁水县", "城区", "阳城县", "陵川县"]
        return DocumentTable(
            title: "各县（市、区）三率排名",
            columns: [
                .init("名次", width: 5), .init("县（市、区）", width: 12), .init("家", group: "安全承诺", width: 8),
                .init("%", group: "安全承诺", alignment: .trailing, width: 8), .init("路", group: "视频在线", width: 9),
                .init("%", group: "视频在线", alignment: .trailing, width: 8), .init("橙红", width: 5),
            ],
            rows: (0..<rows).map { index in
                [
                    .count(index + 1), .init(names[index % 6], link: "/figures"), "14/14",
                    .init("100.00%", number: 100), "70/70", .init("99.03%", number: 99.03), .count(0),
                ]
            },
            totals: [["", "全市", "84/86", .init("97.67%", number: 97.67), "418/431", "96.98%", .count(1)]],
            note: "并列同名次，三率合并计。")
    }

    static let empty = DocumentTable(
        title: "长期离线企业", columns: [.init("企业"), .init("时长")], rows: [], whenEmpty: "当日无长期离线企业")

    static let trend = DocumentChart(
        kind: .line, title: "近14日承诺率、视频在线率", unit: "%", labels: (9...22).map { "\($0)日" },
        series: [
            .init("安全承诺率", [100, 98.8, 100, 100, 97.7, 98.8, 100, nil, 98.8, 100, 98.8, 100, 98.8, 97.7]),
            .init("视频在线率", [96.1, 96.4, 95.8, 96.6, 97, 96.8, 96.2, 95.1, 95.9, 96.5, 97.1, 97.4, 97.4, 97]),
        ])
    static let offline = DocumentChart(
        kind: .lyingBars, title: "离线企业 按连续离线时长", unit: "小时", labels: ["锡崖涂料 陵川县", "白水气体 城区", "丹源化工 高平市"],
        series: [.init("时长", [14.2, 3.1, 1.6])])
    static let levels = DocumentChart(
        kind: .bars, title: "各等级预警", unit: "次", labels: ["红", "橙", "黄", "蓝"],
        series: [.init("当日", [0, 1, 9, 21]), .init("前一日", [0, 0, 7, 25])])

    static let summons: Document = {
        var document = Document(
            form: .letter, mark: "山西省应急管理厅", issuer: "山西省应急管理厅", title: "关于约谈晋城市泽州县应急管理局的函")
        document.number = DocumentNumber(code: "晋应急函", year: 2026, number: 7)
        document.addressees = ["泽州县应急管理局"]
        document.opening = [
            .text("你县自2026年9月起连续3个月列全省重大、较大安全风险次数前10位，依据《信息通报制度》第七条、第八条，决定约谈。")
        ]
        document.signature = "山西省应急管理厅"
        document.date = day
        return document
    }()

    static let report: Document = {
        var document = Document(
            form: .plain, mark: "值守日报", issuer: "山西省应急管理厅", title: "", opening: [.table(ranking(rows: 3))],
            signers: [
                DocumentSigner(role: "值班人", name: "冯远"), DocumentSigner(role: "审核人"), DocumentSigner(role: "签发人"),
            ])
        document.sections = bulletin.sections
        document.date = day
        return document
    }()

    static let all = [bulletin, summons, report]
}
