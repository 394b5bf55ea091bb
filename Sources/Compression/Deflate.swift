import CZlib

/// zlib over whole buffers. The same bytes in give the same bytes out.
public enum Deflate {
    enum Wrapping { case raw, gzip }

    /// Without a wrapping, as zip files hold it; nil where zlib has no memory.
    public static func compressed(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
        packed(bytes, level: level, wrapping: .raw)
    }

    /// The checksum that zip files carry.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { source in
            UInt32(truncatingIfNeeded: unsafe crc32(0, source.baseAddress, UInt32(source.count)))
        }
    }

    static func packed(_ bytes: [UInt8], level: Int32, wrapping: Wrapping) -> [UInt8]? {
        var stream = unsafe z_stream()
        let status: Int32 =
            switch wrapping {
            case .raw: unsafe fengsui_deflate_init_raw(&stream, level)
            case .gzip: unsafe fengsui_deflate_init_gzip(&stream, level)
            }
        guard status == Z_OK else { return nil }
        defer { _ = unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(bytes.count))))
        let isDone = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                return unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
        }
        guard isDone else { return nil }
        output.removeLast(output.count - Int(unsafe stream.total_out))
        return output
    }
}
