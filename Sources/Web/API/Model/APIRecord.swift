import Domain
import Kernel
import Sheets

/// One kind of record: what each field is called, what it means, how it is read from a row. The API's answer and its
/// description, the CSV and the spreadsheet are all made of this one list.
struct APIRecord<Row: Sendable>: Sendable {
    struct Column: Sendable {
        var field: APIShape.Field
        var json: @Sendable (Row) -> JSON
        /// What a table shows: none where the field is only for programs, three for a rate.
        var printed: [Printed]
    }

    /// A column of a table.
    struct Printed: Sendable {
        var title: String
        var widthCharacters: Double
        var cell: @Sendable (Row) -> Sheets.Sheet.Cell
    }

    let name: String
    let title: String
    private(set) var columns: [Column] = []

    init(_ name: String, _ title: String, _ build: (inout APIRecord) -> Void) {
        self.name = name
        self.title = title
        build(&self)
    }

    var shape: APIShape { APIShape(name, title, columns.map(\.field)) }

    func json(_ row: Row) -> JSON { .object(columns.map { JSON.Member($0.field.key, $0.json(row)) }) }

    /// The columns that a table has.
    var printed: [Printed] { columns.flatMap(\.printed) }

    private mutating func add(
        _ key: String, _ title: String, _ form: APIForm, isOptional: Bool = false,
        cell: (@Sendable (Row) -> Sheets.Sheet.Cell)?, json: @escaping @Sendable (Row) -> JSON
    ) {
        precondition(!columns.contains { $0.field.key == key }, "\(name).\(key) stands twice")
        columns.append(
            Column(
                field: APIShape.Field(key: key, title: title, form: form, isOptional: isOptional), json: json,
                printed: cell.map { [Printed(title: title, widthCharacters: form.widthCharacters, cell: $0)] } ?? []))
    }

    // MARK: Texts

    mutating func text(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> String) {
        add(key, title, .text, cell: { .text(read($0)) }, json: { .string(read($0)) })
    }

    mutating func text(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> String?) {
        add(
            key, title, .text, isOptional: true, cell: { read($0).map { .text($0) } ?? .empty },
            json: { read($0).map { .string($0) } ?? .null })
    }

    /// An id: for programs, not in tables.
    mutating func id<Kind>(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Identifier<Kind>) {
        add(key, title, .text, cell: nil, json: { .string(read($0).rawValue) })
    }

    mutating func id<Kind>(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Identifier<Kind>?) {
        add(key, title, .text, isOptional: true, cell: nil, json: { read($0).map { .string($0.rawValue) } ?? .null })
    }

    mutating func code(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> String?) {
        add(key, title, .text, isOptional: true, cell: nil, json: { read($0).map { .string($0) } ?? .null })
    }

    mutating func texts(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> [String]) {
        add(
            key, title, .list(.text), cell: { .text(read($0).joined(separator: "；")) },
            json: { .array(read($0).map { .string($0) }) })
    }

    // MARK: Numbers and times

    mutating func count(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Int) {
        add(
            key, title, .integer(nil), cell: { .integer(Int64(read($0))) }, json: { .integer(Int64(read($0))) })
    }

    mutating func count(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Int?) {
        add(
            key, title, .integer(nil), isOptional: true, cell: { read($0).map { .integer(Int64($0)) } ?? .empty },
            json: { read($0).map { .integer(Int64($0)) } ?? .null })
    }

    mutating func number(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Double?) {
        add(
            key, title, .number, isOptional: true, cell: { read($0).map { .number($0) } ?? .empty },
            json: { row in read(row).map { $0.isFinite ? .number($0) : .null } ?? .null })
    }

    mutating func flag(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Bool) {
        add(key, title, .flag, cell: { .text(read($0) ? "是" : "否") }, json: { .bool(read($0)) })
    }

    mutating func flag(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Bool?) {
        add(
            key, title, .flag, isOptional: true, cell: { read($0).map { .text($0 ? "是" : "否") } ?? .empty },
            json: { read($0).map { .bool($0) } ?? .null })
    }

    mutating func instant(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Timestamp) {
        add(
            key, title, .instant, cell: { .instant(read($0).milliseconds) },
            json: { .string(ChinaTime.rfc3339(read($0))) })
    }

    mutating func instant(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Timestamp?) {
        add(
            key, title, .instant, isOptional: true, cell: { read($0).map { .instant($0.milliseconds) } ?? .empty },
            json: { read($0).map { .string(ChinaTime.rfc3339($0)) } ?? .null })
    }

    mutating func day(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Day) {
        add(
            key, title, .day, cell: { .text(ChinaTime.date(read($0))) }, json: { .string(ChinaTime.date(read($0))) })
    }

    mutating func day(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Day?) {
        add(
            key, title, .day, isOptional: true, cell: { read($0).map { .text(ChinaTime.date($0)) } ?? .empty },
            json: { read($0).map { .string(ChinaTime.date($0)) } ?? .null })
    }

    // MARK: Words

    /// A word of a fixed set: programs get the word, people what it means.
    mutating func word<Value: CaseIterable & RawRepresentable & Sendable>(
        _ key: String, _ title: String, _ label: @escaping @Sendable (Value) -> String,
        _ read: @escaping @Sendable (Row) -> Value
    ) where Value.RawValue == String {
        add(
            key, title, .words(Value.self, label), cell: { .text(label(read($0))) },
            json: { .string(read($0).rawValue) })
    }

    mutating func word<Value: CaseIterable & RawRepresentable & Sendable>(
        _ key: String, _ title: String, _ label: @escaping @Sendable (Value) -> String,
        _ read: @escaping @Sendable (Row) -> Value?
    ) where Value.RawValue == String {
        add(
            key, title, .words(Value.self, label), isOptional: true,
            cell: { read($0).map { .text(label($0)) } ?? .empty },
            json: { read($0).map { .string($0.rawValue) } ?? .null })
    }

    mutating func level(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Level) {
        add(
            key, title, .level, cell: { .text(LevelMark.word(read($0))) }, json: { .string(read($0).name) })
    }

    mutating func level(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Level?) {
        add(
            key, title, .level, isOptional: true, cell: { read($0).map { .text(LevelMark.word($0)) } ?? .empty },
            json: { read($0).map { .string($0.name) } ?? .null })
    }

    // MARK: Parts

    /// A rate as its two numbers; without a denominator it has no value (domain §9).
    mutating func ratio(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> Ratio) {
        add(key, title, .object(.ratio), cell: nil, json: { read($0).json })
        columns[columns.count - 1].printed = [
            Printed(title: title + "：分子", widthCharacters: 12) { .integer(read($0).numerator) },
            Printed(title: title + "：分母", widthCharacters: 12) { .integer(read($0).denominator) },
            Printed(title: title, widthCharacters: 12) { .share(read($0).numerator, read($0).denominator) },
        ]
    }

    mutating func list<Item: Sendable>(
        _ key: String, _ title: String, of record: APIRecord<Item>, _ read: @escaping @Sendable (Row) -> [Item]
    ) {
        add(
            key, title, .list(.object(record.shape)), cell: nil,
            json: { .array(read($0).map { record.json($0) }) })
    }

    mutating func object<Item: Sendable>(
        _ key: String, _ title: String, of record: APIRecord<Item>, _ read: @escaping @Sendable (Row) -> Item?
    ) {
        add(
            key, title, .object(record.shape), isOptional: true, cell: nil,
            json: { read($0).map { record.json($0) } ?? .null })
    }

    mutating func json(_ key: String, _ title: String, _ read: @escaping @Sendable (Row) -> JSON) {
        add(key, title, .anything, isOptional: true, cell: nil, json: read)
    }
}

extension APIShape {
    static let ratio = APIShape(
        "Ratio", "率：分子、分母和由它们算出的百分数；分母为零时百分数为 null，不是 0 也不是 100",
        [
            Field(key: "numerator", title: "分子", form: .integer(nil), example: 84),
            Field(key: "denominator", title: "分母", form: .integer(nil), example: 86),
            Field(key: "percent", title: "百分数，两位小数", form: .number, isOptional: true, example: 97.67),
        ])
}

extension Ratio {
    var json: JSON {
        [
            "numerator": .integer(numerator), "denominator": .integer(denominator),
            "percent": hundredths.map { .number(Double($0) / 100) } ?? .null,
        ]
    }
}
