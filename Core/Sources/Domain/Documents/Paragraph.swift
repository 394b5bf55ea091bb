public struct Paragraph: Hashable, Sendable {
    public var runs: [TextRun]

    public init(_ runs: [TextRun]) { self.runs = runs }

    public var text: String { runs.map(\.text).joined() }
}

/// Words of one look. Numbers that open a list carry its address, which only the page follows.
public struct TextRun: Hashable, Sendable {
    public var text: String
    public var isBold: Bool
    public var link: String?

    public init(_ text: String, isBold: Bool = false, link: String? = nil) {
        self.text = text
        self.isBold = isBold
        self.link = link
    }
}

extension TextRun: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
