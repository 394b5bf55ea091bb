import Foundation
import Kernel

/// Makes values of records. What it cannot read it explains, one line a cell.
struct RowReader {
    let layout: ColumnLayout
    let format: TimeFormat
    let zone: Interval
    /// Their name of a point → our code.
    let codes: [String: String]
    let isUTF8: Bool

    enum Outcome {
        case values([OutgoingValue])
        case bad(String)
    }

    /// Cells without a value in a wide table, which is no mistake.
    private(set) var emptyCells = 0

    init(layout: ColumnLayout, format: TimeFormat, zone: Interval, codes: [String: String], isUTF8: Bool) {
        self.layout = layout
        self.format = format
        self.zone = zone
        self.codes = codes
        self.isUTF8 = isUTF8
    }

    mutating func read(_ record: DelimitedReader.Record) -> [Outcome] {
        let written = Self.time(record, layout, isUTF8)
        guard let at = format.parse(written, zone: zone) else { return [.bad("时间“\(written)”读不懂")] }
        switch layout.shape {
        case .long(let point, let value, let quality):
            guard let name = text(record, point), !name.isEmpty else { return [.bad("没有点位")] }
            let word = quality.flatMap { text(record, $0) } ?? ""
            let written = text(record, value) ?? ""
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
                guard let written = text(record, column.index), !written.isEmpty else {
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

    private func text(_ record: DelimitedReader.Record, _ index: Int) -> String? {
        Self.text(record, index, isUTF8)
    }

    static func time(_ record: DelimitedReader.Record, _ layout: ColumnLayout, _ isUTF8: Bool) -> String {
        layout.time.compactMap { text(record, $0, isUTF8) }.joined(separator: " ")
    }

    private static func text(_ record: DelimitedReader.Record, _ index: Int, _ isUTF8: Bool) -> String? {
        record.fields.indices.contains(index) ? decode(record.fields[index], isUTF8: isUTF8).trimmed : nil
    }

    /// UTF-8, or GB 18030, in which many Chinese systems still export.
    static func decode(_ bytes: [UInt8], isUTF8: Bool) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        if isUTF8, let text = String(validating: bytes, as: UTF8.self) { return text }
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        return String(data: Data(bytes), encoding: encoding) ?? String(decoding: bytes, as: UTF8.self)
    }

    private static func number(_ text: String) -> Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
