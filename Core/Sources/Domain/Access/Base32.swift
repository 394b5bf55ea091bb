/// RFC 4648 without padding: how keys of one-time codes are written for people and phones.
public enum Base32 {
    private static let letters = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    public static func text(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        var (bits, count): (UInt32, Int) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                output.append(letters[Int(bits >> UInt32(count - 5) & 31)])
                count -= 5
            }
            bits &= (1 << UInt32(count)) - 1
        }
        if count > 0 { output.append(letters[Int(bits << UInt32(5 - count) & 31)]) }
        return String(decoding: output, as: UTF8.self)
    }

    /// In groups of four, to be typed by hand.
    public static func grouped(_ bytes: [UInt8]) -> String {
        var text = ""
        for (index, letter) in Base32.text(bytes).enumerated() {
            if index > 0, index % 4 == 0 { text.append(" ") }
            text.append(letter)
        }
        return text
    }
}
