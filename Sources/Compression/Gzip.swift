import CZlib

/// gzip of whole buffers.
public enum Gzip {
    public enum Failure: Error { case corrupt, tooLarge }

    public static func compressed(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        Deflate.packed(bytes, level: level, wrapping: .gzip)
    }

    /// Refuses a body that swells past `limit`: a few bytes of gzip can stand for gigabytes.
    public static func inflated(_ bytes: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe fengsui_inflate_init_gzip(&stream) == Z_OK else { throw .corrupt }
        defer { _ = unsafe inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var status: Int32 = Z_OK
        var consumed = 0
        while status == Z_OK {
            let before = Int(unsafe stream.total_out)
            status = unsafe input.withUnsafeMutableBufferPointer { source in
                unsafe chunk.withUnsafeMutableBufferPointer { target in
                    unsafe stream.next_in = source.baseAddress.map { unsafe $0 + consumed }
                    unsafe stream.avail_in = UInt32(source.count - consumed)
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(target.count)
                    return unsafe inflate(&stream, Z_NO_FLUSH)
                }
            }
            consumed = Int(unsafe stream.total_in)
            let produced = Int(unsafe stream.total_out) - before
            guard output.count + produced <= limit else { throw .tooLarge }
            output += chunk[..<produced]
            if status == Z_OK, produced == 0, consumed == input.count { throw .corrupt }
        }
        guard status == Z_STREAM_END, consumed == input.count else { throw .corrupt }
        return output
    }
}
