import CZlib

/// Raw deflate data, as zip files hold it.
public enum Inflate {
    /// Exactly `count` bytes, or a refusal: nothing is made room for that was not promised.
    public static func inflated(_ bytes: [UInt8], count: Int) throws(Gzip.Failure) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe fengsui_inflate_init_raw(&stream) == Z_OK else { throw .corrupt }
        defer { _ = unsafe inflateEnd(&stream) }
        var input = bytes
        // One byte more than promised: who fills it has promised too little.
        var output = [UInt8](repeating: 0, count: count + 1)
        let status = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                return unsafe inflate(&stream, Z_FINISH)
            }
        }
        guard Int(unsafe stream.total_out) <= count else { throw .tooLarge }
        guard status == Z_STREAM_END, Int(unsafe stream.total_out) == count,
            Int(unsafe stream.total_in) == bytes.count
        else { throw .corrupt }
        output.removeLast()
        return output
    }
}
