import Domain
import Hummingbird

/// The acts on one kind of thing: alike but for their names, who may do them, and what they do. Each answers the thing
/// as it is afterwards.
struct APIActs: Sendable {
    /// Of the thing: `/api/v1/problems/{id}`.
    var path: String
    var tag: APITag
    var answer: APIShape
    var problems: [APIProblemKind] = [.notFound, .refused, .conflict]

    /// - Parameter fields: of the body; none where the act needs no words.
    func act(
        _ name: String, _ operation: String, _ title: String, _ roles: Set<AccountRole>, _ fields: [APIShape.Field],
        _ handler: @escaping @Sendable (APICall, Request) async throws -> Response
    ) -> APIRoute {
        act(
            name, operation, title, roles,
            fields.isEmpty ? nil : APIShape(operation.capitalizedFirst, title, fields), handler)
    }

    /// - Parameter body: a shape that several acts share.
    func act(
        _ name: String, _ operation: String, _ title: String, _ roles: Set<AccountRole>, _ body: APIShape?,
        _ handler: @escaping @Sendable (APICall, Request) async throws -> Response
    ) -> APIRoute {
        APIRoute(
            method: .post, path: "\(path)/\(name)", operation: operation, tag: tag, title: title, roles: roles,
            body: body, answer: .object(answer), problems: problems, handler: handler)
    }
}

extension String {
    /// `reportDisposal` → `ReportDisposal`: a body's name from its operation.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
