import Domain
import HTTPTypes
import Hummingbird
import Kernel
import Operations
import Storage

/// 文件传达: what was handed to the enterprises, and who has signed (SZ-14).
struct CircularPage: Sendable {
    struct Line: Sendable {
        var title: String
        var text: String
        var office: String
        var sent: String
        var signed: String
        var unsigned: String?
        var sign: String?
        var ownSigned: String?
    }

    var lines: [Line]
    var hasLines: Bool
    var maySend: Bool
    var isEnterprise: Bool
    var csrf: String
    var message: String?
    var titleValue: String
    var textValue: String

    static func show(_ visit: Visit) async throws -> Response { try await render(visit, message: nil, status: .ok) }

    private static func render(
        _ visit: Visit, message: String?, status: HTTPResponse.Status
    ) async throws -> Response {
        let (scope, now) = (visit.scope, visit.now)
        let isEnterprise = visit.officer.role == .safety
        let found = try await visit.read { session throws(StorageError) in
            var rows: [(Circular, [String])] = []
            for circular in try CircularStore.list(scope: scope, limit: 100, in: &session) {
                rows.append(
                    (circular, isEnterprise ? [] : try CircularStore.unsigned(circular.id, scope: scope, in: &session)))
            }
            return rows
        }
        let page = CircularPage(
            lines: found.map { circular, unsigned in
                Line(
                    title: circular.title, text: circular.text, office: circular.authorityName,
                    sent: Wording.stamp(circular.sentAt, now: now), signed: "\(circular.signed)/\(circular.wanted)",
                    unsigned: unsigned.isEmpty ? nil : unsigned.prefix(8).joined(separator: "、"),
                    sign: isEnterprise && circular.ownSignedAt == nil
                        ? "/circular/\(Form.encode(circular.id))/sign" : nil,
                    ownSigned: circular.ownSignedAt.map { Wording.stamp($0, now: now) })
            },
            hasLines: !found.isEmpty, maySend: visit.officer.role == .duty, isEnterprise: isEnterprise,
            csrf: visit.officer.csrf, message: message, titleValue: visit.form["title"],
            textValue: visit.form["text"])
        return visit.page(
            "circulars", page, title: "文件传达", section: isEnterprise ? .bulletins : .problems, status: status)
    }

    static func send(_ visit: Visit) async throws -> Response {
        let (office, title, text) = (try visit.office(), visit.form["title"], visit.form["text"])
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                _ = try CircularOperations.send(
                    title: title, text: text, by: office, context: &context, in: &session)
            }
        } catch { return try await render(visit, message: error.text, status: .unprocessableContent) }
        return visit.redirect("/circulars")
    }

    static func sign(_ visit: Visit) async throws -> Response {
        let id = visit.parameter("id")
        guard let enterprise = visit.officer.enterprise else { throw PageRefusal.notFound }
        do throws(ProblemFailure) {
            try await visit.inspect { context, session throws(ProblemFailure) in
                try CircularOperations.sign(id, for: enterprise, context: &context, in: &session)
            }
        } catch { throw error.refusal }
        try await visit.markRead("circular:\(id)")
        return visit.redirect("/circulars")
    }
}
