import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 抽查: an office's list of a day, why each is on it, how far it is; below it how the offices under it stand.
struct SpotChecksPage: Sendable {
    struct Line: Sendable {
        var number: Int
        var enterprise: String
        var enterpriseAddress: String
        var region: String
        var category: String
        var isMust: Bool
        var level: LevelMark?
        var reason: String
        var more: String?
        var article: String
        var state: String
        var isOpen: Bool
        var open: String?
        var openWord: String
        var record: String?
    }
    struct Board: Sendable {
        var name: String
        var address: String
        var must: String
        var total: String
        var state: String
        var isShort: Bool
    }

    var title: String
    var date: String
    var office: String
    var officeID: String
    var isToday: Bool
    var hasList: Bool
    var must: String
    var total: String
    var isShort: Bool
    var shortfall: String?
    var due: Int64?
    var dueText: String
    var closed: String?
    var factor: String?
    var quota: Int
    var lines: [Line]
    var seed: String?
    var candidates: Int
    var drawAddress: String
    var exportQuery: String
    var submitted: Int
    var board: [Board]
    var hasBoard: Bool
    var days: [Choice]
    var mayWrite: Bool
    var csrf: String
    var message: String?

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, message: nil, status: .ok)
    }

    static func render(
        _ visit: Visit, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let today = Day(now)
        let day = ChinaTime.parseDate(visit.query["day"]) ?? today
        let asked = visit.query.value("office").map { AuthorityID($0) } ?? visit.officer.authority
        let found = try await visit.read { session throws(StorageError) in
            let board = try SpotCheckListing.offices(on: day, scope: scope, in: &session)
            let office = asked ?? board.first?.office
            guard let office else { return Loaded(board: board) }
            let lines = try SpotCheckListing.all(of: office, on: day, scope: scope, in: &session)
            let draw = try SpotCheckStore.draw(day, of: office, scope: scope, in: &session)
            let name = try CheckOffice.find(office, in: &session)?.name ?? ""
            return Loaded(office: office, name: name, lines: lines, draw: draw, board: board)
        }
        if visit.query.has("office"), found.office != visit.officer.authority, found.lines.isEmpty,
            !found.board.contains(where: { $0.office == found.office })
        {
            throw PageRefusal.notFound
        }
        let page = SpotChecksPage(found, visit: visit, day: day, today: today, message: message)
        return visit.page("checks", page, title: page.title, section: .checks, status: status)
    }

    struct Loaded: Sendable {
        var office: AuthorityID?
        var name = ""
        var lines: [SpotCheckListing] = []
        var draw: SpotCheckDraw?
        var board: [SpotCheckListing.OfficeDay]
    }

    init(_ found: Loaded, visit: Visit, day: Day, today: Day, message: String?) {
        let now = visit.now
        let own = found.board.first { $0.office == found.office }
        let completion = own?.completion
        let parts = day.components
        title = "\(parts.month) 月 \(parts.day) 日抽查"
        date = ChinaTime.date(day)
        office = found.name
        officeID = found.office?.rawValue ?? ""
        isToday = day == today
        hasList = own != nil
        must = completion.map { "\($0.mustChecked)/\($0.must)" } ?? "—"
        total = completion.map { "\($0.counted)/\($0.required)" } ?? "—"
        isShort = completion.map { !$0.isQualified } ?? false
        shortfall = completion?.shortfall
        due = isToday ? day.next.start.milliseconds : nil
        dueText = isToday ? Wording.remaining(day.next.start - now) : "已截止"
        closed = own?.row.closedAt.map { _ in completion?.isQualified == true ? "当日合格" : "当日不合格" }
        factor = own.flatMap { own in
            own.row.factor > 1 ? "\(own.row.factorReason ?? "特殊时段"),定额 ×\(own.row.factor)" : nil
        }
        quota = own?.row.quota ?? 0
        mayWrite = isToday && visit.officer.role == .duty && found.office == visit.officer.authority
        let writes = mayWrite
        let query = "day=\(ChinaTime.date(day))&office=\(Form.encode(found.office?.rawValue ?? ""))"
        lines = found.lines.enumerated().map { Line($1, number: $0 + 1, mayWrite: writes, now: now) }
        seed = found.draw.map { $0.seed.label(office: $0.office) }
        candidates = found.draw?.candidates.count ?? 0
        drawAddress = "/checks/draw/\(ChinaTime.date(day))?office=" + Form.encode(found.office?.rawValue ?? "")
        exportQuery = query
        submitted = found.lines.count { $0.submittedAt != nil }
        board = found.board.filter { $0.office != found.office }.map { Board($0, day: day) }
        hasBoard = !board.isEmpty
        days = Choice.list(
            (0..<7).map { ago in
                let date = ChinaTime.date(Day(number: today.number - Int32(ago)))
                return (date, ago == 0 ? "今天 " + date : date)
            }, selected: ChinaTime.date(day))
        csrf = visit.officer.csrf
        self.message = message
    }
}

extension SpotChecksPage.Line {
    init(_ item: SpotCheckListing, number: Int, mayWrite: Bool, now: Timestamp) {
        self.number = number
        enterprise = item.name
        enterpriseAddress = "/enterprise/" + Form.encode(item.enterprise.rawValue)
        region = item.regionName.map(WarningRow.county) ?? item.region
        category = item.category.title
        isMust = item.category == .must
        level = item.category == .must && item.level > .blue ? LevelMark(item.level) : nil
        reason = item.reasons.first ?? ""
        let rest = item.reasons.dropFirst()
        more = rest.isEmpty ? nil : rest.joined(separator: ";")
        article = item.category.article
        isOpen = item.submittedAt == nil
        if let submitted = item.submittedAt {
            state = "已抽 \(Wording.stamp(submitted, now: now))" + (item.problems > 0 ? ",问题 \(item.problems)" : "")
        } else if item.check != nil {
            state = "在填"
        } else if item.isDeferred {
            state = "顺延至次日 12:00"
        } else {
            state = item.isReserve ? "备选" : "未抽"
        }
        open = mayWrite && item.submittedAt == nil ? item.enterprise.rawValue : nil
        openWord = item.check != nil ? "接着填" : item.isReserve ? "改抽" : "填记录"
        record = item.submittedAt == nil ? nil : item.check.map { "/checks/record/" + Form.encode($0.rawValue) }
    }
}

extension SpotChecksPage.Board {
    init(_ item: SpotCheckListing.OfficeDay, day: Day) {
        name = item.name
        address = "/checks?day=\(ChinaTime.date(day))&office=" + Form.encode(item.office.rawValue)
        must = "\(item.completion.mustChecked)/\(item.completion.must)"
        total = "\(item.completion.counted)/\(item.completion.required)"
        isShort = !item.completion.isQualified
        state = item.completion.shortfall ?? "达标"
    }
}
