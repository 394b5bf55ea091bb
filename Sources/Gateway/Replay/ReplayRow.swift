import Foundation
import Kernel

/// Makes values of records. What it cannot read it explains, one line a cell.
struct RowReader {
    let layout: ColumnLayout
    let format: TimeFormat
    let zone: Interval
    /// Their name of a point → our code.
    let codes: [String: String]

    enum Outcome {
        case values([OutgoingValue])
        case bad(String)
    }

    /// Cells without a value in a wide table, which is no mistake.
    private(set) var emptyCells = 0

    init(layout: ColumnLayout, format: TimeFormat, zone: Interval, codes: [String: String]) {
        self.layout = layout
        self.format = format
        self.zone = zone
        self.codes = codes
    }

    mutating func read(_ record: DelimitedReader.Record) -> [Outcome] {
        let written = Self.time(record, layout)
        guard let at = format.parse(written, zone: zone) else { return [.bad("时间“\(written)”读不懂")] }
        switch layout.shape {
        case .long(let point, let value, let quality):
            guard let name = Self.text(record, point), !name.isEmpty else { return [.bad("没有点位")] }
            let word = quality.flatMap { Self.text(record, $0) } ?? ""
            let written = Self.text(record, value) ?? ""
            guard let number = Self.number(written) else { return [.bad("\(name) 的值“\(written)”不是数")] }
            return [
                .values([
                    OutgoingValue(
                        target: codes[name] ?? name, value: number, at: at, quality: QualityWord.upload(word))
                ])
            ]
        case .wide(let columns):
            var values: [OutgoingValue] = []
            var outcomes: [Outcome] = []
            for column in columns {
                guard let written = Self.text(record, column.index), !written.isEmpty else {
                    emptyCells += 1
                    continue
                }
                guard let number = Self.number(written) else {
                    outcomes.append(.bad("\(column.point) 的值“\(written)”不是数"))
                    continue
                }
                values.append(OutgoingValue(target: codes[column.point] ?? column.point, value: number, at: at))
            }
            if !values.isEmpty { outcomes.append(.values(values)) }
            return outcomes
        }
    }

    static func time(_ record: DelimitedReader.Record, _ layout: ColumnLayout) -> String {
        layout.time.compactMap { text(record, $0) }.joined(separator: " ")
    }

    static func text(_ record: DelimitedReader.Record, _ index: Int) -> String? {
        record.fields.indices.contains(index) ? decode(record.fields[index]).trimmed : nil
    }

    /// UTF-8, and where it is not that, GB 18030, in which many Chinese systems still export.
    static func decode(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        return String(data: Data(bytes), encoding: encoding) ?? String(decoding: bytes, as: UTF8.self)
    }

    private static func number(_ text: String) -> Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
