import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// The electronic record of one check: twelve columns, five items, what was found.
struct SpotCheckRecordPage: Sendable {
    struct Item: Sendable {
        var field: String
        var title: String
        var columns: String
        var isSound: Bool
        var isProblem: Bool
        var verdict: String
        var note: String
        var error: String?
    }

    struct Found: Sendable {
        var address: String
        var text: String
        var stage: String
    }

    var id: String
    var title: String
    var date: String
    var enterprise: String
    var enterpriseAddress: String
    var office: String
    var columns: [String]
    var sources: [String]
    var cells: [String]
    var automatic: [String]
    var level: LevelMark
    var commitment: String
    var openAlarms: Int
    var anomalies: String
    var video: String
    var highLevels: String
    var dutyCall: String?
    var factsAt: String
    var isOld: Bool
    var items: [Item]
    var videoNote: String
    var videoError: String?
    var hasCameraViolation: Bool
    var watch: String
    var watchError: String?
    var other: String
    var otherError: String?
    var inspectors: String
    var inspectorsError: String?
    var contact: String
    var contactError: String?
    var findings: [Choice]
    var receiver: String
    var gaps: String?
    var errors: [FieldError]
    var hasErrors: Bool
    var mayWrite: Bool
    var submitted: String?
    var problems: [Found]
    var hasProblems: Bool
    var callTarget: String
    var csrf: String

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, errors: [], edit: nil, finding: .none, status: .ok)
    }

    static func render(
        _ visit: Visit, errors: [FieldError], edit: (@Sendable (inout SpotCheckRecord) -> Void)?,
        finding: SpotCheckRecordOperations.Finding, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, id) = (visit.scope, SpotCheckID(visit.parameter("id")))
        let found = try await visit.read { session throws(StorageError) in
            guard let stored = try SpotCheckRecordStore.find(id, scope: scope, in: &session) else {
                return nil as Loaded?
            }
            let office = try CheckOffice.find(stored.authority, in: &session)
            let regulator =
                try session.first(
                    """
                    SELECT a.name FROM enterprise AS e JOIN authority AS a ON a.id = e.regulator_id
                    WHERE e.id = \(stored.enterprise)
                    """
                ) { row throws(StorageError) in row.next() as String } ?? ""
            return Loaded(
                stored: stored, office: office?.name ?? "", regulator: regulator,
                problems: try SpotCheckRecordStore.problems(of: id, in: &session))
        }
        guard var loaded = found else { throw PageRefusal.notFound }
        edit?(&loaded.stored.record)
        let page = SpotCheckRecordPage(loaded, errors: errors, finding: finding, visit: visit)
        return visit.page("check-record", page, title: page.title, section: .checks, status: status)
    }

    struct Loaded: Sendable {
        var stored: SpotCheckRecordStore.Stored
        var office: String
        var regulator: String
        var problems: [SpotCheckRecordStore.FoundProblem]
    }

    init(
        _ loaded: Loaded, errors: [FieldError], finding: SpotCheckRecordOperations.Finding, visit: Visit
    ) {
        let (stored, regulator, problems) = (loaded.stored, loaded.regulator, loaded.problems)
        func error(_ field: String) -> String? { errors.first { $0.field == field }?.message }
        let record = stored.record
        let facts = record.facts
        id = stored.id.rawValue
        date = ChinaTime.date(stored.day)
        title = SpotCheckRecord.title(stored.day)
        enterprise = facts.enterpriseName
        enterpriseAddress = "/enterprise/" + Form.encode(stored.enterprise.rawValue)
        office = loaded.office
        columns = SpotCheckRecord.columns
        sources = SpotCheckRecord.sources
        cells = record.cells(number: 1)
        automatic = Array(cells.prefix(4))
        level = LevelMark(facts.level)
        commitment = facts.commitment
        openAlarms = facts.openAlarms
        anomalies = cells[7]
        video = facts.video
        highLevels = cells[10]
        dutyCall = facts.dutyCall
        factsAt = Wording.stamp(facts.at, now: visit.now)
        isOld = stored.submittedAt == nil && visit.now - facts.at > SpotCheckRecordOperations.factsLast
        items = SpotCheckContent.allCases.map { item in
            let verdict = record.verdicts[item]
            return Item(
                field: item.rawValue, title: item.title, columns: item.columns, isSound: verdict == .sound,
                isProblem: verdict == .problem, verdict: verdict?.title ?? "", note: record.notes[item] ?? "",
                error: error("v-" + item.rawValue) ?? error("n-" + item.rawValue))
        }
        videoNote = record.videoNote
        videoError = error("video")
        hasCameraViolation = record.hasCameraViolation
        watch = record.watch
        watchError = error("watch")
        other = record.other
        otherError = error("other")
        inspectors = record.inspectors
        inspectorsError = error("inspectors")
        contact = record.contact
        contactError = error("contact")
        findings = Choice.list(
            [("none", "没有"), ("problem", "有,交办\(regulator)"), ("majorHiddenDanger", "重大隐患,督办")],
            selected: finding.rawValue)
        receiver = "\(regulator)(逐级交办,待办)、\(facts.enterpriseName)(站内待办,24 小时内反馈)"
        let missing = record.gaps.count
        gaps = missing > 0 ? "还差 \(missing) 项" : nil
        self.errors = errors
        hasErrors = !errors.isEmpty
        mayWrite =
            stored.submittedAt == nil && visit.officer.role == .duty
            && visit.officer.authority == stored.authority && Day(visit.now) == stored.day
        submitted = stored.submittedAt.map { Wording.stamp($0, now: visit.now) }
        self.problems = problems.map {
            Found(address: "/problem/" + Form.encode($0.id.rawValue), text: $0.text, stage: $0.stage.label)
        }
        hasProblems = !problems.isEmpty
        callTarget = "/calls?target=" + Form.encode("enterprise:" + stored.enterprise.rawValue)
        csrf = visit.officer.csrf
    }
}
