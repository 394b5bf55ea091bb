import Domain
import Kernel
import Operations
import Storage

/// A mail as RFC 5322 and 2047 want it, its lines ended by CR LF. The Message-ID is made from the delivery's key, so
/// that a mail that is sent again is the same mail.
struct MailMessage: Hashable {
    let sender: String
    let recipients: [String]
    let subject: String
    let text: String
    let key: String
    let date: Timestamp

    var bytes: [UInt8] {
        let lines =
            [
                "From: \(Self.encoded("危化品监测预警系统")) <\(sender)>",
                "To: " + recipients.map { "<\($0)>" }.joined(separator: ",\r\n "),
                "Subject: " + Self.encoded(subject), "Date: " + Self.date(date), "Message-ID: <\(identifier)>",
                "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: base64", "",
            ] + Self.wrapped(Base64Text.encoded([UInt8](text.utf8)), width: 76) + [""]
        return [UInt8](lines.joined(separator: "\r\n").utf8)
    }

    var identifier: String {
        let host = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        return String(Hash.hexadecimal(Hash.sha256([UInt8](key.utf8))).prefix(40)) + "@" + host
    }

    /// Words of at most 75 letters, cut between characters; folded over lines.
    static func encoded(_ text: String) -> String {
        var words: [String] = []
        var part = ""
        for character in text where !character.isNewline {
            if (part + String(character)).utf8.count > 42 {
                words.append(part)
                part = ""
            }
            part.append(character)
        }
        words.append(part)
        return words.map { "=?UTF-8?B?" + Base64Text.encoded([UInt8]($0.utf8)) + "?=" }.joined(separator: "\r\n ")
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(width)))
            rest = rest.dropFirst(width)
        }
        return lines
    }

    /// `Mon, 23 Nov 2026 13:08:41 +0800`
    static func date(_ instant: Timestamp) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = ChinaTime.dateTime(instant)
        let parts = text.split { "- ".contains($0) }
        let dayNumber = (instant.milliseconds + 8 * 3_600_000) / 86_400_000
        guard parts.count == 4, let month = Int(parts[1]), (1...12).contains(month) else { return text }
        return "\(days[Int(dayNumber % 7)]), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) +0800"
    }
}
