import Kernel
import Storage

/// The list of a case's files with their hashes.
enum CaseManifest {
    static let name = "manifest.json"

    static func json(_ files: [CaseFile]) -> JSON {
        [
            "format": 1,
            "files": .array(
                files.map {
                    [
                        "name": .string($0.name), "bytes": .integer(Int64($0.bytes.count)),
                        "sha256": .string(Hash.hexadecimal(Hash.sha256($0.bytes))),
                    ]
                }),
        ]
    }

    /// Names and hashes; nil where it is no manifest of ours.
    static func read(_ bytes: [UInt8]) -> [(name: String, hash: String)]? {
        guard let json = try? JSON.parse(bytes), json["format"]?.integer == 1, let files = json["files"]?.array else {
            return nil
        }
        let found = files.compactMap { file -> (name: String, hash: String)? in
            guard let name = file["name"]?.string, let hash = file["sha256"]?.string else { return nil }
            return (name, hash)
        }
        return found.count == files.count ? found : nil
    }
}
