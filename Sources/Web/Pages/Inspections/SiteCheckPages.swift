import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 现场核查: what was ordered, by whom, and what came back.
struct SiteCheckListPage: Sendable {
    struct Line: Sendable {
        var address: String
        var enterprise: String
        var reason: String
        var orderer: String
        var executor: String
        var ordered: String
        var state: String
        var isLate: Bool
        var left: Int64?
        var leftText: String?
    }

    var lines: [Line]
    var hasLines: Bool
    var enterprises: [Choice]
    var mayOrder: Bool
    var csrf: String
    var warning: String
    var problem: String
    var reason: String
    var message: String?

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, values: visit.query, message: nil, status: .ok)
    }

    static func order(_ visit: Visit) async throws -> Response {
        let (office, form) = (try visit.office(), visit.form)
        let request = SiteCheckOperations.Request(
            enterprise: EnterpriseID(form["enterprise"]), warning: form.value("warning").map { WarningID($0) },
            problem: form.value("problem").map { ProblemID($0) }, reason: form["reason"])
        let id: String
        do throws(ProblemFailure) {
            id = try await visit.inspect { context, session throws(ProblemFailure) in
                try SiteCheckOperations.order(request, by: office, context: &context, in: &session)
            }
        } catch { return try await render(visit, values: form, message: error.text, status: .unprocessableContent) }
        return visit.redirect("/sitecheck/" + Form.encode(id))
    }

    private static func render(
        _ visit: Visit, values: Form, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let found = try await visit.read { session throws(StorageError) in
            (
                try SiteCheckStore.all(scope: scope, limit: 200, in: &session),
                try EnterpriseOverview.list(limit: 1_000, scope: scope, in: &session)
            )
        }
        let page = SiteCheckListPage(
            lines: found.0.map { Line($0, now: now) }, hasLines: !found.0.isEmpty,
            enterprises: Choice.list(
                [("", "请选")] + found.1.map { ($0.id.rawValue, $0.name) }, selected: values["enterprise"]),
            mayOrder: visit.officer.role == .duty, csrf: visit.officer.csrf, warning: values["warning"],
            problem: values["problem"], reason: values["reason"], message: message)
        return visit.page("site-checks", page, title: "现场核查", section: .problems, status: status)
    }
}

extension SiteCheckListPage.Line {
    init(_ item: SiteCheckRecord, now: Timestamp) {
        address = "/sitecheck/" + Form.encode(item.id)
        enterprise = item.enterpriseName
        reason = item.reason
        orderer = item.ordererName ?? "本级发现"
        executor = item.executorName
        ordered = Wording.stamp(item.orderedAt, now: now)
        isLate = item.isLate || (item.submittedAt == nil && now > item.dueAt)
        state = item.submittedAt.map { "已反馈 \(Wording.stamp($0, now: now))" + (item.isLate ? "(晚了)" : "") } ?? "待核查"
        left = item.submittedAt == nil ? item.dueAt.milliseconds : nil
        leftText = item.submittedAt == nil ? Wording.remaining(item.dueAt - now) : nil
    }
}

/// One 现场核查单: four blocks, photos, who checked (XC-06).
struct SiteCheckPage: Sendable {
    struct Block: Sendable {
        var id: String
        var title: String
        var text: String
    }

    var line: SiteCheckListPage.Line
    var heading: String
    var blocks: [Block]
    var conclusion: String
    var checkers: String
    var checkedAt: String
    var isOpen: Bool
    var isDone: Bool
    var files: [ProblemPage.File]
    var hasFiles: Bool
    var action: String
    var csrf: String
    var message: String?
    var problem: String?

    static func show(_ visit: Visit) async throws -> Response {
        try await render(visit, sent: nil, message: nil, status: .ok)
    }

    static func submit(_ visit: Visit, _ parts: Multipart) async throws -> Response {
        let (office, id, now) = (try visit.office(), visit.parameter("id"), visit.now)
        let files = InspectionFilePage.incoming(parts)
        var blocks: [SiteCheckBlock: String] = [:]
        for block in SiteCheckBlock.allCases { blocks[block] = parts.text(block.rawValue) }
        let (written, conclusion, checkers) = (blocks, parts.text("conclusion"), parts.text("checkers"))
        let checkedAt = Visit.instant(parts.text("checkedAt")) ?? now
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                let kept = try InspectionFiles.keep(files, of: .siteCheck, id, context: &context, in: &session)
                try SiteCheckOperations.submit(
                    id,
                    SiteCheckForm(
                        blocks: written, conclusion: conclusion, checkers: checkers, checkedAt: checkedAt,
                        photos: kept),
                    by: office, context: &context, in: &session)
            }
        } catch .notFound {
            throw PageRefusal.notFound
        } catch {
            return try await render(visit, sent: parts, message: error.text, status: .unprocessableContent)
        }
        return visit.redirect("/sitecheck/" + Form.encode(id))
    }

    private static func render(
        _ visit: Visit, sent: Multipart?, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, id, now) = (visit.scope, visit.parameter("id"), visit.now)
        let found = try await visit.read { session throws(StorageError) in
            (
                try SiteCheckStore.find(id, scope: scope, in: &session),
                try InspectionFileStore.list(.siteCheck, id, in: &session)
            )
        }
        guard let record = found.0 else { throw PageRefusal.notFound }
        try await visit.markRead("siteCheck:\(id)")
        let base = "/sitecheck/" + Form.encode(id)
        let isOpen =
            record.submittedAt == nil && record.executor == visit.officer.authority
            && visit.officer.role == .duty
        let page = SiteCheckPage(
            line: SiteCheckListPage.Line(record, now: now), heading: "现场核查 \(record.enterpriseName)",
            blocks: SiteCheckBlock.allCases.map {
                Block(id: $0.rawValue, title: $0.label, text: sent?.text($0.rawValue) ?? record.blocks[$0] ?? "")
            },
            conclusion: sent?.text("conclusion") ?? record.conclusion ?? "",
            checkers: sent?.text("checkers") ?? record.checkers ?? "",
            checkedAt: String(ChinaTime.dateTime(record.checkedAt ?? now).prefix(16)), isOpen: isOpen,
            isDone: record.submittedAt != nil,
            files: found.1.map { file in
                ProblemPage.File(
                    name: file.name, address: "\(base)/file/\(Form.encode(file.id))",
                    isPicture: file.type.hasPrefix("image/"), note: Wording.stamp(file.uploadedAt, now: now))
            },
            hasFiles: !found.1.isEmpty, action: base, csrf: visit.officer.csrf, message: message,
            problem: record.problem.map { "/problem/" + Form.encode($0.rawValue) })
        return visit.page("site-check", page, title: page.heading, section: .problems, status: status)
    }
}
