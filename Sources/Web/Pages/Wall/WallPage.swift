import Domain
import Hummingbird
import Kernel
import Storage

/// The wall: five metres, no control. It needs no click and shows no personal telephone number.
struct WallPage: Sendable {
    struct Big: Sendable {
        var mark: LevelMark
        var valueClass: String
        var value: Int
        var note: String
    }

    var bigs: [Big]
    var rows: [WarningRow]
    var total: Int
    var summary: String
    var map: String?
    var mapApproval: String
    var top: WarningRow?
    var topText: String?
    var online: String
    var points: String
    var awaitingReport: Int
    var awaitingApproval: Int
    var supervisions: Int

    static func show(_ visit: Visit) async throws -> Response {
        let now = visit.now
        let data = try await DeskReader(visit: visit, grouping: DeskReader.grouping(of: visit.officer)).data()
        let rows = data.rows.map { WarningRow($0, officer: visit.officer, selected: nil, now: now) }
            .sorted { $0.order < $1.order }
        let figures = data.figures
        let bigs = [Level.red, .orange, .yellow].map { level -> Big in
            let count = figures.levels[level] ?? .init()
            return Big(
                mark: LevelMark(level), valueClass: count.open > 0 ? "c-\(level.name)" : "m", value: count.open,
                note: count.unacknowledged > 0
                    ? "未确认 \(count.unacknowledged)"
                    : count.late > 0 ? "超时 \(count.late)" : "")
        }
        let page = WallPage(
            bigs: bigs + [
                Big(mark: LevelMark(.blue), valueClass: "m", value: figures.blueWithAlarms, note: "有报警")
            ],
            rows: Array(rows.prefix(8)), total: data.total,
            summary: "未确认 \(data.rows.count { $0.phase == .unacknowledged }) · 待上报 \(figures.awaitingReport)",
            map: DeskMap(officer: visit.officer, children: data.children, boundaries: visit.site.boundaries).picture,
            mapApproval: visit.site.configuration.mapApproval, top: rows.first,
            topText: data.dossier.map { WarningStory($0, now: now).why },
            online: "\(figures.enterprisesOnline)/\(figures.enterprises)",
            points: "\(figures.pointsOnline)/\(figures.points)", awaitingReport: figures.awaitingReport,
            awaitingApproval: figures.awaitingApproval, supervisions: figures.openSupervisions)
        return visit.page("wall", page, title: "大屏", section: nil, frame: .wall)
    }
}
