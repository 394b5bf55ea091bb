/// Which column is what. Columns are named by their header, or by number: `#3` is the third. Two columns that make one
/// time are joined by `+`.
public struct ColumnMap: Hashable, Sendable {
    public var time: String?
    public var point: String?
    public var value: String?
    public var quality: String?

    public init(time: String? = nil, point: String? = nil, value: String? = nil, quality: String? = nil) {
        self.time = time
        self.point = point
        self.value = value
        self.quality = quality
    }

    /// Reads `time=采集时间,point=位号,value=值`.
    public init(_ text: String) throws(ReplayMistake) {
        for part in text.split(separator: ",") {
            let halves = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
            guard halves.count == 2 else { throw ReplayMistake("--map 的“\(part)”应为 名=列") }
            switch halves[0] {
            case "time": time = halves[1]
            case "point": point = halves[1]
            case "value": value = halves[1]
            case "quality": quality = halves[1]
            default: throw ReplayMistake("--map 不认得“\(halves[0])”,可用:time、point、value、quality")
            }
        }
    }
}

/// The map applied to a header.
struct ColumnLayout: Hashable, Sendable {
    enum Shape: Hashable, Sendable {
        case long(point: Int, value: Int, quality: Int?)
        /// Column and the name of its point.
        case wide([Column])
    }
    struct Column: Hashable, Sendable {
        var index: Int
        var point: String
    }

    var time: [Int]
    var shape: Shape
    /// False where the first line is data already.
    var hasHeader: Bool

    init(map: ColumnMap, header: [String], isWide: Bool) throws(ReplayMistake) {
        let byNumber = [map.time, map.point, map.value, map.quality].compactMap { $0 }.allSatisfy { $0.hasPrefix("#") }
        hasHeader = isWide || !(byNumber && map.time != nil)
        time = []
        for part in (map.time ?? "").split(separator: "+") { time.append(try Self.find(String(part), in: header)) }
        if time.isEmpty { time = [try Self.guess(Self.times, what: "时间", option: "time", in: header)] }
        if isWide {
            let taken = Set(time)
            let columns = header.enumerated().compactMap { index, name -> Column? in
                taken.contains(index) || name.trimmed.isEmpty ? nil : Column(index: index, point: name.trimmed)
            }
            guard !columns.isEmpty else { throw ReplayMistake("除时间外没有别的列") }
            shape = .wide(columns)
            return
        }
        let point = try Self.column(map.point, or: Self.points, what: "点位", option: "point", in: header)
        let value = try Self.column(map.value, or: Self.values, what: "值", option: "value", in: header)
        let quality =
            try map.quality.map { name throws(ReplayMistake) in try Self.find(name, in: header) }
            ?? header.firstIndex { Self.qualities.contains($0.trimmed.lowercased()) }
        shape = .long(point: point, value: value, quality: quality)
    }

    private static func column(
        _ name: String?, or words: Set<String>, what: String, option: String, in header: [String]
    ) throws(ReplayMistake) -> Int {
        if let name { return try find(name, in: header) }
        return try guess(words, what: what, option: option, in: header)
    }

    private static func find(_ name: String, in header: [String]) throws(ReplayMistake) -> Int {
        if name.hasPrefix("#"), let number = Int(name.dropFirst()) {
            guard (1...max(1, header.count)).contains(number) else {
                throw ReplayMistake("没有第 \(number) 列,文件有 \(header.count) 列")
            }
            return number - 1
        }
        if let index = header.firstIndex(where: { $0.trimmed == name }) { return index }
        throw ReplayMistake("没有列“\(name)”,文件的列:\(header.map(\.trimmed).joined(separator: "、"))")
    }

    private static func guess(
        _ words: Set<String>, what: String, option: String, in header: [String]
    ) throws(ReplayMistake) -> Int {
        if let index = header.firstIndex(where: { words.contains($0.trimmed.lowercased()) }) { return index }
        throw ReplayMistake(
            "认不出\(what)列,请用 --map \(option)=列名 指明,文件的列:\(header.map(\.trimmed).joined(separator: "、"))")
    }

    private static let times: Set<String> = [
        "time", "timestamp", "datetime", "date time", "collecttime", "时间", "采集时间", "日期时间", "时间戳", "_time",
    ]
    private static let points: Set<String> = [
        "point", "tag", "tagname", "tag name", "name", "targetcode", "点位", "位号", "点名", "测点", "指标编码", "标签",
    ]
    private static let values: Set<String> = ["value", "val", "_value", "值", "数值", "测量值", "实时值"]
    private static let qualities: Set<String> = ["quality", "status", "质量", "质量码", "质量戳", "状态"]
}

extension StringProtocol {
    /// Without white space at its ends.
    var trimmed: String {
        var part = self[...]
        while let first = part.first, first.isWhitespace { part = part.dropFirst() }
        while let last = part.last, last.isWhitespace { part = part.dropLast() }
        return String(part)
    }
}
