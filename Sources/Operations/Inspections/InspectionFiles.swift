import Domain
import Kernel
public import Storage

/// Pictures and papers that come with feedback and site checks.
public enum InspectionFiles {
    public static let countMax = 9

    /// A file as it came in.
    public struct Incoming: Hashable, Sendable {
        public var name: String
        public var bytes: [UInt8]
        /// SHA-256 of the bytes.
        public var hash: [UInt8]

        public init(name: String, bytes: [UInt8], hash: [UInt8]) {
            self.name = name
            self.bytes = bytes
            self.hash = hash
        }
    }

    /// Keeps the files; their ids. The caller has checked that the owner lies in its scope.
    public static func keep(
        _ files: [Incoming], of owner: InspectionFile.Owner, _ id: String, context: inout OperationContext,
        in session: inout Session
    ) throws(ProblemFailure) -> [String] {
        guard files.count <= countMax else { throw .unsuitable("一次最多 \(countMax) 个附件") }
        var ids: [String] = []
        for incoming in files {
            guard incoming.bytes.count <= InspectionFile.bytesMax else {
                throw .unsuitable("“\(incoming.name)”超过 5 MB")
            }
            guard let type = InspectionFile.type(of: incoming.bytes) else {
                throw .unsuitable("“\(incoming.name)”不是 JPG、PNG 或 PDF")
            }
            let file = InspectionFile(
                id: context.ids.next("if", at: context.now), owner: owner, ownerID: id,
                name: String(incoming.name.prefix(120)), type: type, bytesCount: incoming.bytes.count,
                uploadedAt: context.now, uploadedBy: context.actor)
            try ProblemFailure.storing { () throws(StorageError) in
                try InspectionFileStore.insert(file, content: incoming.bytes, hash: incoming.hash, in: &session)
            }
            ids.append(file.id)
        }
        return ids
    }
}
