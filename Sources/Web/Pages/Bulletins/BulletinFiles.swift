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
        return file(DOCXDocument.file(document), type: DOCXDocument.contentType, name: name + ".docx")
    }

    static func xlsx(_ visit: Visit) async throws -> Response {
        let (document, name) = try await document(visit)
        guard let bytes = try? DocumentWorkbook.file(document) else {
            throw PageRefusal.refused("这份通报里没有表,不能导出 XLSX。")
        }
        return file(bytes, type: DocumentWorkbook.contentType, name: name + ".xlsx")
    }

    static func pdf(_ visit: Visit) async throws -> Response {
        let (document, name) = try await document(visit)
        let html = HTMLDocument.file(document)
        do throws(PDFPrinter.Failure) {
            let bytes = try await visit.site.printer.pdf(html, key: html)
            return file(bytes, type: "application/pdf", name: name + ".pdf")
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

    private static func file(_ bytes: [UInt8], type: String, name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type,
                .contentDisposition: "attachment; filename*=UTF-8''" + Form.encode(name),
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
