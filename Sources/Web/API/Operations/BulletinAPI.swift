import Documents
import Domain
import Hummingbird
import Kernel
import Operations
import Sheets
import Storage

/// Bulletins from draft to receipt, and as files.
enum BulletinAPI {
    static var routes: [APIRoute] {
        [list.route, one] + files + [
            hands.act("submit", "submitBulletin", "送审", [.duty], []) { call, _ in
                try await perform(.submit(by: call.officer.actor), call)
            },
            hands.act("approve", "approveBulletin", "审核通过；改过的人不能审", [.duty], []) { call, _ in
                try await perform(.approve(by: call.officer.actor), call)
            },
            hands.act(
                "return", "returnBulletin", "退回修改", [.duty],
                [.init(key: "note", title: "理由", form: .text, example: "第三节缺原因")]
            ) { call, _ in
                try await perform(.sendBack(note: call.body.text("note"), by: call.officer.actor), call)
            },
            hands.act("issue", "issueBulletin", "印发：编号、送达", [.duty], [], issue),
            hands.act("acknowledge", "acknowledgeBulletin", "签收", [.duty, .safety], [], acknowledge),
        ]
    }

    private static let list = APIListing(
        path: "/api/v1/bulletins", operation: "listBulletins", tag: .bulletins, title: "通报",
        filters: [
            APIParameter("kind", "种类", .words(BulletinKind.self) { $0.label }),
            APIParameter("phase", "状态", .words(Bulletin.Phase.self) { $0.label }),
            APIParameter("side", "received：收到的和下级的；不写为本级编发", .choice([("received", "收到和下级的")])),
        ], record: BulletinRecords.bulletin, page: "/bulletins"
    ) { call, range in
        let (scope, filter) = (call.scope, BulletinListPage.filter(call.query, officer: call.officer))
        return try await call.read { session throws(StorageError) in
            .init(
                rows: try BulletinListing.all(
                    filter, scope: scope, limit: range.limit, offset: range.offset, in: &session),
                total: try BulletinListing.count(filter, scope: scope, in: &session))
        }
    }

    private static let one = APIRoute(
        method: .get, path: "/api/v1/bulletins/{id}", operation: "getBulletin", tag: .bulletins, title: "一份通报与正文",
        answer: .object(BulletinRecords.whole.shape), problems: [.notFound]
    ) { call, _ in try await read(call) }

    private static func read(_ call: APICall) async throws -> Response {
        let (id, scope, officer) = (BulletinID(call.id), call.scope, call.officer)
        let found = try await call.read { session throws(StorageError) -> BulletinRecords.Whole? in
            var filter = BulletinListing.Filter()
            filter.id = id
            guard let bulletin = try BulletinStore.find(id, scope: scope, in: &session),
                let item = try BulletinListing.all(filter, scope: scope, limit: 1, in: &session).first
            else { return nil }
            let isOwn = officer.role == .duty && officer.authority == bulletin.office
            return .init(
                item: item, document: try BulletinStore.final(id, scope: scope, in: &session) ?? bulletin.document,
                receipts: isOwn ? try BulletinReceipts.all(id, in: &session) : [])
        }
        guard let found else { throw Problem(.notFound) }
        return call.answer(BulletinRecords.whole, found)
    }

    private static var files: [APIRoute] {
        let kinds: [(name: String, title: String, type: String, file: @Sendable (Visit) async throws -> Response)] = [
            ("docx", "DOCX", DOCXDocument.contentType, { try await BulletinFiles.docx($0) }),
            ("xlsx", "各表的 XLSX", Workbook.contentType, { try await BulletinFiles.xlsx($0) }),
            ("pdf", "PDF", "application/pdf", { try await BulletinFiles.pdf($0) }),
        ]
        return kinds.map { kind in
            APIRoute(
                method: .get, path: "/api/v1/bulletins/{id}/\(kind.name)",
                operation: "getBulletin" + kind.name.uppercased(), tag: .bulletins, title: "通报的 \(kind.title)",
                answer: .file(type: kind.type), problems: [.notFound, .refused]
            ) { call, _ in try await kind.file(call.visit) }
        }
    }

    // MARK: Acts

    private static func perform(_ command: BulletinCommand, _ call: APICall) async throws -> Response {
        let (id, office) = (BulletinID(call.id), call.officer.authority)
        try await call.write { context, session throws(BulletinFailure) in
            try BulletinOperations.act(id, office: office, command, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static func issue(_ call: APICall, _ request: Request) async throws -> Response {
        let (id, office) = (BulletinID(call.id), call.officer.authority)
        let document = try await call.write { context, session throws(BulletinFailure) in
            try BulletinOperations.issue(id, office: office, context: &context, in: &session)
        }
        BulletinActions.print(document, call.site)
        return try await read(call)
    }

    private static func acknowledge(_ call: APICall, _ request: Request) async throws -> Response {
        let (id, scope) = (BulletinID(call.id), call.scope)
        guard let recipient = BulletinPage.recipient(of: call.officer) else { throw Problem(.notFound) }
        try await call.write { context, session throws(BulletinFailure) in
            try BulletinOperations.acknowledge(id, as: recipient, scope: scope, context: &context, in: &session)
        }
        return try await read(call)
    }

    private static let hands = APIActs(
        path: "/api/v1/bulletins/{id}", tag: .bulletins, answer: BulletinRecords.whole.shape)
}
