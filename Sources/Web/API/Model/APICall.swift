import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Operations
import Services
import Storage

/// One request to the API by a known account: what an operation's handler gets. It stands on the same visit as the
/// pages do, so that scope, editor and actor are the same.
struct APICall: Sendable {
    let route: APIRoute
    let visit: Visit
    let body: APIBody
    /// The token that was shown; nil for the session of a browser.
    let token: String?

    var site: Site { visit.site }
    var officer: Officer { visit.officer }
    var scope: Scope { visit.scope }
    var now: Timestamp { visit.now }
    var query: Form { visit.query }
    var id: String { visit.parameter("id") }

    func read<T: Sendable>(_ body: @Sendable (inout Session) throws(StorageError) -> T) async throws -> T {
        try await visit.read(body)
    }

    /// One transaction of an operation; its refusal becomes a problem.
    @discardableResult
    func write<T: Sendable, E: TransactionFailure>(
        _ body: @Sendable (inout OperationContext, inout Session) throws(E) -> T
    ) async throws -> T {
        let start = visit.operation()
        let value: T
        do throws(E) {
            value = try await site.store.write { session throws(E) in
                var context = start
                return try body(&context, &session)
            }
        } catch { throw APIFailure.problem(error) }
        site.events.committed()
        return value
    }

    /// A transaction that the running intake has to know of.
    @discardableResult
    func intake<T: Sendable, E: TransactionFailure>(
        _ body: @Sendable (inout PointTable, inout OperationContext, inout Session) throws(E) -> T
    ) async throws -> T {
        guard let intake = site.intake else { throw Problem(.busy) }
        let value: T
        do throws(E) {
            value = try await intake.transaction(actor: officer.actor, body)
        } catch { throw APIFailure.problem(error) }
        site.events.committed()
        return value
    }

    /// The officer's office; only who speaks for one may act here.
    func office() throws -> AuthorityID {
        guard let office = officer.authority else { throw Problem(.forbidden, "这个账号不属于任何监管单位") }
        return office
    }

    /// The enterprise that the account belongs to.
    func enterprise() throws -> EnterpriseID {
        guard let enterprise = officer.enterprise else { throw Problem(.forbidden, "这个账号不属于任何企业") }
        return enterprise
    }

    func day(_ name: String = "day") -> Day { query.value(name).flatMap(ChinaTime.parseDate) ?? Day(now) }

    func answer<Row>(_ record: APIRecord<Row>, _ row: Row) -> Response { answer(record.json(row)) }

    func answer(_ json: JSON) -> Response {
        Response(
            status: route.status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: json.text)))
    }
}
