/// The number of an issued bulletin: one row of numbers an office, year and kind, without gaps.
public struct BulletinNumber: Hashable, Sendable {
    public var year: Int
    public var number: Int

    public init(year: Int, number: Int) {
        self.year = year
        self.number = number
    }

    /// 发文字号 with the office's code for this kind.
    public func documentNumber(code: String) -> DocumentNumber {
        DocumentNumber(code: code, year: year, number: number)
    }
}

extension BulletinKind {
    /// What follows the office's code in the number, so that two rows of numbers are never mistaken for each other.
    /// [本项目约定]
    public var codeSuffix: String {
        switch self {
        case .daily: "日报"
        case .weekly: "周报"
        case .monthly: "月报"
        case .quarterly: "季报"
        case .yearly: "年报"
        case .special: "专报"
        case .ranking: "通报"
        }
    }
}
