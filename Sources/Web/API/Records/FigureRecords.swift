import Domain
import Kernel
import Storage

/// Rates with the rows behind them, rankings, evaluation, attention lists.
enum FigureRecords {
    struct Figure: Sendable {
        var kind: FigureKind
        var ratio: Ratio
        var filter: FigureFilter
    }

    static let figure = APIRecord<Figure>("Figure", "一项指标：分子、分母，都可打开成清单") { record in
        record.text("kind", "指标代码") { $0.kind.rawValue }
        record.text("title", "指标") { $0.kind.title }
        record.ratio("ratio", "率") { $0.ratio }
        record.text("measure", "单位") { FigureFilter.measure($0.kind) }
        record.text("numeratorTitle", "分子是什么") { $0.kind.numeratorTitle }
        record.text("denominatorTitle", "分母是什么") { $0.kind.denominatorTitle }
        record.flag("isInstant", "取此刻，不取时段") { $0.kind.isInstant }
        record.day("from", "从") { $0.filter.from }
        record.day("to", "到（含）") { $0.filter.to }
        record.code("rows", "清单的地址") { $0.filter.address("/api/v1/figures/" + $0.kind.rawValue) }
    }

    struct Row: Sendable {
        var row: FigureRow
        var found: FigureListPage.Found
    }

    static let row = APIRecord<Row>("FigureRow", "一个数后面的一行；各行的分子、分母之和就是那个数") { record in
        record.text("enterpriseName", "企业") { $0.found.records[$0.row.enterprise]?.name }
        record.id("enterprise", "企业编号") { $0.row.enterprise }
        record.text("region", "属地") { $0.found.region($0.row) }
        record.text("subject", "对象") { $0.found.subject($0.row).text }
        record.id("office", "谁的工作") { $0.row.authority }
        record.instant("at", "时刻") { $0.row.at }
        record.ratio("ratio", "计入") { $0.row.ratio }
    }

    struct Place: Sendable {
        var row: RankingsPage.Board.Row
        var month: Month
    }

    static let place = APIRecord<Place>("RankingPlace", "月度排名里的一个单位") { record in
        record.text("month", "月份") { $0.month.text }
        record.count("rank", "名次，并列相同") { $0.row.place.rank }
        record.code("unit", "区划代码的前几位，或企业编号") { $0.row.place.count.unit }
        record.text("name", "单位") { $0.row.place.count.name }
        record.count("red", "重大次数") { $0.row.place.count.red }
        record.count("orange", "较大次数") { $0.row.place.count.orange }
        record.texts("enterprises", "涉事企业") { $0.row.names }
        record.flag("isListed", "入榜") { $0.row.standing != nil }
        record.count("months", "连续几个月") { $0.row.standing?.months }
        record.text("step", "到哪一步") { $0.row.standing?.step.title }
    }

    struct Evaluated: Sendable {
        var unit: EvaluationPage.Unit
        var kind: String
        var month: Month
    }

    static let evaluated = APIRecord<Evaluated>("Evaluated", "一个单位或企业一个月的处置评比") { record in
        record.text("month", "月份") { $0.month.text }
        record.code("kind", "office、enterprise") { $0.kind }
        record.code("unit", "编号") { $0.unit.id }
        record.text("name", "单位") { $0.unit.name }
        for kind in FigureKind.evaluation {
            record.ratio(kind.rawValue, kind.title) { $0.unit.rates[kind] ?? Ratio.none }
            record.count(kind.rawValue + "Rank", kind.title + "：名次，差的在前") { $0.unit.places[kind] }
        }
    }

    struct Watched: Sendable {
        var item: Attention
        var place: BulletinLists.Place?
    }

    static let cause = APIRecord<Attention.Cause>("AttentionCause", "为什么关注") { record in
        record.word("reason", "哪一类", { $0.title }) { $0.reason }
        record.text("text", "说明") { $0.text }
    }

    static let watched = APIRecord<Watched>("Attention", "一家重点关注的企业") { record in
        record.id("enterprise", "企业编号") { $0.item.enterprise }
        record.text("enterpriseName", "企业") { $0.place?.name }
        record.text("unitName", "所在地区") { $0.place?.unitName }
        record.text("why", "原因") { $0.item.reasons.map(\.text).joined(separator: "；") }
        record.list("reasons", "各类原因", of: cause) { $0.item.reasons }
    }
}
