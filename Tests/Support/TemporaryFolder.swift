import Glibc

/// A new folder under the system's temporary one. Nothing removes it: a failed test leaves its files to be looked at.
public enum TemporaryFolder {
    public static func make() throws -> String {
        let base = Engine.environment("TMPDIR") ?? "/tmp"
        var template = [CChar]((base + "/fengsui-test-XXXXXX").utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw TemporaryFolderError(code: errno) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

struct TemporaryFolderError: Error {
    let code: Int32
}
