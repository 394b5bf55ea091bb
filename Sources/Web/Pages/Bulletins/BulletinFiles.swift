import Documents
import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Storage

/// A bulletin as a file: what was issued, or the draft as it stands.
enum BulletinFiles {
    static func docx(_ visit: Visit) async throws -> Response {
        let (document, name) = try await document(visit)
        return visit.file(DOCXDocument.file(document), name: name + ".docx", type: DOCXDocument.contentType)
    }

    static func xlsx(_ visit: Visit) async throws -> Response {
        let (document, name) = try await document(visit)
        guard let bytes = try? DocumentWorkbook.file(document) else {
            throw PageRefusal.refused("这份通报里没有表,不能导出 XLSX。")
        }
        return visit.file(bytes, name: name + ".xlsx", type: DocumentWorkbook.contentType)
    }

    static func pdf(_ visit: Visit) async throws -> Response {
        let (document, name) = try await document(visit)
        do throws(PDFPrinter.Failure) {
            let bytes = try await visit.site.printer.pdf(HTMLDocument.file(document))
            return visit.file(bytes, name: name + ".pdf", type: "application/pdf")
        } catch {
            throw PageRefusal.refused(error.text)
        }
    }

    static func style() -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(string: DocumentStyle.css + "\n" + DocumentStyle.screen)))
    }

    private static func document(_ visit: Visit) async throws -> (Document, String) {
        let (id, scope) = (BulletinID(visit.parameter("id")), visit.scope)
        let found = try await visit.read { session throws(StorageError) in
            (
                try BulletinStore.find(id, scope: scope, in: &session),
                try BulletinStore.final(id, scope: scope, in: &session)
            )
        }
        guard let bulletin = found.0 else { throw PageRefusal.notFound }
        return (found.1 ?? bulletin.document, found.1?.number?.text ?? bulletin.title)
    }
}
