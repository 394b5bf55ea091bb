import Domain
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Operations
import Services
import Storage

/// Attachments: only for who may see what they belong to.
enum InspectionFilePage {
    static func problem(_ visit: Visit) async throws -> Response {
        let (id, scope) = (ProblemID(visit.parameter("id")), visit.scope)
        let isSeen = try await visit.read { session throws(StorageError) in
            try ProblemStore.exists(id, scope: scope, in: &session)
        }
        guard isSeen else { throw PageRefusal.notFound }
        return try await answer(visit, .problem, id.rawValue)
    }

    static func siteCheck(_ visit: Visit) async throws -> Response {
        let (id, scope) = (visit.parameter("id"), visit.scope)
        let found = try await visit.read { session throws(StorageError) in
            try SiteCheckStore.find(id, scope: scope, in: &session)
        }
        guard found != nil else { throw PageRefusal.notFound }
        return try await answer(visit, .siteCheck, id)
    }

    private static func answer(
        _ visit: Visit, _ owner: InspectionFile.Owner, _ ownerID: String
    ) async throws -> Response {
        let id = visit.parameter("file")
        let found = try await visit.read { session throws(StorageError) in
            try InspectionFileStore.content(id, of: owner, ownerID, in: &session)
        }
        guard let found else { throw PageRefusal.notFound }
        var headers: HTTPFields = [.contentType: found.file.type, .cacheControl: "private, max-age=3600"]
        headers[.contentDisposition] =
            (found.file.type == "application/pdf" ? "attachment" : "inline")
            + "; filename*=UTF-8''" + Form.encode(found.file.name)
        if let name = HTTPField.Name("X-Content-Type-Options") { headers[name] = "nosniff" }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: found.bytes)))
    }

    /// What a page with a form for files offers, and what it may send with them.
    static let inputCount = 3
    static let sentBytesMax = inputCount * InspectionFile.bytesMax

    /// The files of a form: parts `file1` … `file9`, empty ones left out.
    static func incoming(_ parts: Multipart) -> [InspectionFiles.Incoming] {
        (1...InspectionFiles.countMax).compactMap { number in
            let bytes = parts.bytes("file\(number)")
            guard !bytes.isEmpty else { return nil }
            return InspectionFiles.Incoming(
                name: parts.fileName("file\(number)") ?? "附件\(number)", bytes: bytes, hash: Tokens.sha256(bytes))
        }
    }
}
