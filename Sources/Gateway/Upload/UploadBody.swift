import Kernel

/// Writes the JSON of an upload (contracts/upload.md).
enum UploadBody {
    /// Below this age a value counts as live, whatever the mark says.
    static let backfillAge = Interval.minutes(5)
    /// Far below the server's 5,000 values and 1 MiB.
    static let valuesMax = 4_000

    static func write(
        source: String, epoch: String, sequence: Int64, values: ArraySlice<OutgoingValue>, sentAt: Timestamp
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(160 + values.count * 112)
        append("{\"dataSourceCode\":\"", &text)
        appendEscaped(source, &text)
        append("\",\"epoch\":\"", &text)
        appendEscaped(epoch, &text)
        append("\",\"seq\":", &text)
        append(String(sequence), &text)
        append(",\"sendTime\":\"\(ChinaTime.dateTime(sentAt))\",\"type\":\"realtime\",\"datas\":[", &text)
        var isFirst = true
        for value in values {
            append(isFirst ? "{\"targetCode\":\"" : ",{\"targetCode\":\"", &text)
            isFirst = false
            appendEscaped(value.target, &text)
            append("\",\"value\":", &text)
            append(number(value.value), &text)
            append(",\"collectTime\":", &text)
            append(String(value.at.milliseconds), &text)
            if let quality = value.quality, quality != "GOOD" {
                append(",\"quality\":\"", &text)
                appendEscaped(quality, &text)
                append("\"", &text)
            }
            if sentAt - value.at > backfillAge { append(",\"backfill\":true", &text) }
            append("}", &text)
        }
        append("]}", &text)
        return text
    }

    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return String(value)
    }

    private static func append(_ part: String, _ text: inout [UInt8]) { text.append(contentsOf: part.utf8) }

    private static func appendEscaped(_ part: String, _ text: inout [UInt8]) {
        for byte in part.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case ..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16), &text)
            default: text.append(byte)
            }
        }
    }
}
