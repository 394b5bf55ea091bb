import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Storage

/// One patrol as it was handed in, with the problems that came of it and their receipts.
struct PatrolRecordPage: Sendable {
    struct Answer: Sendable {
        var title: String
        var state: String
        var isAbnormal: Bool
        var note: String
        var prefilled: String
    }

    var heading: String
    var kind: String
    var office: String
    var inspector: String
    var contact: String?
    var submitted: String
    var conclusion: String?
    var followed: String?
    var answers: [Answer]
    var lines: [ProblemListPage.Line]
    var hasLines: Bool

    static func show(_ visit: Visit) async throws -> Response {
        let (scope, id, now) = (visit.scope, PatrolID(visit.parameter("id")), visit.now)
        let found = try await visit.read { session throws(StorageError) in
            guard let patrol = try PatrolListing.find(id, scope: scope, in: &session) else {
                return nil as (PatrolListing, [ProblemListing])?
            }
            var filter = ProblemListing.Filter()
            filter.source = "patrol"
            filter.sourceID = id.rawValue
            return (patrol, try ProblemListing.all(filter, scope: scope, limit: 50, in: &session))
        }
        guard let (patrol, problems) = found else { throw PageRefusal.notFound }
        let page = PatrolRecordPage(
            heading: "\(ChinaTime.date(patrol.day)) 巡查 \(patrol.subjectName)", kind: patrol.kind.label,
            office: patrol.officeName, inspector: patrol.inspector,
            contact: patrol.contact.flatMap { $0.isEmpty ? nil : $0 },
            submitted: "\(patrol.submittedBy) \(Wording.stamp(patrol.submittedAt, now: now))",
            conclusion: patrol.conclusion?.label,
            followed: patrol.problem.map { "/problem/" + Form.encode($0.rawValue) },
            answers: patrol.answers.map { answer in
                Answer(
                    title: answer.title, state: answer.isNormal == true ? "正常" : answer.severity?.label ?? "有问题",
                    isAbnormal: answer.isNormal == false, note: answer.note, prefilled: answer.prefilled)
            },
            lines: problems.map { ProblemListPage.Line($0, now: now) }, hasLines: !problems.isEmpty)
        return visit.page("patrol", page, title: page.heading, section: .patrols)
    }
}
