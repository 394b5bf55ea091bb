import Foundation
import Mustache

/// The templates and the static files of our own, read once at start.
struct Templates: Sendable {
    struct Asset: Sendable {
        var bytes: [UInt8]
        var type: String
        var tag: String
    }

    private let library: MustacheLibrary
    let assets: [String: Asset]
    /// Part of the addresses of static files: a new build is a new address, the old one may be kept for ever.
    let version: String

    init() async throws {
        let root = Bundle.module.bundlePath + "/Resources"
        library = try await MustacheLibrary(directory: root + "/templates")
        var assets: [String: Asset] = [:]
        let folder = root + "/static"
        var everything: [UInt8] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
            let type = name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"
            assets[name] = Asset(bytes: bytes, type: type, tag: "\"" + Tokens.hexadecimal(Tokens.sha256(bytes)) + "\"")
            everything += bytes
        }
        self.assets = assets
        version = String(Tokens.hexadecimal(Tokens.sha256(everything)).prefix(12))
    }

    /// A missing template is our bug.
    func render(_ name: String, _ context: Any) -> String {
        guard let text = library.render(context, withTemplate: name) else {
            preconditionFailure("no template named \(name)")
        }
        return text
    }
}
