import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Operations
import Storage

/// Files of the daily work: first what they would do, then – with a second button – all of it or nothing.
enum WorkImportPage {
    static let roles: Set<AccountRole> = [.duty, .admin]

    /// What this account may bring in.
    private static func kinds(_ visit: Visit) -> [WorkImportKind] {
        visit.officer.role == .admin ? [.specialPeriods] : [.rotationPlans, .penalties]
    }

    static func show(_ visit: Visit) async throws -> Response {
        visit.admin(page(visit, selected: visit.query["kind"]), section: "periods")
    }

    static func template(_ visit: Visit) async throws -> Response {
        guard let kind = WorkImportKind(rawValue: visit.parameter("kind")) else { throw PageRefusal.notFound }
        return visit.file(
            [0xEF, 0xBB, 0xBF] + Array(kind.template.utf8), name: "\(kind.label)模板.csv", type: APIPaging.csvType)
    }

    /// `file` is a new file, `content` the one that passed the dry run before.
    static func upload(_ visit: Visit, _ parts: Multipart) async throws -> Response {
        guard let kind = WorkImportKind(rawValue: parts.text("kind")), kinds(visit).contains(kind) else {
            throw PageRefusal.notFound
        }
        let isApplied = parts.text("do") == "apply"
        let bytes = isApplied ? parts.bytes("content") : parts.bytes("file")
        var page = page(visit, selected: kind.rawValue)
        guard !bytes.isEmpty else {
            page.issues = ["没有选文件。"]
            return visit.admin(page, section: "periods", status: .unprocessableContent)
        }
        let (editor, office, start) = (visit.editor, visit.officer.authority, visit.operation())
        do throws(WorkImportFailure) {
            let count = try await visit.site.store.write { session throws(WorkImportFailure) in
                var context = start
                return try WorkImportOperations.run(
                    kind, file: bytes, isRehearsal: !isApplied, by: editor, office: office, context: &context,
                    in: &session)
            }
            visit.site.events.committed()
            return visit.saved("/import?kind=" + kind.rawValue, "\(kind.label) \(count) 行")
        } catch {
            switch error {
            case .forbidden(let words): throw PageRefusal.forbidden(words)
            case .storage(let failure):
                throw failure.isConflict ? PageRefusal.refused("别人刚刚改过，请刷新后再传。") : PageRefusal.busy
            case .issues(let issues):
                page.issues = issues.prefix(500).map(\.line)
                page.notice = "\(issues.count) 处错误，没有写入任何内容。改好文件再上传。"
                return visit.admin(page, section: "periods", status: .unprocessableContent)
            case .rehearsed(let rows):
                page.upload?.content = String(decoding: bytes, as: UTF8.self)
                page.upload?.summary = "检查通过，还没有写入。\(kind.label)：\(rows) 行"
                return visit.admin(page, section: "periods")
            }
        }
    }

    private static func page(_ visit: Visit, selected: String) -> AdminPage {
        let kinds = kinds(visit)
        var page = AdminPage("从文件导入", subtitle: "先检查，再写入；有一处错误就一行也不写。")
        page.upload = AdminPage.UploadForm(
            action: "/import", csrf: visit.officer.csrf,
            kinds: Choice.list(kinds.map { ($0.rawValue, $0.label) }, selected: selected),
            templates: kinds.map { .init(title: $0.label, address: "/import/template/\($0.rawValue)") })
        page.help = ["CSV 文件，UTF-8 编码；用 Excel 或 WPS 时选“CSV UTF-8（逗号分隔）”。第一行是表头，列的次序不限。"]
        page.help += kinds.map { kind in
            "\(kind.label)：" + kind.columns.map { $0.title + ($0.isRequired ? "" : "（可空）") }.joined(separator: "、")
        }
        return page
    }
}
