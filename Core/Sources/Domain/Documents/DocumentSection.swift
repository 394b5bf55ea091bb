/// A numbered part of the document. Its level is its depth: 一、 then （一） then 1. then （1）; renderers write the
/// numbers, builders never do.
public struct DocumentSection: Hashable, Sendable {
    /// Names the section for tests, links and the page's list of sections: `commitmentRate`.
    public var key: String
    public var title: String
    public var blocks: [DocumentBlock]
    public var sections: [DocumentSection]

    public init(key: String, title: String, blocks: [DocumentBlock] = [], sections: [DocumentSection] = []) {
        self.key = key
        self.title = title
        self.blocks = blocks
        self.sections = sections
    }

    /// 一、 （一） 1. （1）
    public static func label(position: Int, level: Int) -> String {
        switch level {
        case 1: ChineseNumeral.text(position) + "、"
        case 2: "（" + ChineseNumeral.text(position) + "）"
        case 3: "\(position)."
        default: "（\(position)）"
        }
    }
}

public enum DocumentBlock: Hashable, Sendable {
    case paragraph(Paragraph)
    case table(DocumentTable)
    case chart(DocumentChart)
    /// Findings and advice: who has to do what, and why.
    case advice([Advice])
    /// What only a human can add.
    case manual(ManualField)

    /// A plain paragraph.
    public static func text(_ text: String) -> DocumentBlock { .paragraph(Paragraph([TextRun(text)])) }
}
