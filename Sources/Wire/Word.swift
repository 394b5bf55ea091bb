/// Up to sixteen bytes of a member's name or a keyword, compared as two integers: no `String` a value.
struct Word: Hashable {
    let first: UInt64
    let second: UInt64
    let count: Int

    init(_ first: UInt64, _ second: UInt64, _ count: Int) {
        self.first = first
        self.second = second
        self.count = count
    }

    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        count = range.count
        guard range.count <= 16 else {
            first = .max
            second = .max
            return
        }
        var first: UInt64 = 0
        var second: UInt64 = 0
        for index in range {
            if index - range.lowerBound < 8 {
                first = first << 8 | UInt64(bytes[index])
            } else {
                second = second << 8 | UInt64(bytes[index])
            }
        }
        self.first = first
        self.second = second
    }
}

// The letters of each word as big-endian integers; a test compares them with the words.
extension Word {
    static var dataSourceCode: Word { Word(0x6461_7461_536F_7572, 0x6365_436F_6465, 14) }
    static var seq: Word { Word(0x73_6571, 0, 3) }
    static var epoch: Word { Word(0x65_706F_6368, 0, 5) }
    static var sendTime: Word { Word(0x7365_6E64_5469_6D65, 0, 8) }
    static var type: Word { Word(0x7479_7065, 0, 4) }
    static var datas: Word { Word(0x64_6174_6173, 0, 5) }
    static var targetCode: Word { Word(0x7461_7267_6574_436F, 0x6465, 10) }
    static var value: Word { Word(0x76_616C_7565, 0, 5) }
    static var collectTime: Word { Word(0x636F_6C6C_6563_7454, 0x69_6D65, 11) }
    static var quality: Word { Word(0x71_7561_6C69_7479, 0, 7) }
    static var status: Word { Word(0x7374_6174_7573, 0, 6) }
    static var backfill: Word { Word(0x6261_636B_6669_6C6C, 0, 8) }
    static var good: Word { Word(0x474F_4F44, 0, 4) }
    static var uncertain: Word { Word(0x554E_4345_5254_4149, 0x4E, 9) }
    static var bad: Word { Word(0x42_4144, 0, 3) }
    static var outOfRange: Word { Word(0x4F55_545F_4F46_5F52, 0x414E_4745, 12) }
    static var normal: Word { Word(0x4E4F_524D_414C, 0, 6) }
    static var lowLow: Word { Word(0x4C4C, 0, 2) }
    static var low: Word { Word(0x4C, 0, 1) }
    static var high: Word { Word(0x48, 0, 1) }
    static var highHigh: Word { Word(0x4848, 0, 2) }
    static var gasFirst: Word { Word(0x4741_5331, 0, 4) }
    static var gasSecond: Word { Word(0x4741_5332, 0, 4) }
    static var offlineStatus: Word { Word(0x4F_4646_4C49_4E45, 0, 7) }
    static var stopped: Word { Word(0x53_544F_5050_4544, 0, 7) }
}
