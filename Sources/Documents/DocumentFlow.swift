import Domain

/// The document in reading order with its numbers written, for the renderers. Empty manual fields are gone.
struct DocumentFlow {
    enum Item {
        case heading(level: Int, label: String, title: String, key: String)
        case paragraph(Paragraph)
        case table(DocumentTable)
        /// Counted from 1 through the document.
        case chart(DocumentChart, number: Int)
        case advice(label: String, Advice)
        case manual(ManualField)

        /// Words, which a signature may follow on the same page; it never stands on a page without any.
        var isText: Bool {
            switch self {
            case .paragraph, .advice, .manual: true
            case .heading, .table, .chart: false
            }
        }
    }

    private(set) var items: [Item] = []
    private var charts = 0

    init(_ document: Document) {
        var nothing = 0
        add(document.opening, level: 0, count: &nothing)
        for (index, section) in document.sections.enumerated() { add(section, position: index + 1, level: 1) }
    }

    private mutating func add(_ section: DocumentSection, position: Int, level: Int) {
        let label = DocumentSection.label(position: position, level: level)
        items.append(.heading(level: level, label: label, title: section.title, key: section.key))
        // Advice and subsections of one section are numbered in one row.
        var count = 0
        add(section.blocks, level: level, count: &count)
        for part in section.sections {
            count += 1
            add(part, position: count, level: level + 1)
        }
    }

    private mutating func add(_ blocks: [DocumentBlock], level: Int, count: inout Int) {
        for block in blocks {
            switch block {
            case .paragraph(let paragraph): items.append(.paragraph(paragraph))
            case .table(let table): items.append(.table(table))
            case .chart(let chart):
                charts += 1
                items.append(.chart(chart, number: charts))
            case .advice(let list):
                for advice in list {
                    count += 1
                    items.append(
                        .advice(label: DocumentSection.label(position: count, level: level + 1), advice))
                }
            case .manual(let field):
                if !field.text.isEmpty { items.append(.manual(field)) }
            }
        }
    }
}
