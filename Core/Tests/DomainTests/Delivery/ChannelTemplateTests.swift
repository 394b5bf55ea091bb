import Kernel
import Testing

@testable import Domain

@Suite struct ChannelTemplateTests {
    @Test func `values are escaped for the place in which they stand`() throws {
        let values: [ChannelTemplate.Name: String] = [
            .phone: "13900000001", .text: "一厂 \"罐区\"\n{secret}&x=1", .secret: "s3cr3t",
        ]
        let body = ChannelTemplate.filled(
            #"{"to":["{phone}"],"text":"{text}","a":{"b":1}}"#, values, place: .json)
        let json = try JSON.parse(body)
        #expect(json["text"]?.string == values[.text])
        #expect(json["to"]?.array?.first?.string == "13900000001")
        #expect(json["a"]?["b"]?.integer == 1)
        let query = ChannelTemplate.filled("http://h/?t={text}&p={phone}", values, place: .percent)
        #expect(query == "http://h/?t=\(PercentEncoding.encoded(values[.text] ?? ""))&p=13900000001")
        #expect(ChannelTemplate.filled("Bearer {text}", values, place: .line).contains("\n") == false)
        // What a value holds is never read as a template again.
        #expect(!body.contains("s3cr3t"))
    }

    @Test(
        arguments: [
            ("{phone}{text}", nil), (#"{"a":{"b":[{}]}}"#, nil), ("{nobody}", .unknownName("nobody")),
            ("{phone", .unclosed), ("{ phone }", nil), ("{a1}", nil),
        ] as [(String, ChannelTemplate.Refusal?)])
    func `only the names of the closed set are taken`(template: String, expected: ChannelTemplate.Refusal?) {
        var refusal: ChannelTemplate.Refusal?
        do throws(ChannelTemplate.Refusal) { try ChannelTemplate.check(template) } catch { refusal = error }
        #expect(refusal == expected)
    }

    @Test func `settings are read back, and what is wrong is said`() {
        var settings = ChannelSettings()
        settings.url = "https://sms.example.cn/send"
        settings.headers = [.init("Authorization", "APPCODE {secret}")]
        settings.body = #"{"p":"{phone}","t":"{text}"}"#
        settings.successField = "code"
        settings.successValue = "0"
        #expect(ChannelSettings(json: settings.json) == settings)
        #expect(settings.objections(for: .sms) == [])
        settings.body = "{}"
        #expect(settings.objections(for: .sms).count == 2)
        settings.successStatus = "abc"
        settings.headers = [.init("X Y", "1")]
        #expect(settings.objections(for: .voice).count == 4)
        #expect(settings.objections(for: .email).count == 2)
        settings.mentions = ["139-0000-0001"]
        #expect(settings.objections(for: .dingtalk) == [])
        #expect(!settings.objections(for: .feishu).isEmpty)
        settings.mentions = ["ou_abc", "all"]
        #expect(settings.objections(for: .feishu) == [])
        #expect(!settings.objections(for: .wecom).isEmpty)
    }

    @Test(
        arguments: [
            ("200", 200...200), ("200-299", 200...299), ("299-200", nil), ("", nil), ("200-", nil), ("2000", nil),
            ("200-250-299", nil),
        ] as [(String, ClosedRange<Int>?)])
    func `the statuses that mean taken`(text: String, expected: ClosedRange<Int>?) {
        var settings = ChannelSettings()
        settings.successStatus = text
        #expect(settings.successStatuses == expected)
    }

    @Test(
        arguments: [
            ("a@b.cn", true), ("a.b+c@d-e.cn", true), ("a@b\r\nRCPT TO:<x>", false), ("a b@c.cn", false),
            ("@b.cn", false), ("a@", false), ("a@b@c", false), ("<a@b.cn>", false), ("张@b.cn", false),
        ] as [(String, Bool)])
    func `a mail address cannot end a line of SMTP`(text: String, isGood: Bool) {
        #expect(ChannelSettings.isMailAddress(text) == isGood)
    }
}
