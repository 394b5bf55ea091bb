import Kernel
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,-2,3.5,true,false,null,"x\ny"],"b":{}}"#, "[]", "0", #""液氨\"罐\"""#, "1.25e-7",
    ])
    func `what is written is what was read`(text: String) throws {
        let value = try JSON.parse(text)
        #expect(try JSON.parse(value.text) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,\"a\":2}", "01", "1.", "--1", "\"\\x\"", "tru", "1 2", "{\"a\" 1}", "\"\u{1}\"",
        "\"\\ud800\"", "1e999", "\"\\u+123\"", "nul",
    ])
    func `what is not JSON is refused with a place`(text: String) {
        #expect(throws: JSONError.self) { try JSON.parse(text) }
    }

    @Test func `an error names line and column`() throws {
        let error = try #require(throws: JSONError.self) { try JSON.parse("{\n  \"a\": x\n}") }
        #expect(error.line == 2 && error.column == 8)
    }

    @Test func `a surrogate pair is one character`() throws {
        #expect(try JSON.parse(#""\ud83d\ude00""#) == .string("\u{1F600}"))
    }
}
