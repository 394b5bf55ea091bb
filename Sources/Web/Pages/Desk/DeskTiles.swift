import Domain
import Kernel
import Storage

/// The row of figures on top of a desk. n/m first, percent after; each is a link to its own list.
enum DeskTiles {
    static func make(_ figures: DeskFigures, now: Timestamp) -> [DeskPage.Tile] {
        let levels = [Level.red, .orange, .yellow].map { level in levelTile(level, figures.levels[level] ?? .init()) }
        let blue = DeskPage.Tile(
            title: "低 蓝", address: "/alarms?level=blue", tileClass: figures.blueWithAlarms > 0 ? "full" : "zero",
            style: nil, shape: LevelMark(.blue).shape, value: "\(figures.blueWithAlarms)", whole: nil, note: "有报警",
            count: figures.blueWithAlarms)
        let dueNote = figures.reportDueNext.map { due in
            due > now ? "剩 \(Wording.length(due - now))" : "已逾期"
        }
        return levels + [
            blue,
            tile("已解除待上报", "/warnings?phase=awaitingReport", figures.awaitingReport, note: dueNote ?? ""),
            tile("上报待审核", "/warnings?phase=awaitingApproval", figures.awaitingApproval, note: ""),
            share("系统在线", "/enterprises?state=offline", figures.enterprisesOnline, of: figures.enterprises),
            share("点位在线", "/points?state=offline", figures.pointsOnline, of: figures.points),
            tile("督办待反馈", "/warnings?supervision=open", figures.openSupervisions, note: ""),
        ]
    }

    private static func levelTile(_ level: Level, _ count: DeskFigures.LevelCount) -> DeskPage.Tile {
        let note =
            count.unacknowledged > 0
            ? "未确认 \(count.unacknowledged)"
            : count.late > 0 ? "超时 \(count.late)" : ""
        return DeskPage.Tile(
            title: LevelMark.title(level) + " " + LevelMark.word(level),
            address: "/warnings?level=\(level.name)&open=1", tileClass: count.open > 0 ? "hot" : "zero",
            style: count.open > 0 ? "--tile-c:var(--\(level.name))" : nil, shape: LevelMark(level).shape,
            value: "\(count.open)", whole: nil, note: note, count: count.open)
    }

    private static func tile(_ title: String, _ address: String, _ count: Int, note: String) -> DeskPage.Tile {
        DeskPage.Tile(
            title: title, address: address, tileClass: count > 0 ? "short" : "zero", style: nil, shape: nil,
            value: "\(count)", whole: nil, note: note, count: count)
    }

    private static func share(_ title: String, _ address: String, _ part: Int, of whole: Int) -> DeskPage.Tile {
        guard whole > 0 else {
            return DeskPage.Tile(
                title: title, address: address, tileClass: "zero", style: nil, shape: nil, value: "—", whole: nil,
                note: "无应接", count: 0)
        }
        // Long figures leave no room for a share; what is missing then says more.
        let isLong = "\(part)\(whole)".count > 6
        let note = isLong ? (part < whole ? "少 \(whole - part)" : "") : Wording.percent(part, of: whole)
        return DeskPage.Tile(
            title: title, address: address, tileClass: part < whole ? "short" : "full", style: nil, shape: nil,
            value: "\(part)", whole: "\(whole)", note: note, count: whole - part)
    }
}
