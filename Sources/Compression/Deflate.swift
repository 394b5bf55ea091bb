import CZlib

/// Raw deflate and the checksum that zip files carry. The same bytes in give the same bytes out.
enum Deflate {
    /// nil where zlib has no memory.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe fengsui_deflate_init_raw(&stream, 6) == Z_OK else { return nil }
        defer { _ = unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count / 2 + 256)
        var written = 0
        let isDone = unsafe input.withUnsafeMutableBufferPointer { source -> Bool in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            while true {
                if written == output.count { output.append(contentsOf: [UInt8](repeating: 0, count: output.count)) }
                let room = output.count - written
                let status = unsafe output.withUnsafeMutableBufferPointer { target -> Int32 in
                    unsafe stream.next_out = target.baseAddress?.advanced(by: written)
                    unsafe stream.avail_out = UInt32(room)
                    return unsafe deflate(&stream, Z_FINISH)
                }
                written += room - Int(unsafe stream.avail_out)
                if status == Z_STREAM_END { return true }
                if status != Z_OK && status != Z_BUF_ERROR { return false }
            }
        }
        return isDone ? Array(output.prefix(written)) : nil
    }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { source in
            UInt32(truncatingIfNeeded: unsafe crc32(0, source.baseAddress, UInt32(source.count)))
        }
    }
}
