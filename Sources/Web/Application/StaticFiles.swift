import HTTPTypes
import Hummingbird
import NIOCore

/// Our own style sheets and scripts, from memory. The address holds their version, so a browser may keep them.
enum StaticFiles {
    static func response(_ site: Site, _ request: Request, _ context: WebContext) throws -> Response {
        guard let name = context.parameters.get("name"), let asset = site.templates.assets[name] else {
            throw PageRefusal.notFound
        }
        let keep = "public, max-age=31536000, immutable"
        if request.headers[.ifNoneMatch] == asset.tag {
            return Response(status: .notModified, headers: [.eTag: asset.tag, .cacheControl: keep])
        }
        return Response(
            status: .ok, headers: [.contentType: asset.type, .eTag: asset.tag, .cacheControl: keep],
            body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
