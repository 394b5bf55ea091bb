/// What a human wrote into a draft: by key of a manual field or of an advice. Everything else is locked.
public struct DocumentEdit: Hashable, Sendable {
    public var key: String
    public var text: String

    public init(key: String, text: String) {
        self.key = key
        self.text = text
    }
}

extension Document {
    public var manualFields: [ManualField] {
        blocks.compactMap { block -> ManualField? in if case .manual(let field) = block { field } else { nil } }
    }

    public var advice: [Advice] {
        blocks.flatMap { block -> [Advice] in if case .advice(let list) = block { list } else { [] } }
    }

    public var tables: [DocumentTable] {
        blocks.compactMap { block -> DocumentTable? in if case .table(let table) = block { table } else { nil } }
    }

    public var charts: [DocumentChart] {
        blocks.compactMap { block -> DocumentChart? in if case .chart(let chart) = block { chart } else { nil } }
    }

    /// All blocks in reading order.
    public var blocks: [DocumentBlock] {
        func all(_ section: DocumentSection) -> [DocumentBlock] {
            section.blocks + section.sections.flatMap(all)
        }
        return opening + sections.flatMap(all)
    }

    /// The document with the edits laid over it; an edit whose key is unknown changes nothing.
    public func applying(_ edits: [DocumentEdit]) -> Document {
        let texts = Dictionary(edits.map { ($0.key, $0.text) }, uniquingKeysWith: { _, last in last })
        func edited(_ block: DocumentBlock) -> DocumentBlock {
            switch block {
            case .manual(var field):
                if let text = texts[field.key] { field.text = text }
                return .manual(field)
            case .advice(let list):
                return .advice(
                    list.map { advice in
                        guard let text = texts[advice.key], text != advice.text else { return advice }
                        var changed = advice
                        changed.text = text
                        changed.isEdited = true
                        return changed
                    })
            case .paragraph, .table, .chart: return block
            }
        }
        func edited(_ section: DocumentSection) -> DocumentSection {
            DocumentSection(
                key: section.key, title: section.title, blocks: section.blocks.map { edited($0) },
                sections: section.sections.map { edited($0) })
        }
        var document = self
        document.opening = opening.map { edited($0) }
        document.sections = sections.map { edited($0) }
        return document
    }

    /// How many of the document's items the system wrote, of all (TB-16: 自动字段占比): a paragraph, a table's row, a
    /// chart and an advice count one each; an empty manual field counts nothing.
    public var automaticShare: (automatic: Int, all: Int) {
        var (automatic, manual) = (0, 0)
        for block in blocks {
            switch block {
            case .paragraph, .chart: automatic += 1
            case .table(let table): automatic += table.rows.count + table.totals.count
            case .advice(let list):
                manual += list.count(where: \.isEdited)
                automatic += list.count { !$0.isEdited }
            case .manual(let field): manual += field.text.isEmpty ? 0 : 1
            }
        }
        return (automatic, automatic + manual)
    }
}
