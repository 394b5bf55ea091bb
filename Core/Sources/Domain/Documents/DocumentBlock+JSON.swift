import Kernel

extension DocumentBlock {
    var json: JSON {
        switch self {
        case .paragraph(let paragraph): ["paragraph": .array(paragraph.runs.map(\.json))]
        case .table(let table): ["table": table.json]
        case .chart(let chart): ["chart": chart.json]
        case .advice(let list): ["advice": .array(list.map(\.json))]
        case .manual(let field): ["manual": field.json]
        }
    }

    init?(json: JSON) {
        if let runs = json["paragraph"]?.array {
            self = .paragraph(Paragraph(runs.compactMap(TextRun.init(json:))))
        } else if let table = json["table"].flatMap(DocumentTable.init(json:)) {
            self = .table(table)
        } else if let chart = json["chart"].flatMap(DocumentChart.init(json:)) {
            self = .chart(chart)
        } else if let list = json["advice"]?.array {
            self = .advice(list.compactMap(Advice.init(json:)))
        } else if let field = json["manual"].flatMap(ManualField.init(json:)) {
            self = .manual(field)
        } else {
            return nil
        }
    }
}

/// Members that are not the usual value are left out, so that a year of documents stays small.
private func object(_ members: [(String, JSON?)]) -> JSON {
    .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
}

extension TextRun {
    var json: JSON {
        object([("t", .string(text)), ("b", isBold ? .bool(true) : nil), ("l", link.map { .string($0) })])
    }

    init?(json: JSON) {
        guard let text = json["t"]?.string else { return nil }
        self.init(text, isBold: json["b"]?.bool ?? false, link: json["l"]?.string)
    }
}

extension DocumentTable.Cell {
    var json: JSON {
        if number == nil, !isBold, link == nil { return .string(text) }
        return object([
            ("t", .string(text)), ("n", number.map { .number($0) }), ("b", isBold ? .bool(true) : nil),
            ("l", link.map { .string($0) }),
        ])
    }

    init?(json: JSON) {
        if let text = json.string {
            self.init(text)
        } else if let text = json["t"]?.string {
            self.init(text, number: json["n"]?.double, isBold: json["b"]?.bool ?? false, link: json["l"]?.string)
        } else {
            return nil
        }
    }
}

extension DocumentTable {
    var json: JSON {
        object([
            ("title", .string(title)),
            (
                "columns",
                .array(
                    columns.map { column in
                        object([
                            ("title", .string(column.title)), ("group", column.group.map { .string($0) }),
                            ("alignment", .string(column.alignment.rawValue)), ("width", .integer(Int64(column.width))),
                        ])
                    })
            ),
            ("rows", .array(rows.map { .array($0.map(\.json)) })),
            ("totals", .array(totals.map { .array($0.map(\.json)) })), ("note", note.map { .string($0) }),
            ("whenEmpty", .string(whenEmpty)),
        ])
    }

    init?(json: JSON) {
        guard let title = json["title"]?.string, let columns = json["columns"]?.array else { return nil }
        func cells(_ name: String) -> [[Cell]] {
            (json[name]?.array ?? []).map { ($0.array ?? []).compactMap(Cell.init(json:)) }
        }
        self.init(
            title: title,
            columns: columns.map { column in
                Column(
                    column["title"]?.string ?? "", group: column["group"]?.string,
                    alignment: column["alignment"]?.string.flatMap(Alignment.init(rawValue:)) ?? .center,
                    width: Int(column["width"]?.integer ?? 10))
            },
            rows: cells("rows"), totals: cells("totals"), note: json["note"]?.string,
            whenEmpty: json["whenEmpty"]?.string ?? "无")
    }
}

extension DocumentChart {
    var json: JSON {
        [
            "kind": .string(kind.rawValue), "title": .string(title), "unit": .string(unit),
            "labels": .array(labels.map { .string($0) }),
            "series": .array(
                series.map { series in
                    [
                        "name": .string(series.name),
                        "values": .array(series.values.map { $0.map { .number($0) } ?? .null }),
                    ]
                }),
        ]
    }

    init?(json: JSON) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)), let title = json["title"]?.string else {
            return nil
        }
        self.init(
            kind: kind, title: title, unit: json["unit"]?.string ?? "",
            labels: json["labels"]?.array?.compactMap(\.string) ?? [],
            series: (json["series"]?.array ?? []).map { series in
                Series(series["name"]?.string ?? "", (series["values"]?.array ?? []).map(\.double))
            })
    }
}

extension Advice {
    var json: JSON {
        object([
            ("key", .string(key)), ("addressee", .string(addressee)), ("text", .string(text)),
            ("source", source.map { .string($0) }), ("sourceTitle", sourceTitle.map { .string($0) }),
            ("isEdited", isEdited ? .bool(true) : nil),
        ])
    }

    init?(json: JSON) {
        guard let key = json["key"]?.string, let text = json["text"]?.string else { return nil }
        self.init(
            key: key, addressee: json["addressee"]?.string ?? "", text: text, source: json["source"]?.string,
            sourceTitle: json["sourceTitle"]?.string, isEdited: json["isEdited"]?.bool ?? false)
    }
}

extension ManualField {
    var json: JSON {
        [
            "key": .string(key), "label": .string(label), "hint": .string(hint), "text": .string(text),
            "isRequired": .bool(isRequired),
        ]
    }

    init?(json: JSON) {
        guard let key = json["key"]?.string, let label = json["label"]?.string else { return nil }
        self.init(
            key: key, label: label, hint: json["hint"]?.string ?? "", text: json["text"]?.string ?? "",
            isRequired: json["isRequired"]?.bool ?? false)
    }
}
