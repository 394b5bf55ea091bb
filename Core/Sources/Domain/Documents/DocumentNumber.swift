/// 发文字号: `晋市应急危化发〔2026〕118号`. The year stands in 〔〕 (A30), the number has no leading zero and no “第”
/// (GB/T 9704-2012 §7.2.5).
public struct DocumentNumber: Hashable, Sendable {
    /// 机关代字: `晋市应急危化发`.
    public var code: String
    public var year: Int
    public var number: Int

    public init(code: String, year: Int, number: Int) {
        self.code = code
        self.year = year
        self.number = number
    }

    public var text: String { "\(code)〔\(year)〕\(number)号" }
}

extension String {
    /// 文号 quoted in running text with any of the brackets people type, written as the standard has it (A30).
    public var withNumberBrackets: String {
        var output = ""
        var rest = Substring(self)
        while let open = rest.firstIndex(where: { "[［【(（".contains($0) }) {
            let year = rest[rest.index(after: open)...].prefix(4)
            let close = year.endIndex
            let isYear = year.count == 4 && year.allSatisfy { ("0"..."9").contains($0) }
            if isYear, close < rest.endIndex, "]］】)）".contains(rest[close]),
                rest[rest.index(after: close)...].drop(while: { ("0"..."9").contains($0) }).first == "号",
                rest[rest.index(after: close)...].first != "号"
            {
                output += rest[..<open] + "〔" + year + "〕"
            } else {
                output += rest[...open]
                rest = rest[rest.index(after: open)...]
                continue
            }
            rest = rest[rest.index(after: close)...]
        }
        return output + rest
    }
}
