import Documents
import Domain
import Hummingbird
import Kernel
import Operations
import Storage

/// 导出档案: the case as one file, for offices and the enterprise's safety officer; who took it stands in the log.
enum WarningCase {
    static let readers: Set<AccountRole> = [.duty, .safety]

    static func export(_ visit: Visit) async throws -> Response {
        let (id, scope, context) = (WarningID(visit.parameter("id")), visit.scope, visit.operation())
        let exported: CaseExport.Case
        do {
            // By a reader: it takes long, and readings and deadlines must not wait for it.
            exported = try await visit.site.store.read { session throws(CaseFailure) in
                try CaseExport.read(id, scope: scope, by: context.actor, at: context.now, in: &session)
            }
        } catch {
            switch error {
            case .notFound: throw PageRefusal.notFound
            case .storage(let error): throw error
            case .tooLarge, .brokenChain: throw PageRefusal.refused(error.description)
            }
        }
        let found = exported
        try await visit.site.store.write { session throws(StorageError) in
            var context = context
            try CaseExport.record(found, of: id, context: &context, in: &session)
        }
        visit.site.events.committed()
        var zip = ZipWriter()
        for file in exported.files { zip.add(file.name, file.bytes) }
        return visit.file(
            zip.finish(), name: "预警档案-\(id.rawValue)-\(exported.fingerprint.prefix(12)).zip",
            type: "application/zip")
    }
}
