import Domain
import Hummingbird
import Kernel
import Storage

/// The duty desk of a county, park, city, province or of the centre. What differs by level is only the scope and the
/// children beside the map.
struct DeskPage: Sendable {
    struct Tile: Sendable {
        var title: String
        var address: String
        var tileClass: String
        var style: String?
        var shape: String?
        var value: String
        var whole: String?
        var note: String
        var count: Int
    }

    struct Child: Sendable {
        var name: String
        var address: String
        var mark: LevelMark?
        var open: Int
        var awaiting: Int?
        var online: String
        var onlineClass: String
    }

    var rows: [WarningRow]
    var rowsMode: String
    var total: Int
    var summary: String
    var isUnacknowledgedOnly: Bool
    var isOwnOnly: Bool
    var filterNote: String?
    var tiles: [Tile]
    var absent: [AbsentLink]
    var map: String?
    var mapApproval: String
    var hasMarks: Bool
    var childrenTitle: String
    var children: [Child]
    var wholeName: String
    var wholeOpen: String
    var wholeOnline: String
    var pane: WarningPane?
    var quiet: QuietPane?
    var todo: [DeskTodo]
    var attention: [AttentionPage.Tab]
    /// 数据未正确设置, 数据不在线, 视频不在线: always on top (SZ-10).
    var pinned: [QualityPage.Pinned]
    var csrf: String
    var urgent: DeskUrgent
    var hasMore: Int?

    /// What the list does not show, so that a short list cannot mislead.
    struct AbsentLink: Sendable {
        var title: String
        var address: String
        var count: Int
    }

    static let rowsMax = 200

    static func show(_ visit: Visit) async throws -> Response {
        guard visit.officer.role == .duty || visit.officer.role == .admin else {
            return visit.redirect(visit.officer.home)
        }
        let desk = try await DeskReader.read(visit)
        return visit.page("desk", desk, title: "值守台", section: .desk, frame: .desk)
    }
}

/// 今天还要做
struct DeskTodo: Sendable {
    var title: String
    var address: String
    var note: String?
    var due: String
    var isLate: Bool
}

/// Shown where no warning is selected: is the system itself seeing?
struct QuietPane: Sendable {
    struct Near: Sendable {
        var region: String
        var enterprise: String
        var enterpriseAddress: String
        var hazard: String
        var hazardAddress: String
        var grade: String
        var score: String
        var width: Int
        var terms: String
    }
    var latestReading: String
    var points: String
    var enterprises: String
    var dueNext: String
    var outbox: String
    var openAlarms: Int
    var near: [Near]
}
