import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Operations
import Storage

/// A CSV file: first what it would do, then – with a second button – all of it.
enum AdminImport {
    static let fileBytesMax = 8 * 1_024 * 1_024

    static func show(_ visit: Visit) async throws -> Response {
        visit.admin(page(visit, selected: visit.query["kind"]), section: "import")
    }

    static func template(_ visit: Visit) async throws -> Response {
        guard let kind = ImportKind(rawValue: visit.parameter("kind")) else { throw PageRefusal.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"\(kind.rawValue).csv\"",
            ], body: .init(byteBuffer: ByteBuffer(string: "\u{FEFF}" + kind.template)))
    }

    /// `file` is a new file, `content` the one that passed the dry run before.
    static func upload(_ visit: Visit, _ parts: Multipart) async throws -> Response {
        guard let kind = ImportKind(rawValue: parts.text("kind")) else { throw PageRefusal.notFound }
        let isApplied = parts.text("do") == "apply"
        let bytes = isApplied ? parts.bytes("content") : parts.bytes("file")
        let editor = visit.editor
        var page = page(visit, selected: kind.rawValue)
        guard !bytes.isEmpty else {
            page.issues = ["没有选文件。"]
            return visit.admin(page, section: "import", status: .unprocessableContent)
        }
        do throws(RegistryFailure) {
            if isApplied {
                let plan = try await visit.register { context, session throws(RegistryFailure) in
                    try RegistryOperations.importFile(kind, file: bytes, by: editor, context: &context, in: &session)
                }
                return visit.saved("/admin/import?kind=" + kind.rawValue, "\(kind.label) \(summary(plan))")
            }
            let start = visit.operation()
            let plan = try await dryRun(visit) { session throws(RegistryFailure) in
                var context = start
                return try RegistryOperations.dryRun(kind, file: bytes, by: editor, context: &context, in: &session)
            }
            page.cautions = plan.cautions.prefix(200).map(\.line)
            page.issues = plan.refusals.prefix(500).map(\.line)
            if plan.isApplicable {
                page.upload?.content = String(decoding: bytes, as: UTF8.self)
                page.upload?.summary = "检查通过，还没有写入。\(kind.label)：\(summary(plan))"
            } else {
                page.notice = "\(plan.refusals.count) 处错误，没有写入任何内容。改好文件再上传。"
            }
        } catch .file(let issues) {
            page.issues = issues.filter { $0.weight == .refusal }.map(\.line)
        } catch { throw error.refusal }
        return visit.admin(page, section: "import", status: page.issues.isEmpty ? .ok : .unprocessableContent)
    }

    private static func dryRun(
        _ visit: Visit, _ body: @Sendable (inout Session) throws(RegistryFailure) -> ImportPlan
    ) async throws(RegistryFailure) -> ImportPlan {
        try await visit.site.store.read { session throws(RegistryFailure) in try body(&session) }
    }

    private static func summary(_ plan: ImportPlan) -> String {
        "\(plan.rowCount) 行，新增 \(plan.newCount)，更新 \(plan.updatedCount)"
    }

    private static func page(_ visit: Visit, selected: String) -> AdminPage {
        var page = AdminPage("从文件导入", subtitle: "先检查，再写入；有一处错误就一行也不写。")
        page.upload = AdminPage.UploadForm(
            action: "/admin/import", csrf: visit.officer.csrf,
            kinds: Choice.list(ImportKind.allCases.map { ($0.rawValue, $0.label) }, selected: selected),
            templates: ImportKind.allCases.map {
                .init(title: $0.label, address: "/admin/import/template/\($0.rawValue)")
            })
        page.help = [
            "CSV 文件，UTF-8 编码；用 Excel 时选“CSV UTF-8（逗号分隔）”。第一行是表头，中文英文都认。",
            "顺序：监管单位与园区 → 企业 → 重大危险源 → 设备 → 点位 → 包保责任人。",
        ]
        return page
    }
}
