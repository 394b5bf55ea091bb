import Domain
import Hummingbird
import Kernel
import Storage

/// A day's draw by lot: published seed, candidates with their weights, what came out, and how anybody repeats it.
struct DrawPage: Sendable {
    struct Candidate: Sendable {
        var id: String
        var name: String
        var lastChecked: String
        var weight: Int
        var share: String
        var lot: String
        var isDrawn: Bool
    }

    var date: String
    var office: String
    var officeID: String
    var label: String
    var hash: String
    /// nil where the log was still empty.
    var sequence: Int64?
    var version: Int
    var count: Int
    var total: Int
    var candidateCount: Int
    var candidates: [Candidate]
    var drawn: [Candidate]
    var verdict: String
    var isSound: Bool
    var differences: [String]
    var file: String
    var back: String

    static func show(_ visit: Visit) async throws -> Response {
        let draw = try await load(visit)
        let seed = draw.seed
        let atLog = try await visit.read { session throws(StorageError) in
            try DrawSeedStore.differences(seed, in: &session)
        }
        let page = DrawPage(draw, differences: draw.differences() + atLog)
        return visit.page("check-draw", page, title: "\(page.date) 随机抽查的复核", section: .checks)
    }

    static func file(_ visit: Visit) async throws -> Response {
        let draw = try await load(visit)
        return visit.file(
            [UInt8](draw.json.text.utf8) + [10], name: "draw-\(ChinaTime.date(draw.seed.day))-\(draw.office).json",
            type: "application/json")
    }

    private static func load(_ visit: Visit) async throws -> SpotCheckDraw {
        guard let day = ChinaTime.parseDate(visit.parameter("day")),
            let office = visit.query.value("office").map({ AuthorityID($0) }) ?? visit.officer.authority
        else { throw PageRefusal.notFound }
        let scope = visit.scope
        let draw = try await visit.read { session throws(StorageError) in
            try SpotCheckStore.draw(day, of: office, scope: scope, in: &session)
        }
        guard let draw else { throw PageRefusal.notFound }
        return draw
    }

    init(_ draw: SpotCheckDraw, differences: [String]) {
        let total = draw.candidates.reduce(0) { $0 + $1.weight }
        func line(_ candidate: SpotCheckDraw.Candidate) -> Candidate {
            let place = draw.drawn.firstIndex(of: candidate.enterprise).map { $0 + 1 }
            return Candidate(
                id: candidate.enterprise.rawValue, name: candidate.name,
                lastChecked: candidate.lastChecked.map { last in
                    "\(ChinaTime.date(last))(\(draw.seed.day.number - last.number) 天前)"
                } ?? "从未抽过",
                weight: candidate.weight, share: Wording.percent(candidate.weight, of: total),
                lot: place.map { "第 \($0) 签" } ?? "", isDrawn: place != nil)
        }
        date = ChinaTime.date(draw.seed.day)
        office = draw.officeName
        officeID = draw.office.rawValue
        label = draw.seed.label(office: draw.office)
        hash = draw.seed.hash
        sequence = draw.seed.sequence > 0 ? draw.seed.sequence : nil
        version = draw.version
        count = draw.count
        self.total = total
        candidateCount = draw.candidates.count
        candidates = draw.candidates.map(line)
        drawn = draw.drawn.compactMap { id in draw.candidates.first { $0.enterprise == id }.map(line) }
        isSound = differences.isEmpty
        verdict = differences.isEmpty ? "系统已按种子重抽一遍,名单相同,种子与日志相符。" : "复核发现不符:"
        self.differences = differences
        file = "/checks/draw/\(date)/file?office=" + Form.encode(officeID)
        back = "/checks?day=\(date)&office=" + Form.encode(officeID)
    }
}
